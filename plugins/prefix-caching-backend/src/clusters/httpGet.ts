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
import type { Duplex } from 'node:stream';
import tls from 'node:tls';
import { toError } from '@backstage/errors';
import type { GapReason } from 'backstage-plugin-prefix-caching-common/core';
import type { HttpResult } from './types';

export interface HttpGetOptions {
  headers?: Record<string, string>;
  /** JSON to send with a POST; a GET where absent. */
  body?: string;
  agent?: http.Agent;
  /** For `https:`; read per request, since an in-cluster CA rotates. */
  tls?: { ca?: string; rejectUnauthorized: boolean };
  /** Speak HTTP over an open stream instead of a new connection. */
  stream?: Duplex;
  connectTimeoutMs: number;
  totalTimeoutMs: number;
  /** Of the body, after which the answer is given up. */
  maxBytes: number;
  signal?: AbortSignal;
}

/**
 * One GET, or POST where there is a body, with a deadline for the connection,
 * one for the whole answer, and a limit on its size. Never throws: what went
 * wrong is in the result.
 */
export async function httpGet(
  url: URL,
  options: HttpGetOptions,
): Promise<HttpResult> {
  const first = await attempt(url, options);
  // A server may close a kept-alive connection in the moment it is used
  // again; that says nothing about the server, so ask once more.
  return first === 'stale-connection'
    ? settled(await attempt(url, { ...options, agent: undefined }), url)
    : first;
}

function settled(result: Attempt, url: URL): HttpResult {
  return result === 'stale-connection'
    ? failure('unreachable', `${url.host} closed the connection`)
    : result;
}

type Attempt = HttpResult | 'stale-connection';

function attempt(url: URL, options: HttpGetOptions): Promise<Attempt> {
  return new Promise(resolve => {
    if (options.signal?.aborted) {
      resolve(abandoned(url));
      return;
    }
    const { stream } = options;
    let request: http.ClientRequest;
    try {
      request = (url.protocol === 'https:' ? https : http).request(url, {
        method: options.body === undefined ? 'GET' : 'POST',
        headers: {
          'Accept-Encoding': 'identity',
          ...(options.body !== undefined && {
            'Content-Type': 'application/json',
          }),
          ...options.headers,
        },
        agent: stream ? undefined : options.agent,
        ...(stream && {
          createConnection: () => connectionOver(stream, url, options),
        }),
        ...options.tls,
      });
    } catch (error) {
      // Such as a header with a line break; the message does not quote it.
      resolve(
        failure(
          'invalid',
          `${url.host}: ${describeNetworkError(toError(error))}`,
        ),
      );
      return;
    }

    const timers: NodeJS.Timeout[] = [];
    let done = false;
    function finish(result: Attempt) {
      if (done) return;
      done = true;
      timers.forEach(timer => clearTimeout(timer));
      options.signal?.removeEventListener('abort', onAbort);
      request.destroy();
      resolve(result);
    }
    function onAbort() {
      finish(abandoned(url));
    }
    function giveUpAfter(ms: number, what: string): NodeJS.Timeout {
      const timer = setTimeout(() => {
        const message = `${url.host} ${what} within ${ms / 1000} s`;
        finish(failure('timeout', message));
      }, ms);
      timers.push(timer);
      return timer;
    }
    options.signal?.addEventListener('abort', onAbort);
    giveUpAfter(options.totalTimeoutMs, 'did not answer');
    const connectTimer = giveUpAfter(
      options.connectTimeoutMs,
      'accepted no connection',
    );

    request.on('socket', socket => {
      const connected = () => clearTimeout(connectTimer);
      if (socket.connecting) {
        socket.once(
          url.protocol === 'https:' ? 'secureConnect' : 'connect',
          connected,
        );
      } else {
        connected();
      }
    });
    request.on('error', (error: NodeJS.ErrnoException) =>
      finish(
        request.reusedSocket && error.code === 'ECONNRESET'
          ? 'stale-connection'
          : failure(
              'unreachable',
              `${url.host}: ${describeNetworkError(error)}`,
            ),
      ),
    );
    request.on('response', response => {
      const chunks: Buffer[] = [];
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > options.maxBytes) {
          finish(
            failure(
              'too-large',
              `${url.host} answered with more than ${mebibytes(
                options.maxBytes,
              )}`,
              response.statusCode,
            ),
          );
          return;
        }
        chunks.push(chunk);
      });
      response.on('error', error =>
        finish(
          failure(
            'unreachable',
            `${url.host} broke off its answer: ${describeNetworkError(error)}`,
          ),
        ),
      );
      response.on('end', () =>
        finish({
          ok: true,
          status: response.statusCode ?? 0,
          contentType: response.headers['content-type'] ?? '',
          body: Buffer.concat(chunks).toString('utf8'),
          ...retryAfterOf(response.headers['retry-after']),
        }),
      );
    });
    request.end(options.body);
  });
}

/** In seconds; the form with a date is rare and answered by our own back-off. */
export function retryAfterOf(header: string | undefined): {
  retryAfterSeconds?: number;
} {
  const seconds = Number(header);
  return header && seconds > 0 ? { retryAfterSeconds: seconds } : {};
}

/** An own connection is used as it is, so that TLS on it is ours to start. */
function connectionOver(
  stream: Duplex,
  url: URL,
  options: HttpGetOptions,
): Duplex {
  return url.protocol === 'https:'
    ? tls.connect({ socket: stream, ...options.tls })
    : stream;
}

function abandoned(url: URL): HttpResult {
  return failure('timeout', `The request to ${url.host} was abandoned`);
}

function failure(
  reason: GapReason,
  message: string,
  status?: number,
): HttpResult {
  return { ok: false, reason, message, status };
}

/** Connection errors of a name with several addresses hide theirs in `errors`. */
export function describeNetworkError(
  error: Error & { code?: string; errors?: Error[] },
): string {
  return (
    error.message ||
    error.errors?.map(inner => inner.message).join('; ') ||
    error.code ||
    'unknown network error'
  );
}

function mebibytes(bytes: number): string {
  return `${Math.round((bytes / 1024 / 1024) * 10) / 10} MiB`;
}
