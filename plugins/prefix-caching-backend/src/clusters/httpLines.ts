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
import { describeNetworkError, retryAfterOf } from './httpGet';
import type { HttpFailure } from './gaps';
import type { HttpResult } from './types';

export interface HttpLinesOptions {
  headers: Record<string, string>;
  agent?: http.Agent;
  tls?: { ca?: string; rejectUnauthorized: boolean };
  connectTimeoutMs: number;
  /** Until the status line; a proxy may hold it back until the first line. */
  answerTimeoutMs?: number;
  /** For the whole stream. */
  totalTimeoutMs: number;
  /** Silence after which the stream counts as dead; asked at each line. */
  silenceMs: () => number | undefined;
  maxLineBytes: number;
  signal: AbortSignal;
  /** The answer is a stream. */
  onOpen: () => void;
  /** A line, without its end; `false` ends the stream. */
  onLine: (line: string) => boolean;
}

/** How a stream ended: cleanly, by us, by an answer that is no stream, or broken. */
export type StreamEnd =
  | { end: 'closed' | 'stopped' }
  | { end: 'refused'; result: HttpResult }
  | { end: 'broken'; failure: HttpFailure };

/** An answer that refuses is a short Status. */
const MAX_REFUSAL_BYTES = 64 * 1024;

/**
 * One GET whose answer is read line by line until it ends, with a deadline for
 * the connection, one for the whole, a limit on the silence between two lines
 * and on the length of one. Never throws.
 */
export function httpLines(
  url: URL,
  options: HttpLinesOptions,
): Promise<StreamEnd> {
  return new Promise(resolve => {
    const { signal } = options;
    if (signal.aborted) {
      resolve({ end: 'stopped' });
      return;
    }
    const timers = new Map<string, NodeJS.Timeout>();
    const request = (url.protocol === 'https:' ? https : http).request(url, {
      headers: { ...options.headers, 'Accept-Encoding': 'identity' },
      agent: options.agent,
      ...options.tls,
    });
    let done = false;
    function finish(end: StreamEnd) {
      if (done) return;
      done = true;
      timers.forEach(timer => clearTimeout(timer));
      signal.removeEventListener('abort', onAbort);
      request.destroy();
      resolve(end);
    }
    function onAbort() {
      finish({ end: 'stopped' });
    }
    function broken(reason: HttpFailure['reason'], message: string) {
      const said = `${url.host} ${message}`;
      finish({ end: 'broken', failure: { reason, message: said } });
    }
    function deadline(name: string, ms: number | undefined, what: string) {
      clearTimeout(timers.get(name));
      timers.delete(name);
      if (ms === undefined) return;
      const timer = setTimeout(
        () => broken('timeout', `${what} ${ms / 1000} s`),
        ms,
      );
      // A watch is no reason to keep a process alive that has nothing else.
      timers.set(name, timer.unref());
    }

    signal.addEventListener('abort', onAbort);
    deadline(
      'connect',
      options.connectTimeoutMs,
      'accepted no connection within',
    );
    deadline('answer', options.answerTimeoutMs, 'did not answer within');
    deadline('total', options.totalTimeoutMs, 'kept a watch open for');

    request.on('socket', socket => {
      socket.setKeepAlive(true, 30_000);
      const connected = () => deadline('connect', undefined, '');
      if (socket.connecting) {
        socket.once(
          url.protocol === 'https:' ? 'secureConnect' : 'connect',
          connected,
        );
      } else {
        connected();
      }
    });
    request.on('error', error =>
      broken('unreachable', `failed: ${describeNetworkError(toError(error))}`),
    );
    request.on('response', response => {
      deadline('answer', undefined, '');
      const { statusCode: status = 0 } = response;
      const streaming = status >= 200 && status < 300;
      const maxBytes = streaming ? options.maxLineBytes : MAX_REFUSAL_BYTES;
      // Pieces of a line that has not ended; joined once, at its end.
      let pieces: Buffer[] = [];
      let size = 0;
      const take = (rest: Buffer) => {
        const line = Buffer.concat([...pieces, rest]).toString('utf8');
        pieces = [];
        size = 0;
        return line;
      };
      if (streaming) options.onOpen();
      const quiet = () =>
        deadline('silence', options.silenceMs(), 'was silent for');
      quiet();
      response.on('data', (chunk: Buffer) => {
        let from = 0;
        while (streaming && !done) {
          const at = chunk.indexOf(10, from);
          if (at < 0) break;
          const line = take(chunk.subarray(from, at));
          from = at + 1;
          if (line.trim() && !options.onLine(line)) {
            finish({ end: 'stopped' });
          }
        }
        if (done) return;
        pieces.push(chunk.subarray(from));
        size += chunk.length - from;
        if (size > maxBytes) {
          broken('too-large', `sent more than ${maxBytes} bytes at once`);
          return;
        }
        quiet();
      });
      response.on('error', error =>
        broken(
          'unreachable',
          `broke off its answer: ${describeNetworkError(toError(error))}`,
        ),
      );
      response.on('end', () =>
        finish(
          streaming
            ? { end: 'closed' }
            : {
                end: 'refused',
                result: {
                  ok: true,
                  status,
                  contentType: response.headers['content-type'] ?? '',
                  body: take(Buffer.alloc(0)),
                  ...retryAfterOf(response.headers['retry-after']),
                },
              },
        ),
      );
    });
    request.end();
  });
}
