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

import type http from 'node:http';
import {
  isRecord,
  type ObservedKind,
} from 'backstage-plugin-prefix-caching-common/core';
import {
  readSecret,
  requestToken,
  type IssuedToken,
  type SecretKey,
  type TokenAccount,
} from './credentials';
import { failureOf, type HttpFailure } from './gaps';
import { httpGet } from './httpGet';
import { httpLines } from './httpLines';
import {
  DEFAULT_LIMITS,
  DEFAULT_WATCH_LIMITS,
  MAX_LOG_LINE_BYTES,
  type RequestLimits,
  type WatchLimits,
} from './limits';
import { ObjectLister } from './ObjectLister';
import { parseObject } from './parseAnswers';
import {
  ACCESS_REVIEW_PATH,
  podLogPath,
  podProxyPath,
  VERSION_PATH,
} from './paths';
import type {
  AccessAttributes,
  ClusterClient,
  ClusterTransport,
  CollectionReading,
  FollowLogOptions,
  HttpResult,
  ListOptions,
  Listing,
  LogEnd,
  PodAddress,
  PodLogAddress,
  WatchEnd,
  WatchOptions,
} from './types';
import { watchCollection, type StreamPath } from './watchCollection';

/** Where requests go, and with what. */
export interface Route {
  /** Of the API server, without a trailing slash. */
  baseUrl: string;
  headers: Record<string, string>;
  agent: http.Agent;
  tls?: { ca?: string; rejectUnauthorized: boolean };
}

export interface ApiServerLimits {
  limits?: RequestLimits;
  watchLimits?: WatchLimits;
}

/** A status or a version is short. */
const MAX_SHORT_ANSWER = 1024 * 1024;

interface RequestOptions {
  maxBytes: number;
  accept: string;
  body?: string;
  signal?: AbortSignal;
}

/** What both ways to an API server share: all but the way itself. */
export abstract class ApiServerClient implements ClusterClient {
  abstract readonly name: string;
  abstract readonly transport: ClusterTransport;
  abstract readonly inCluster: boolean;
  protected readonly limits: RequestLimits;
  readonly #watchLimits: WatchLimits;
  #lister?: ObjectLister;

  protected constructor(options: ApiServerLimits = {}) {
    this.limits = options.limits ?? DEFAULT_LIMITS;
    this.#watchLimits = options.watchLimits ?? DEFAULT_WATCH_LIMITS;
  }

  /** Never throws: credentials that cannot be had are a failure like others. */
  protected abstract route(): Promise<Route | HttpFailure>;

  /** An answer that is not the API server's own, in its true light. */
  protected interpret(result: HttpResult): HttpResult {
    return result;
  }

  list(kind: ObservedKind, options: ListOptions): Promise<Listing> {
    return this.#objects().list(kind, options);
  }

  readCollection(
    kind: ObservedKind,
    scope: { namespace?: string; signal?: AbortSignal },
  ): Promise<CollectionReading> {
    return this.#objects().read(kind, scope);
  }

  getNamed(
    kind: ObservedKind,
    namespace: string,
    name: string,
    signal?: AbortSignal,
  ): Promise<Listing> {
    return this.#objects().getNamed(kind, namespace, name, signal);
  }

  watchCollection(
    kind: ObservedKind,
    options: WatchOptions,
  ): Promise<WatchEnd> {
    return watchCollection(
      (path, stream) => this.#stream(path, stream),
      kind,
      options,
    );
  }

  podProxy(
    address: PodAddress,
    path: string,
    options: { maxBytes: number; signal?: AbortSignal },
  ): Promise<HttpResult> {
    return this.#request(podProxyPath(address, path), {
      ...options,
      accept: 'text/plain',
    });
  }

  podLog(
    address: PodLogAddress,
    {
      lines,
      ...options
    }: { lines: number; maxBytes: number; signal?: AbortSignal },
  ): Promise<HttpResult> {
    return this.#request(podLogPath(address, { lines }), {
      ...options,
      accept: 'text/plain',
    });
  }

  async followPodLog(
    address: PodLogAddress,
    { lines, timeoutMs, ...options }: FollowLogOptions,
  ): Promise<LogEnd> {
    const route = await this.route();
    if ('reason' in route) {
      return { end: 'broken', failure: route };
    }
    const path = podLogPath(address, { lines, follow: true });
    const end = await httpLines(new URL(`${route.baseUrl}${path}`), {
      ...options,
      agent: route.agent,
      tls: route.tls,
      headers: { Accept: 'text/plain', ...route.headers },
      connectTimeoutMs: this.limits.connectTimeoutMs,
      totalTimeoutMs: timeoutMs,
      // A picker without requests writes nothing for hours.
      silenceMs: () => undefined,
      maxLineBytes: MAX_LOG_LINE_BYTES,
    });
    if (end.end !== 'refused') {
      return end;
    }
    const failure = failureOf(this.interpret(end.result));
    return {
      end: 'broken',
      failure: failure ?? { reason: 'invalid', message: 'no log' },
    };
  }

  async review(
    { subresource, ...access }: AccessAttributes,
    signal?: AbortSignal,
  ): Promise<boolean | HttpFailure> {
    const resourceAttributes = {
      ...access,
      ...(subresource && { subresource }),
    };
    const answer = await this.#shortAnswer(ACCESS_REVIEW_PATH, {
      signal,
      body: JSON.stringify({
        apiVersion: 'authorization.k8s.io/v1',
        kind: 'SelfSubjectAccessReview',
        spec: { resourceAttributes },
      }),
    });
    return 'reason' in answer
      ? answer
      : isRecord(answer.object.status) && answer.object.status.allowed === true;
  }

  async serverVersion(signal?: AbortSignal): Promise<string | HttpFailure> {
    const answer = await this.#shortAnswer(VERSION_PATH, { signal });
    return 'reason' in answer
      ? answer
      : String(answer.object.gitVersion ?? 'of no release it tells');
  }

  readSecret(
    secret: SecretKey,
    signal?: AbortSignal,
  ): Promise<{ value: string } | HttpFailure> {
    return readSecret(
      (path, options) => this.#shortAnswer(path, options),
      secret,
      signal,
    );
  }

  requestToken(
    account: TokenAccount,
    signal?: AbortSignal,
  ): Promise<IssuedToken | HttpFailure> {
    return requestToken(
      (path, options) => this.#shortAnswer(path, options),
      account,
      signal,
    );
  }

  async #shortAnswer(
    path: string,
    options: { body?: string; signal?: AbortSignal },
  ): Promise<{ object: Record<string, unknown> } | HttpFailure> {
    const result = await this.#request(path, {
      ...options,
      maxBytes: MAX_SHORT_ANSWER,
      accept: 'application/json',
    });
    const failure = failureOf(result);
    const object = result.ok ? parseObject(result.body) : undefined;
    if (failure || !isRecord(object)) {
      return failure ?? { reason: 'invalid', message: 'no JSON object' };
    }
    return { object };
  }

  /** Created late: a subclass has no name while it is being constructed. */
  #objects(): ObjectLister {
    this.#lister ??= ObjectLister.create(this.name, (path, signal) =>
      this.#request(path, {
        maxBytes: this.limits.maxListBytes,
        accept: 'application/json',
        signal,
      }),
    );
    return this.#lister;
  }

  async #request(path: string, options: RequestOptions): Promise<HttpResult> {
    const route = await this.route();
    if ('reason' in route) {
      return { ok: false, ...route };
    }
    const { accept, ...rest } = options;
    const result = await httpGet(new URL(`${route.baseUrl}${path}`), {
      ...this.limits,
      ...rest,
      agent: route.agent,
      tls: route.tls,
      headers: { Accept: accept, ...route.headers },
    });
    return this.interpret(result);
  }

  async #stream(
    path: string,
    options: Parameters<StreamPath>[1],
  ): ReturnType<StreamPath> {
    const route = await this.route();
    if ('reason' in route) {
      return { end: 'broken', failure: route };
    }
    const { silenceMs, graceMs, maxEventBytes } = this.#watchLimits;
    const { timeoutSeconds, expectsBookmarks, ...rest } = options;
    const end = await httpLines(new URL(`${route.baseUrl}${path}`), {
      ...rest,
      agent: route.agent,
      tls: route.tls,
      headers: { Accept: 'application/json', ...route.headers },
      connectTimeoutMs: this.limits.connectTimeoutMs,
      // A proxy may hold the status line back until the first event.
      answerTimeoutMs:
        this.transport === 'direct' ? this.limits.totalTimeoutMs : undefined,
      totalTimeoutMs: timeoutSeconds * 1000 + graceMs,
      silenceMs: () => (expectsBookmarks() ? silenceMs : undefined),
      maxLineBytes: maxEventBytes,
    });
    return end.end === 'refused'
      ? { end: 'refused', result: this.interpret(end.result) }
      : end;
  }
}
