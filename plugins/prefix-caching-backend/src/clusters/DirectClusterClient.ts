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
import {
  ApiServerClient,
  type ApiServerLimits,
  type Route,
} from './ApiServerClient';
import type { DirectCluster } from './directClusters';
import type { HttpFailure } from './gaps';
import { MAX_SOCKETS } from './limits';
import { portForwardGet } from './portForwardGet';
import type { ClusterClient, HttpResult, PodAddress } from './types';

/** Talks to an API server itself, with the token of the portal's config. */
export class DirectClusterClient extends ApiServerClient {
  readonly transport = 'direct';
  readonly #cluster: DirectCluster;
  readonly #agent: http.Agent;

  static create(cluster: DirectCluster, options?: ApiServerLimits) {
    return new DirectClusterClient(cluster, options);
  }

  private constructor(cluster: DirectCluster, options?: ApiServerLimits) {
    super(options);
    this.#cluster = cluster;
    const Agent = cluster.url.protocol === 'https:' ? https.Agent : http.Agent;
    this.#agent = new Agent({
      keepAlive: true,
      maxSockets: MAX_SOCKETS,
      timeout: 60_000,
    });
  }

  get name() {
    return this.#cluster.name;
  }

  get inCluster() {
    return this.#cluster.inCluster;
  }

  async portForward(
    address: PodAddress,
    options: Parameters<NonNullable<ClusterClient['portForward']>>[1],
  ): Promise<HttpResult> {
    return portForwardGet(
      {
        name: this.name,
        server: this.#server,
        skipTLSVerify: this.#cluster.skipTLSVerify,
        ca: await this.#ca(),
        token: await this.#token(),
      },
      address,
      { ...this.limits, ...options },
    );
  }

  protected async route(): Promise<Route | HttpFailure> {
    try {
      const [token, ca] = await Promise.all([this.#token(), this.#ca()]);
      return {
        baseUrl: this.#server,
        agent: this.#agent,
        tls: { ca, rejectUnauthorized: !this.#cluster.skipTLSVerify },
        headers: token ? { Authorization: `Bearer ${token}` } : {},
      };
    } catch (error) {
      return {
        reason: 'unauthorized',
        message: `The credentials of cluster ${this.name} cannot be read: ${error}`,
      };
    }
  }

  /** The configured URL may carry a path of its own, as Rancher's do. */
  get #server(): string {
    return this.#cluster.url.href.replace(/\/$/, '');
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
