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
import {
  isRecord,
  numberAt,
} from 'backstage-plugin-prefix-caching-common/core';
import { describeNetworkError } from '../clusters/httpGet';
import type { ProbeAddress } from './probeAddress';

/** What one request came to. */
export type Completion =
  | {
      ok: true;
      /** As the engine counted them. */
      promptTokens?: number;
      /** Absent where the engine does not say. */
      cachedTokens?: number;
      /** Seconds until the first piece of the answer. */
      firstToken?: number;
      /** The replica, where the answer names it, as simulators do. */
      endpoint?: string;
    }
  | { ok: false; message: string };

export interface CompletionOptions {
  agent: http.Agent;
  signal: AbortSignal;
  /** Milliseconds. */
  now: () => number;
  headers?: Record<string, string>;
  /** Default: a minute. */
  timeoutMs?: number;
}

/** One token is asked for; what is longer is no answer to that. */
const MAX_BYTES = 256 * 1024;
const TIMEOUT_MS = 60_000;

/** Set by llm-d-inference-sim, and by no engine. */
const POD_HEADER = 'x-inference-pod';

/**
 * Sends one completion and reads its stream for figures; what it says is
 * dropped as it comes. Follows no redirect. Never throws.
 */
export function streamCompletion(
  { url, host, token, tls }: ProbeAddress,
  body: object,
  { agent, signal, now, headers, timeoutMs = TIMEOUT_MS }: CompletionOptions,
): Promise<Completion> {
  return new Promise(resolve => {
    const payload = JSON.stringify(body);
    const startedAt = now();
    const seen: Extract<Completion, { ok: true }> = { ok: true };
    const request = (url.protocol === 'https:' ? https : http).request(
      `${url.href.replace(/\/$/, '')}/v1/completions`,
      {
        method: 'POST',
        agent,
        ...tls,
        // The name that the gateway's certificate and routes are for.
        ...(host && { servername: host.replace(/:\d+$/, '') }),
        headers: {
          ...headers,
          'Content-Type': 'application/json',
          'Content-Length': Buffer.byteLength(payload),
          Accept: 'text/event-stream',
          ...(host && { Host: host }),
          ...(token && { Authorization: `Bearer ${token}` }),
        },
      },
    );
    // Takes the listeners off again.
    const settled = new AbortController();
    function finish(completion: Completion) {
      settled.abort();
      request.destroy();
      resolve(completion);
    }
    function fail(message: string) {
      finish({ ok: false, message: `${url.host} ${message}` });
    }
    // First of all: what is destroyed below may still tell of an error.
    request.on('error', error =>
      fail(`failed: ${describeNetworkError(toError(error))}`),
    );
    const until = { signal: settled.signal };
    const deadline = AbortSignal.timeout(timeoutMs);
    deadline.addEventListener(
      'abort',
      () => fail(`did not answer within ${timeoutMs / 1000} s`),
      until,
    );
    const abort = () => fail('was not waited for: the probe was cancelled');
    if (signal.aborted) {
      abort();
      return;
    }
    signal.addEventListener('abort', abort, until);
    request.on('response', response => {
      const { statusCode = 0 } = response;
      if (statusCode !== 200) {
        // What a gateway says of a refusal may quote the request.
        fail(`answered ${statusCode}${hintFor(statusCode)}`);
        return;
      }
      const pod = response.headers[POD_HEADER];
      if (typeof pod === 'string') seen.endpoint = pod;
      let rest = '';
      let size = 0;
      let isStream = false;
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        size += chunk.length;
        if (size > MAX_BYTES) {
          fail('sent far more than the one token that was asked for');
          return;
        }
        const lines = (rest + chunk).split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) {
          const event = eventOf(line);
          if (!event) continue;
          isStream = true;
          if (Array.isArray(event.choices) && event.choices.length > 0) {
            seen.firstToken ??= (now() - startedAt) / 1000;
          }
          readUsage(event, seen);
        }
      });
      response.on('error', error =>
        fail(`broke off its answer: ${describeNetworkError(toError(error))}`),
      );
      response.on('end', () =>
        isStream
          ? finish(seen)
          : fail('answered with what is no stream of completions'),
      );
    });
    request.end(payload);
  });
}

function eventOf(line: string): Record<string, unknown> | undefined {
  if (!line.startsWith('data:')) return undefined;
  try {
    const value: unknown = JSON.parse(line.slice('data:'.length));
    return isRecord(value) ? value : undefined;
  } catch {
    // `[DONE]`, and what is no JSON.
    return undefined;
  }
}

function readUsage(
  event: Record<string, unknown>,
  seen: Extract<Completion, { ok: true }>,
): void {
  const promptTokens = numberAt(event, 'usage', 'prompt_tokens');
  const cachedTokens = numberAt(
    event,
    'usage',
    'prompt_tokens_details',
    'cached_tokens',
  );
  if (promptTokens !== undefined) seen.promptTokens = promptTokens;
  if (cachedTokens !== undefined) seen.cachedTokens = cachedTokens;
}

function hintFor(status: number): string {
  switch (status) {
    case 401:
    case 403:
      return ': it wants another token, prefixCaching.probe.gateways[].token';
    case 404:
      return ': no route leads to this service, or the model has another name';
    case 503:
      return ': no replica could be reached';
    default:
      return '';
  }
}
