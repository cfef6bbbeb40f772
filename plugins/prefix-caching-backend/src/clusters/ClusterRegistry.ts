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

import type {
  AuthService,
  BackstageCredentials,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import type { Gap } from 'backstage-plugin-prefix-caching-common/core';
import { DirectClusterClient } from './DirectClusterClient';
import { readDirectClusters } from './directClusters';
import { httpGet } from './httpGet';
import { DEFAULT_LIMITS, type RequestLimits, type WatchLimits } from './limits';
import { ClusterMirror, type Timing } from './mirror';
import { ProxyClusterClient } from './ProxyClusterClient';
import type { ClusterClient, ClusterTransport } from './types';

export type TransportSetting = 'auto' | 'direct' | 'kubernetes-plugin';

export interface ClusterRegistryOptions {
  config: Config;
  auth: AuthService;
  discovery: DiscoveryService;
  transport?: TransportSetting;
  /** Only these clusters; all where absent. */
  only?: readonly string[];
  limits?: RequestLimits;
  watchLimits?: WatchLimits;
  /** How long what was read counts while it cannot be read again. Default: two minutes. */
  staleMs?: number;
  /** False: list clusters for each run, open no watch. */
  watch?: boolean;
  /** Of watches and their pauses. */
  timing?: Timing;
  now?: () => number;
}

/** The clusters whose names are known, in the order of the portal's config. */
export interface KnownClusters {
  names: string[];
  /** Why there may be more: the Kubernetes plugin could not be asked. */
  unlisted?: string;
}

/** Auth providers whose credential is the browser user's own token. */
const USER_TOKEN_PROVIDERS = ['google', 'oidc', 'aks'];

/** How long the Kubernetes plugin's list of names is believed. */
const NAMES_TTL_MS = 60_000;

/** Which clusters the portal knows, and a client for each. */
export class ClusterRegistry {
  readonly #options: ClusterRegistryOptions;
  readonly #now: () => number;
  readonly #direct = new Map<string, ClusterClient>();
  readonly #authProviders = new Map<string, string>();
  readonly #mirrors = new Map<string, ClusterMirror>();
  #names?: { at: number; names: Promise<string[]> };
  /** What the Kubernetes plugin said when it last said something. */
  #lastNames?: string[];
  #namesError?: string;
  #stopped = false;

  static create(options: ClusterRegistryOptions) {
    return new ClusterRegistry(options);
  }

  private constructor(options: ClusterRegistryOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => Date.now());
    if (options.transport !== 'kubernetes-plugin') {
      for (const cluster of readDirectClusters(options.config)) {
        this.#direct.set(
          cluster.name,
          DirectClusterClient.create(cluster, options),
        );
      }
    }
  }

  /** Which clusters there are; no cluster is called. */
  async known(): Promise<KnownClusters> {
    const proxied = await this.#proxied();
    const all = new Set([...this.#direct.keys(), ...(proxied ?? [])]);
    const { only } = this.#options;
    const complete = proxied || only?.every(name => all.has(name));
    return {
      names: [...all].filter(name => !only || only.includes(name)),
      ...(!complete && { unlisted: this.#namesError }),
    };
  }

  /**
   * A client that acts for `credentials`, or the gap that says why there is
   * none.
   */
  async clientFor(
    name: string,
    credentials: BackstageCredentials,
  ): Promise<ClusterClient | Gap> {
    const known = await this.known();
    if (!known.names.includes(name)) {
      return this.#unknown(name, known);
    }
    const direct = this.#direct.get(name);
    if (direct) {
      return direct;
    }
    const provider = this.#authProviders.get(name) ?? '';
    if (USER_TOKEN_PROVIDERS.includes(provider)) {
      return {
        what: 'cluster',
        reason: 'unauthorized',
        message: `Cluster ${name} uses the auth provider '${provider}', which needs the token of a signed-in user`,
        remedy: `Configure cluster ${name} with an auth provider of its own, such as serviceAccount, so that it can be verified in the background`,
      };
    }
    // One token for all requests of this client, which lives for one run.
    let token: Promise<string> | undefined;
    return this.#proxyClient(name, () => {
      token ??= this.#issueToken(credentials);
      return token;
    });
  }

  /**
   * What a cluster holds, read with the portal's own rights and shared by all
   * who ask, or the gap that says why it cannot be.
   */
  async mirrorFor(name: string): Promise<ClusterMirror | Gap> {
    const known = this.#mirrors.get(name);
    if (known) {
      return known;
    }
    const own = await this.#options.auth.getOwnServiceCredentials();
    const reached = await this.clientFor(name, own);
    if ('what' in reached) {
      return reached;
    }
    const client =
      reached.transport === 'direct'
        ? reached
        : // A mirror outlives any token.
          await this.#proxyClient(name, () => this.#issueToken(own));
    const { watch, watchLimits, staleMs, timing } = this.#options;
    const mirror =
      this.#mirrors.get(name) ??
      ClusterMirror.create({ client, watch, watchLimits, staleMs, timing });
    this.#mirrors.set(name, mirror);
    if (this.#stopped) mirror.stop();
    return mirror;
  }

  /** How a cluster is reached, whether it is known or not. */
  transportOf(name: string): ClusterTransport {
    return this.#direct.has(name) ? 'direct' : 'kubernetes-plugin';
  }

  /** Ends every watch; for the end of the back end. */
  stop(): void {
    this.#stopped = true;
    for (const mirror of this.#mirrors.values()) mirror.stop();
  }

  async #proxyClient(name: string, getToken: () => Promise<string>) {
    const { discovery } = this.#options;
    return ProxyClusterClient.create({
      ...this.#options,
      name,
      kubernetesUrl: await discovery.getBaseUrl('kubernetes'),
      getToken,
    });
  }

  async #issueToken(onBehalfOf: BackstageCredentials): Promise<string> {
    const { token } = await this.#options.auth.getPluginRequestToken({
      onBehalfOf,
      targetPluginId: 'kubernetes',
    });
    return token;
  }

  #unknown(name: string, { names, unlisted }: KnownClusters): Gap {
    if (unlisted) {
      return {
        what: 'cluster',
        reason: 'unreachable',
        message: `Whether the portal knows cluster '${name}' cannot be told: ${unlisted}`,
        remedy: 'Check that the Kubernetes back-end plugin runs',
      };
    }
    return {
      what: 'cluster',
      reason: 'not-configured',
      message: `The portal knows no cluster '${name}'`,
      remedy: `Use one of ${
        names.join(', ') || '(none is configured)'
      }, or add it to kubernetes.clusterLocatorMethods`,
    };
  }

  /** Undefined where the Kubernetes plugin never said. */
  async #proxied(): Promise<string[] | undefined> {
    const { config, transport } = this.#options;
    if (transport === 'direct' || !this.#needsKubernetesPlugin(config)) {
      return [];
    }
    const now = this.#now();
    if (!this.#names || now - this.#names.at > NAMES_TTL_MS) {
      const names = this.#fetchNames();
      this.#names = { at: now, names };
      names.then(
        listed => {
          this.#lastNames = listed;
        },
        (error: Error) => {
          // A failure is not remembered: the next caller asks again.
          this.#names = undefined;
          this.#namesError = error.message;
        },
      );
    }
    // While the plugin is away, the clusters it named are still there.
    return this.#names.names.catch(() => this.#lastNames);
  }

  /** Nothing to ask for where every configured cluster is reached directly. */
  #needsKubernetesPlugin(config: Config): boolean {
    if (this.#options.transport === 'kubernetes-plugin') {
      return true;
    }
    const methods =
      config.getOptionalConfigArray('kubernetes.clusterLocatorMethods') ?? [];
    if (methods.length === 0) {
      // A supplier of the portal's own may stand in for configured methods.
      return config.has('kubernetes');
    }
    return methods.some(method => {
      const type = method.getString('type');
      return type === 'config'
        ? method
            .getConfigArray('clusters')
            .some(entry => !this.#direct.has(entry.getString('name')))
        : type !== 'localKubectlProxy';
    });
  }

  async #fetchNames(): Promise<string[]> {
    const { auth, discovery, limits } = this.#options;
    const { token } = await auth.getPluginRequestToken({
      onBehalfOf: await auth.getOwnServiceCredentials(),
      targetPluginId: 'kubernetes',
    });
    const baseUrl = await discovery.getBaseUrl('kubernetes');
    const result = await httpGet(new URL(`${baseUrl}/clusters`), {
      ...(limits ?? DEFAULT_LIMITS),
      maxBytes: 1024 * 1024,
      headers: { Authorization: `Bearer ${token}` },
    });
    if (!result.ok || result.status !== 200) {
      throw new Error(
        `The Kubernetes plugin did not list its clusters: ${
          result.ok ? `HTTP ${result.status}` : result.message
        }`,
      );
    }
    const items = readNames(result.body);
    for (const item of items) {
      this.#authProviders.set(item.name, item.authProvider ?? '');
    }
    return items.map(item => item.name);
  }
}

function readNames(body: string): { name: string; authProvider?: string }[] {
  try {
    const { items } = JSON.parse(body);
    if (Array.isArray(items)) {
      return items.filter(item => typeof item?.name === 'string');
    }
  } catch {
    // Said below, in the same words.
  }
  throw new Error('The answer of the Kubernetes plugin is no list of clusters');
}
