/*
 * Copyright 2026 The Prefix Caching Authors
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

import http from 'node:http';
import https from 'node:https';
import { toError } from '@backstage/errors';
import {
  ApiServerClient,
  type ApiServerLimits,
  type Route,
} from './ApiServerClient';
import type { HttpFailure } from './gaps';
import { MAX_SOCKETS } from './limits';
import type { HttpResult } from './types';

export interface ProxyClusterClientOptions extends ApiServerLimits {
  name: string;
  /** Base URL of the Kubernetes plugin's API. */
  kubernetesUrl: string;
  /** A plugin token for the Kubernetes plugin, on behalf of whoever asks. */
  getToken: () => Promise<string>;
}

const AGENT = { keepAlive: true, maxSockets: MAX_SOCKETS, timeout: 60_000 };
const plainAgent = new http.Agent(AGENT);
const secureAgent = new https.Agent(AGENT);

const KUBERNETES_PERMISSIONS =
  'kubernetes.proxy and kubernetes.clusters.read (background runs ask as plugin:prefix-caching)';

/**
 * Talks through the Kubernetes plugin's proxy, which knows every cluster of
 * the portal and adds the credential. No port-forward: WebSockets hang there.
 */
export class ProxyClusterClient extends ApiServerClient {
  readonly transport = 'kubernetes-plugin';
  readonly inCluster = false;
  readonly #options: ProxyClusterClientOptions;

  static create(options: ProxyClusterClientOptions) {
    return new ProxyClusterClient(options);
  }

  private constructor(options: ProxyClusterClientOptions) {
    super(options);
    this.#options = options;
  }

  get name() {
    return this.#options.name;
  }

  protected async route(): Promise<Route | HttpFailure> {
    const { kubernetesUrl } = this.#options;
    let token: string;
    try {
      token = await this.#options.getToken();
    } catch (error) {
      return {
        reason: 'unauthorized',
        message: `no token for the Kubernetes plugin: ${
          toError(error).message
        }`,
      };
    }
    return {
      baseUrl: `${kubernetesUrl}/proxy`,
      agent: kubernetesUrl.startsWith('https:') ? secureAgent : plainAgent,
      headers: {
        Authorization: `Bearer ${token}`,
        'Backstage-Kubernetes-Cluster': this.name,
      },
    };
  }

  /** The plugin's own errors, which are not the cluster's to mend. */
  protected interpret(result: HttpResult): HttpResult {
    const said = result.ok ? pluginErrorOf(result) : undefined;
    if (!result.ok || !said) {
      return result;
    }
    const message = `the portal's Kubernetes plugin answered ${result.status}: ${said}`;
    switch (result.status) {
      case 401:
      case 403:
        return {
          ok: false,
          reason: 'forbidden',
          message,
          remedy: `Allow whoever asks, in the portal's permission policy, ${KUBERNETES_PERMISSIONS}`,
        };
      case 404:
        return {
          ok: false,
          reason: 'not-configured',
          message,
          remedy: `Check the name of cluster ${this.name} under kubernetes.clusterLocatorMethods`,
        };
      default:
        return { ok: false, reason: 'unreachable', message };
    }
  }
}

/** Backstage writes its errors under `error`; an API server sends a Status. */
function pluginErrorOf(result: {
  status: number;
  body: string;
}): string | undefined {
  if (result.status < 400) {
    return undefined;
  }
  try {
    const { error } = JSON.parse(result.body);
    return typeof error?.name === 'string'
      ? String(error.message ?? error.name).slice(0, 200)
      : undefined;
  } catch {
    return undefined;
  }
}
