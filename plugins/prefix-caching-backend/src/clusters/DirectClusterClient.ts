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

import { readFile } from 'node:fs/promises';
import http from 'node:http';
import https from 'node:https';
import type { ObservedKind } from 'backstage-plugin-prefix-caching-common/core';
import type { DirectCluster } from './directClusters';
import { httpGet } from './httpGet';
import { DEFAULT_LIMITS, type RequestLimits } from './limits';
import { ObjectLister } from './ObjectLister';
import { podProxyPath } from './paths';
import { portForwardGet } from './portForwardGet';
import type {
  ClusterClient,
  HttpResult,
  ListOptions,
  PodAddress,
} from './types';

/** Talks to an API server itself, with the token of the portal's config. */
export class DirectClusterClient implements ClusterClient {
  readonly transport = 'direct';
  readonly #cluster: DirectCluster;
  readonly #limits: RequestLimits;
  readonly #agent: http.Agent;
  readonly #lister: ObjectLister;

  static create(cluster: DirectCluster, options?: { limits?: RequestLimits }) {
    return new DirectClusterClient(cluster, options?.limits ?? DEFAULT_LIMITS);
  }

  private constructor(cluster: DirectCluster, limits: RequestLimits) {
    this.#cluster = cluster;
    this.#limits = limits;
    const Agent = cluster.url.protocol === 'https:' ? https.Agent : http.Agent;
    this.#agent = new Agent({
      keepAlive: true,
      maxSockets: 8,
      timeout: 60_000,
    });
    this.#lister = ObjectLister.create(cluster.name, (path, signal) =>
      this.#get(path, {
        maxBytes: this.#limits.maxListBytes,
        accept: 'application/json',
        signal,
      }),
    );
  }

  get name() {
    return this.#cluster.name;
  }

  get inCluster() {
    return this.#cluster.inCluster;
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

  async portForward(
    address: PodAddress,
    options: Parameters<NonNullable<ClusterClient['portForward']>>[1],
  ): Promise<HttpResult> {
    return portForwardGet(
      {
        name: this.name,
        server: this.#cluster.url.href.replace(/\/$/, ''),
        skipTLSVerify: this.#cluster.skipTLSVerify,
        ca: await this.#ca(),
        token: await this.#token(),
      },
      address,
      { ...this.#limits, ...options },
    );
  }

  async #get(
    path: string,
    options: { maxBytes: number; accept: string; signal?: AbortSignal },
  ): Promise<HttpResult> {
    let token: string | undefined;
    let ca: string | undefined;
    try {
      [token, ca] = await Promise.all([this.#token(), this.#ca()]);
    } catch (error) {
      return {
        ok: false,
        reason: 'unauthorized',
        message: `The credentials of cluster ${this.name} cannot be read: ${error}`,
      };
    }
    const { maxBytes, signal } = options;
    // The configured URL may carry a path of its own, as Rancher's do.
    const url = new URL(`${this.#cluster.url.href.replace(/\/$/, '')}${path}`);
    return httpGet(url, {
      ...this.#limits,
      maxBytes,
      signal,
      agent: this.#agent,
      tls: { ca, rejectUnauthorized: !this.#cluster.skipTLSVerify },
      headers: {
        Accept: options.accept,
        ...(token && { Authorization: `Bearer ${token}` }),
      },
    });
  }

  /** Read each time: the kubelet renews a mounted token within the hour. */
  async #token(): Promise<string | undefined> {
    const { token, tokenFile } = this.#cluster;
    return tokenFile ? (await readFile(tokenFile, 'utf8')).trim() : token;
  }

  async #ca(): Promise<string | undefined> {
    const { ca, caFile } = this.#cluster;
    return ca ?? (caFile && (await readFile(caFile, 'utf8')));
  }
}
