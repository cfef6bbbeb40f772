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

import type { GapReason } from '../observation';
import { routerMetrics } from './routerMetrics';
import { engineSamples, observe, routerSamples } from './testing/cluster';
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
