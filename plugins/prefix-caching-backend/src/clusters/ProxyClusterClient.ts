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
import type { ObservedKind } from 'backstage-plugin-prefix-caching-common/core';
import { httpGet } from './httpGet';
import { DEFAULT_LIMITS, type RequestLimits } from './limits';
import { ObjectLister } from './ObjectLister';
import { podProxyPath } from './paths';
import type {
  ClusterClient,
  HttpResult,
  ListOptions,
  PodAddress,
} from './types';

export interface ProxyClusterClientOptions {
  name: string;
  /** Base URL of the Kubernetes plugin's API. */
  kubernetesUrl: string;
  /** A plugin token for the Kubernetes plugin, on behalf of whoever asks. */
  getToken: () => Promise<string>;
  limits?: RequestLimits;
}

const agents = {
  'http:': new http.Agent({ keepAlive: true, maxSockets: 8, timeout: 60_000 }),
  'https:': new https.Agent({
    keepAlive: true,
    maxSockets: 8,
    timeout: 60_000,
  }),
};

const KUBERNETES_PERMISSIONS =
  'kubernetes.proxy and kubernetes.clusters.read (background runs ask as plugin:prefix-caching)';

/**
 * Talks through the Kubernetes plugin's proxy, which knows every cluster of
 * the portal and adds the credential. No port-forward: WebSockets hang there.
 */
export class ProxyClusterClient implements ClusterClient {
  readonly transport = 'kubernetes-plugin';
  readonly inCluster = false;
  readonly #options: ProxyClusterClientOptions;
  readonly #limits: RequestLimits;
  readonly #lister: ObjectLister;

  static create(options: ProxyClusterClientOptions) {
    return new ProxyClusterClient(options);
  }

  private constructor(options: ProxyClusterClientOptions) {
    this.#options = options;
    this.#limits = options.limits ?? DEFAULT_LIMITS;
    this.#lister = ObjectLister.create(options.name, (path, signal) =>
      this.#get(path, {
        maxBytes: this.#limits.maxListBytes,
        accept: 'application/json',
        signal,
      }),
    );
  }

  get name() {
    return this.#options.name;
  }

  list(kind: ObservedKind, options: ListOptions) {
    return this.#lister.list(kind, options);
  }

  getNamed(
    kind: ObservedKind,
    namespace: string,
    name: string,
    signal?: AbortSignal,
  ) {
    return this.#lister.getNamed(kind, namespace, name, signal);
  }

  podProxy(
    address: PodAddress,
    path: string,
    options: { maxBytes: number; signal?: AbortSignal },
  ) {
    return this.#get(podProxyPath(address, path), {
      ...options,
      accept: 'text/plain',
    });
  }

  async #get(
    path: string,
    options: { maxBytes: number; accept: string; signal?: AbortSignal },
  ): Promise<HttpResult> {
    const url = new URL(`${this.#options.kubernetesUrl}/proxy${path}`);
    const { maxBytes, signal } = options;
    let token: string;
    try {
      token = await this.#options.getToken();
    } catch (error) {
      return {
        ok: false,
        reason: 'unauthorized',
        message: `no token for the Kubernetes plugin: ${
          toError(error).message
        }`,
      };
    }
    const result = await httpGet(url, {
      ...this.#limits,
      maxBytes,
      signal,
      agent: url.protocol === 'https:' ? agents['https:'] : agents['http:'],
      headers: {
        Accept: options.accept,
        Authorization: `Bearer ${token}`,
        'Backstage-Kubernetes-Cluster': this.name,
      },
    });
    return this.#pluginRefusal(result) ?? result;
  }

  /** The plugin's own errors, which are not the cluster's to mend. */
  #pluginRefusal(result: HttpResult): HttpResult | undefined {
    const said = result.ok ? pluginErrorOf(result) : undefined;
    if (!result.ok || !said) {
      return undefined;
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
