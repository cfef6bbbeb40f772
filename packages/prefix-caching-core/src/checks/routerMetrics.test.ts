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

import type { GapReason, ObservedEndpoint } from '../observation';
import { routerMetrics } from './routerMetrics';
import {
  engineSamples,
  observe,
  NOT_READY,
  enginePod,
  routerSamples,
} from './testing/cluster';
import { judged, judgedCase, wanted } from './testing/judging';
import type { Case } from './testing/judging';

const gap = (reason: GapReason, status?: number) => ({
  gaps: [
    {
      what: 'metrics/router',
      reason,
      status,
      message: `The picker was not read: ${reason}.`,
    },
  ],
});
const sees = (readyEndpoints: number | undefined) => ({
  endpoints: [routerSamples('chat-epp-0', undefined, { readyEndpoints })],
});

const saw = (pod: string, readyEndpoints: number) =>
  routerSamples(pod, undefined, { readyEndpoints });
const believes = (pod: string, averageKvUsage: number) =>
  routerSamples(pod, undefined, { averageKvUsage });
const uses = (pod: string, kvUsage: number) =>
  engineSamples(pod, undefined, { kvUsage });
const NEVER_READ: ObservedEndpoint = { role: 'router', pod: 'chat-epp-2' };
/** The same, read by a way that passes no token on. */
function open(endpoint: ObservedEndpoint): ObservedEndpoint {
  const { current } = endpoint.router ?? {};
  return {
    ...endpoint,
    router: { current: current && { ...current, source: 'pod-proxy' } },
  };
}
const notReady = (index: number) =>
  enginePod('chat', index, { status: NOT_READY });

describe('router.metrics', () => {
  it.each<Case>([
    [
      'readable, sees all',
      observe({}, sees(2)),
      'pass',
      'readable and count the ready engines',
    ],
    ['sees none', observe({}, sees(0)), 'fail', 'sees 0 of 2 ready engines'],
    ['sees fewer', observe({}, sees(1)), 'warn', 'sees 1 of 2'],
    ['sees more', observe({}, sees(3)), 'warn', 'sees 3 endpoints'],
    ['does not say', observe({}, sees(undefined)), 'pass', 'readable'],
    [
      'believes caches empty',
      observe(
        {},
        {
          endpoints: [
            routerSamples('chat-epp-0', undefined, { averageKvUsage: 0 }),
            engineSamples('chat-kserve-0', undefined, { kvUsage: 0.4 }),
          ],
        },
      ),
      'warn',
      'believes every KV cache empty',
    ],
    [
      '401',
      observe({}, gap('unauthorized', 401)),
      'fail',
      'does not accept the token (401)',
    ],
    [
      '403',
      observe({}, gap('unauthorized', 403)),
      'fail',
      'read metrics (403)',
    ],
    [
      '500',
      observe({}, gap('invalid', 500)),
      'fail',
      'cannot check tokens (500)',
    ],
    [
      'No token is configured',
      observe({}, gap('not-configured')),
      'skipped',
      'prefixCaching.metrics.tokens',
    ],
    [
      'the API server refuses the way',
      observe({}, gap('forbidden')),
      'inconclusive',
      "The Endpoint Picker's metrics",
    ],
    [
      'unreachable',
      observe({}, gap('unreachable')),
      'inconclusive',
      "The Endpoint Picker's metrics did not answer",
    ],
    ['never scraped', observe(), 'inconclusive', 'not been scraped yet'],
    [
      'no picker pod',
      observe({ picker: undefined }),
      'inconclusive',
      'No Endpoint Picker exists',
    ],
    [
      'files',
      observe({ picker: undefined }, { source: 'manifests' }),
      'skipped',
      'Not decided from files',
    ],
    [
      'refused, and nobody says with what',
      observe({}, gap('unauthorized')),
      'fail',
      'does not accept the token (401)',
    ],
    [
      'an address in the reason',
      observe(
        {},
        {
          gaps: [
            {
              what: 'metrics/router',
              reason: 'unreachable',
              message: '10.0.0.7:9090 did not answer within 3 s.',
            },
          ],
        },
      ),
      'inconclusive',
      '10.0.0.7:9090 did not answer within 3 s',
    ],
    [
      'two pickers, of which the leader sees all',
      observe(
        {},
        { endpoints: [saw('chat-epp-0', 0), saw('chat-epp-1', 2), NEVER_READ] },
      ),
      'pass',
      'sees 2 of 2 ready engines',
    ],
    [
      'one of two pickers asks for no token',
      observe(
        {},
        { endpoints: [saw('chat-epp-0', 2), open(saw('chat-epp-1', 2))] },
      ),
      'pass',
      'readable without a token (authentication is off); sees 2 of 2',
    ],
    [
      'one engine is not ready, and the picker knows',
      observe({ engine1: notReady(1) }, sees(1)),
      'pass',
      'sees 1 of 1 ready engines',
    ],
    [
      'one engine is not ready, and the picker does not know',
      observe({ engine1: notReady(1) }, sees(2)),
      'warn',
      'sees 2 endpoints, and 1 engine is ready.',
    ],
    [
      'no engine is ready: their own check says it',
      observe({ engine0: notReady(0), engine1: notReady(1) }, sees(2)),
      'pass',
      'sees 2 of 0 ready engines',
    ],
    [
      'believes caches empty, as two of three engines tell',
      observe(
        {},
        {
          endpoints: [
            believes('chat-epp-0', 0),
            uses('chat-kserve-0', 0.4),
            uses('chat-kserve-1', 0.2),
            { role: 'engine', pod: 'chat-kserve-2', engine: {} },
          ],
        },
      ),
      'warn',
      'KV usage 0 against 30 %',
    ],
    [
      'one of two pickers believes caches empty, and the other leads',
      observe(
        {},
        {
          endpoints: [
            believes('chat-epp-0', 0),
            believes('chat-epp-1', 0.4),
            uses('chat-kserve-0', 0.4),
          ],
        },
      ),
      'pass',
      'readable',
    ],
    [
      'caches are as good as empty',
      observe(
        {},
        {
          endpoints: [believes('chat-epp-0', 0), uses('chat-kserve-0', 0.05)],
        },
      ),
      'pass',
      'readable',
    ],
    [
      'says nothing of caches that are in use',
      observe(
        {},
        { endpoints: [saw('chat-epp-0', 2), uses('chat-kserve-0', 0.4)] },
      ),
      'pass',
      'readable',
    ],
    [
      'pods may not be read',
      observe(
        { picker: undefined },
        {
          gaps: [
            {
              what: 'Pod',
              reason: 'forbidden',
              message: 'Pods may not be read.',
            },
          ],
        },
      ),
      'inconclusive',
      "Can't tell whether an Endpoint Picker can be scraped",
    ],
    [
      'two pickers, none read so far',
      observe({}, { endpoints: [NEVER_READ] }),
      'inconclusive',
      'not been scraped yet',
    ],
  ])('%s', (...given) => {
    expect(judgedCase(routerMetrics, given)).toEqual(wanted(given));
  });

  it.each([
    [401, 'prefixCaching.metrics.tokens'],
    [403, 'nonResourceURLs ["/metrics"]'],
    [500, 'system:auth-delegator'],
  ])('%s names what closes it', (status, remedy) => {
    expect(
      judged(routerMetrics, observe({}, gap('unauthorized', status))).remedy,
    ).toContain(remedy);
  });
});
