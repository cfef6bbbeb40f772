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

import type { ProbeResult } from 'prefix-caching-core';
import type {
  CheckHistory,
  ProbeReport,
  RouterLogReport,
} from 'backstage-plugin-prefix-caching-common';
import { OBSERVED_AT } from './targets';

/** One change of a check, this morning. */
export function historyOf(query: URLSearchParams): CheckHistory {
  const check = query.get('check') ?? 'gateway.request-body';
  return {
    targetId: query.get('targetId') ?? '',
    check,
    items: [
      {
        check,
        from: 'pass',
        to: 'fail',
        summary: 'EnvoyFilter prefix-body-gpu removes the call.',
        at: '2026-08-18T12:05:10.000Z',
        actual: 'EnvoyFilter istio-ingress/prefix-body-gpu replaces the entry',
        evidence: [
          {
            subject: 'EnvoyFilter istio-ingress/prefix-body-gpu',
            value: 'request_body_mode: BUFFERED',
          },
        ],
      },
    ],
  };
}

/** A probe in which every repeat came back from the cache. */
export const hitProbe: ProbeResult = {
  at: '2026-08-18T07:12:00.000Z',
  by: 'user:default/j.meyer',
  outcome: 'hit',
  summary: 'All 3 repeats hit on the replica of the first; the control missed.',
  evidence: 'cached-tokens',
  replicas: 3,
  prefixes: 3,
  prefixTokens: 512,
  affine: 3,
  hits: 3,
  controlMissed: true,
  largeBodyHit: true,
  timeToFirstToken: { cold: 0.41, warm: 0.17 },
  requests: 9,
  promptTokens: 4896,
  durationMs: 5200,
};

/** A probe whose repeats went to other replicas. */
export const strayedProbe: ProbeResult = {
  ...hitProbe,
  outcome: 'routing-at-fault',
  summary: '2 of 3 repeats went to another replica than the first.',
  affine: 1,
  hits: 1,
  timeToFirstToken: { cold: 0.42, warm: 0.41 },
};

/** What another probe of a target would cost, and its last one. */
export function probesOf(
  targetId: string,
  result: ProbeResult = hitProbe,
): ProbeReport {
  return {
    offer: {
      targetId,
      possible: true,
      requests: 9,
      promptTokens: 4896,
      outputTokens: 9,
      prefixes: 3,
      url: 'https://models.example.com/llm-serving/qwen-3b/v1/completions',
    },
    results: [result],
  };
}

/** A quiet hour of an endpoint picker. */
export function routerLogOf(query: URLSearchParams): RouterLogReport {
  return {
    targetId: query.get('targetId') ?? '',
    pod: 'qwen-3b-gpu-kserve-router-scheduler-5d9f',
    lines: [
      {
        at: '2026-08-18T11:47:05.000Z',
        level: 'info',
        text: 'Loaded raw configuration',
      },
      {
        at: OBSERVED_AT,
        level: 'info',
        text: 'Request handled',
        decision: {
          requestId: '7f0d7a52-0f5e-4f1c-9b8e-3a35c8f0a001',
          endpoint: 'qwen-3b-gpu-kserve-6c9d8f7b54-x2k9p',
          scores: { 'qwen-3b-gpu-kserve-6c9d8f7b54-x2k9p': 4.35 },
        },
      },
    ],
    truncated: true,
    advice: 'With verbosity 4 the log also holds the scores of each replica.',
  };
}
