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
  Gap,
  GapReason,
  KubernetesObject,
  ObservedKind,
} from 'backstage-plugin-prefix-caching-common/core';

/** Everything that was read of one kind, and what could not be. */
export interface Listing {
  kind: ObservedKind;
  objects: KubernetesObject[];
  gaps: Gap[];
}

export interface ListOptions {
  /** Where to look when listing the whole cluster is refused. */
  fallbackNamespaces: readonly string[];
  signal?: AbortSignal;
}

/** A pod's port, as the API server's proxy and port-forward address it. */
export interface PodAddress {
  namespace: string;
  pod: string;
  port: number;
  scheme: 'http' | 'https';
}

/** An answer of any status, or why there was none. */
export type HttpResult =
  | { ok: true; status: number; contentType: string; body: string }
  | {
      ok: false;
      reason: GapReason;
      message: string;
      status?: number;
      /** Where it is not the usual one for the reason. */
      remedy?: string;
    };

export type ClusterTransport = 'direct' | 'kubernetes-plugin';

/**
 * One cluster, read only.
 *
 * Nothing here throws for what a cluster or the network did: failures are
 * gaps, so that one bad cluster, kind or pod never hides the rest.
 */
export interface ClusterClient {
  readonly name: string;
  readonly transport: ClusterTransport;
  /** The portal itself runs in this cluster, so that Service names resolve. */
  readonly inCluster: boolean;
  list(kind: ObservedKind, options: ListOptions): Promise<Listing>;
  /** One object of a kind that is never listed; no object and no gap where there is none. */
  getNamed(
    kind: ObservedKind,
    namespace: string,
    name: string,
    signal?: AbortSignal,
  ): Promise<Listing>;
  /** GET through the API server's pod proxy; `path` starts with a slash. */
  podProxy(
    address: PodAddress,
    path: string,
    options: { maxBytes: number; signal?: AbortSignal },
  ): Promise<HttpResult>;
  /** Absent where no WebSocket reaches the API server. */
  portForward?(
    address: PodAddress,
    options: {
      maxBytes: number;
      path: string;
      bearerToken: string;
      signal?: AbortSignal;
    },
  ): Promise<HttpResult>;
}
