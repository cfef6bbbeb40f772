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

import { DEFAULT_LIMITS, failureOf, type RequestLimits } from '../../clusters';
import type { HttpFailure } from '../../clusters';
import { httpGet } from '../../clusters/httpGet';
import { readAnswer, readNames } from './readAnswer';
import { remedyOf } from './prometheusRemedy';
import type { PrometheusSeriesResult, PrometheusServer } from './types';

export type PrometheusAnswer<T> =
  | { ok: true; result: T }
  | { ok: false; failure: HttpFailure };

/** Of one answer; 500 points of 50 replicas are 1 MiB. */
const MAX_BYTES = 16 * 1024 * 1024;

type Parameters = Record<string, string | number>;

/**
 * Prometheus' HTTP API: instant and range queries, and the names there are.
 *
 * Always GET: where a proxy guards it, POST is another right. Never throws for
 * what the server or the network did.
 */
export class PrometheusClient {
  readonly #server: PrometheusServer;
  readonly #limits: RequestLimits;

  static create(
    server: PrometheusServer,
    options: { limits?: RequestLimits } = {},
  ) {
    return new PrometheusClient(server, options.limits ?? DEFAULT_LIMITS);
  }

  private constructor(server: PrometheusServer, limits: RequestLimits) {
    this.#server = server;
    this.#limits = limits;
  }

  /** The value of each series, with the time it was asked for. */
  async query(
    expression: string,
    options: { time?: number; signal?: AbortSignal } = {},
  ): Promise<PrometheusAnswer<PrometheusSeriesResult[]>> {
    const { time, signal } = options;
    return this.#get(
      'query',
      { query: expression, ...(time !== undefined && { time }) },
      readAnswer,
      signal,
    );
  }

  /** The values of each series at whole steps; times are in seconds. */
  async queryRange(
    expression: string,
    range: { start: number; end: number; step: number },
    signal?: AbortSignal,
  ): Promise<PrometheusAnswer<PrometheusSeriesResult[]>> {
    return this.#get(
      'query_range',
      { query: expression, ...range },
      readAnswer,
      signal,
    );
  }

  /** Which metrics a selector had in a range of time. */
  async namesOf(
    selector: string,
    range: { start: number; end: number },
    signal?: AbortSignal,
  ): Promise<PrometheusAnswer<string[]>> {
    return this.#get(
      'label/__name__/values',
      { 'match[]': selector, ...range },
      readNames,
      signal,
    );
  }

  async #get<T>(
    path: string,
    parameters: Parameters,
    read: (body: string) => T | undefined,
    signal?: AbortSignal,
  ): Promise<PrometheusAnswer<T>> {
    const server = this.#server;
    const url = new URL(`${server.url.href.replace(/\/$/, '')}/api/v1/${path}`);
    for (const [name, value] of Object.entries(parameters)) {
      url.searchParams.set(name, String(value));
    }
    const answer = await httpGet(url, {
      ...this.#limits,
      maxBytes: MAX_BYTES,
      signal,
      tls: server.tls,
      headers: {
        Accept: 'application/json',
        ...server.headers,
        ...(server.token && { Authorization: `Bearer ${server.token}` }),
      },
    });
    const failure = failureOf(answer);
    if (failure || !answer.ok) {
      return this.#failed(failure, answer.ok ? answer.body : '');
    }
    const result = read(answer.body);
    return result === undefined
      ? this.#failed({
          reason: 'invalid',
          message: 'its answer is none of the Prometheus HTTP API',
          status: 404,
        })
      : { ok: true, result };
  }

  #failed(
    failure: HttpFailure | undefined,
    body = '',
  ): { ok: false; failure: HttpFailure } {
    const { cluster, url } = this.#server;
    const known = failure ?? { reason: 'unreachable', message: 'no answer' };
    return {
      ok: false,
      failure: {
        ...known,
        // A 404 of Prometheus is about the address, not about a missing CRD.
        reason: known.reason === 'not-installed' ? 'invalid' : known.reason,
        message: `Prometheus ${url.host} of cluster ${cluster}: ${
          known.message
        }${ownWords(body)}`,
        remedy: known.remedy ?? remedyOf(this.#server, known, body),
      },
    };
  }
}

/** What Prometheus itself says of an error. */
function ownWords(body: string): string {
  try {
    const { error }: { error?: unknown } = JSON.parse(body);
    return typeof error === 'string' ? `: ${error.slice(0, 200)}` : '';
  } catch {
    return '';
  }
}
