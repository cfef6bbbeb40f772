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
import type { IssuedToken, SecretKey, TokenAccount } from './credentials';
import type { HttpFailure } from './gaps';

/** Everything that was read of one kind, and what could not be. */
export interface Listing {
  kind: ObservedKind;
  objects: KubernetesObject[];
  gaps: Gap[];
  /** It is this old, since reading it fails now. Milliseconds since 1970. */
  staleSince?: number;
}

/** One kind in one scope, or why it could not be read. */
export type CollectionReading =
  | {
      ok: true;
      objects: KubernetesObject[];
      /** The version of the kind that the cluster serves. */
      version: string;
      /** Where a watch may go on; absent where the answer named none. */
      resourceVersion?: string;
    }
  | { ok: false; failure: HttpFailure };

/** What a watch told: one object, or only how far it has come. */
export interface CollectionChange {
  set?: KubernetesObject;
  removed?: KubernetesObject;
  resourceVersion?: string;
}

export interface WatchOptions {
  version: string;
  namespace?: string;
  resourceVersion: string;
  /** After which the server is to end the watch. */
  timeoutSeconds: number;
  signal: AbortSignal;
  /** The server has agreed to watch. */
  onOpen: () => void;
  onChange: (change: CollectionChange) => void;
}

/** How a watch ended. */
export type WatchEnd =
  /** As agreed, or because we wished so. */
  | { end: 'closed' | 'stopped' }
  /** The API server has forgotten where we were: list anew. */
  | { end: 'gone' }
  /** This account, or this way, may not watch: list only. */
  | { end: 'not-watchable'; failure: HttpFailure }
  /** The API server answered something else: list anew, later. */
  | { end: 'refused'; failure: HttpFailure }
  /** The connection: go on where we were, later. */
  | { end: 'broken'; failure: HttpFailure };

/** One access to a cluster, as SelfSubjectAccessReview describes it. */
export interface AccessAttributes {
  verb: string;
  group: string;
  resource: string;
  subresource?: string;
  namespace?: string;
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

/** A container whose log is read. */
export interface PodLogAddress {
  namespace: string;
  pod: string;
  container: string;
}

export interface FollowLogOptions {
  /** How many of the last lines come first. */
  lines: number;
  timeoutMs: number;
  signal: AbortSignal;
  /** The log is there. */
  onOpen: () => void;
  /** A line with its time stamp; `false` ends it. */
  onLine: (line: string) => boolean;
}

/** How following a log ended; a failure of reason `timeout` may be that its time was up. */
export type LogEnd =
  | { end: 'closed' | 'stopped' }
  | { end: 'broken'; failure: HttpFailure };

/** An answer of any status, or why there was none. */
export type HttpResult =
  | {
      ok: true;
      status: number;
      contentType: string;
      body: string;
      /** When the server wants to be asked again, as with a 429. */
      retryAfterSeconds?: number;
    }
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
  /** One scope of a kind, and where a watch of it may go on. */
  readCollection(
    kind: ObservedKind,
    scope: { namespace?: string; signal?: AbortSignal },
  ): Promise<CollectionReading>;
  /** Follows a scope of a kind from there; resolves when the watch has ended. */
  watchCollection(kind: ObservedKind, options: WatchOptions): Promise<WatchEnd>;
  /** One key of one Secret that the configuration names. */
  readSecret(
    secret: SecretKey,
    signal?: AbortSignal,
  ): Promise<{ value: string } | HttpFailure>;
  /** A short-lived token of one service account that the configuration names. */
  requestToken(
    account: TokenAccount,
    signal?: AbortSignal,
  ): Promise<IssuedToken | HttpFailure>;
  /** Whether the account may do something. */
  review(
    access: AccessAttributes,
    signal?: AbortSignal,
  ): Promise<boolean | HttpFailure>;
  /** The API server's release, such as `v1.34.1`; readable by any account. */
  serverVersion(signal?: AbortSignal): Promise<string | HttpFailure>;
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
  /** The last lines of a container's log, each with its time stamp. */
  podLog(
    address: PodLogAddress,
    options: { lines: number; maxBytes: number; signal?: AbortSignal },
  ): Promise<HttpResult>;
  followPodLog(
    address: PodLogAddress,
    options: FollowLogOptions,
  ): Promise<LogEnd>;
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
