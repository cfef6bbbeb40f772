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

import type { ObservedEndpoint } from '../observation';
import { routingDistribution } from './routingDistribution';
import {
  enginePod,
  engineSamples,
  observe,
  routerSamples,
} from './testing/cluster';
import { judgedCase, wanted } from './testing/judging';
import type { Case } from './testing/judging';

/** What each engine finished between two samples, and how many wait there. */
function served(
  counts: readonly number[],
  ...waiting: readonly number[]
): ObservedEndpoint[] {
  return counts.map((n, index) =>
    engineSamples(
      `chat-kserve-${index}`,
      { requests: 10 },
      { requests: 10 + n, waiting: waiting[index] },
    ),
  );
}

/** The same as the picker counts it. */
function picked(counts: readonly number[]): ObservedEndpoint[] {
  const byPod = (add: (n: number) => number) =>
    Object.fromEntries(counts.map((n, i) => [`chat-kserve-${i}`, add(n)]));
  return [
    routerSamples(
      'chat-epp-0',
      { picksByEndpoint: byPod(() => 5) },
      { picksByEndpoint: byPod(n => 5 + n) },
    ),
  ];
}

const seen = (endpoints: ObservedEndpoint[], replicas = 2) =>
  observe(
    Object.fromEntries(
      Array.from({ length: replicas }, (_, index) => [
        `engine${index}`,
        enginePod('chat', index),
      ]),
    ),
    { endpoints },
  );
const tokensOnly = [0, 1].map(index =>
  engineSamples(
    `chat-kserve-${index}`,
    { promptTokens: 100 },
    { promptTokens: index === 0 ? 5_100 : 200 },
  ),
);

describe('routing.distribution', () => {
  it.each<Case>([
    [
      'evenly',
      seen(served([50, 50])),
      'pass',
      'spread over the replicas. busiest replica 50 %, even would be 50 %',
    ],
    [
      'two replicas, not quite all on one',
      seen(served([89, 11])),
      'pass',
      'busiest replica 89 %',
    ],
    [
      'two replicas, nearly all on one, and others wait',
      seen(served([90, 10], 3)),
      'warn',
      'One of 2 replicas takes 90 % of requests, and others wait for it.',
    ],
    [
      'the second of them, and others wait there alone',
      seen([
        routerSamples('chat-kserve-1', undefined, {}),
        ...served([10, 90], 0, 4),
      ]),
      'warn',
      'busiest replica 90 %, even would be 50 %; chat-kserve-1 has 4 waiting',
    ],
    [
      'the second of them, and others wait elsewhere',
      seen(served([10, 90], 4, 0)),
      'pass',
      'takes 90 % of requests, and none waits there',
    ],
    [
      'by picks, of an engine that was not read',
      seen([
        ...picked([60, 0]),
        { role: 'engine', pod: 'chat-kserve-0', engine: {} },
      ]),
      'warn',
      'One of 2 replicas takes 100 %',
    ],
    [
      'the same, and none waits',
      seen(served([100, 0], 0)),
      'pass',
      'takes 100 % of requests, and none waits there',
    ],
    [
      'whether they wait is not known',
      seen(served([100, 0])),
      'warn',
      'One of 2 replicas takes 100 % of requests.',
    ],
    [
      'four replicas, twice the even share',
      seen(served([50, 20, 20, 10], 1), 4),
      'warn',
      'One of 4 replicas takes 50 %',
    ],
    [
      'four replicas, a little less',
      seen(served([49, 21, 20, 10], 1), 4),
      'pass',
      'busiest replica 49 %',
    ],
    [
      'by the picks of the picker, which outrank what engines finished',
      seen([...picked([30, 30]), ...served([60, 0], 2)]),
      'pass',
      'busiest replica 50 %',
    ],
    [
      'by picks, of which a ready replica got none',
      seen(picked([60])),
      'warn',
      'One of 2 replicas takes 100 %',
    ],
    [
      'by tokens, where engines count no requests',
      seen(tokensOnly),
      'warn',
      'takes 98 %',
    ],
    [
      'too few requests',
      seen(served([19, 0])),
      'inconclusive',
      'Too few requests between the two samples',
    ],
    [
      'enough of them',
      seen(served([10, 10])),
      'pass',
      'spread over the replicas',
    ],
    [
      'one replica was not sampled twice',
      seen([
        ...served([50]),
        engineSamples('chat-kserve-1', undefined, { requests: 9 }),
      ]),
      'inconclusive',
      'Not sampled twice yet',
    ],
    ['nothing sampled', observe(), 'inconclusive', 'Not sampled twice yet'],
    [
      'engines may not be scraped',
      observe(
        {},
        {
          gaps: [
            {
              what: 'metrics/engine',
              reason: 'forbidden',
              message: 'pods/proxy of v1.34 may not be read.',
            },
          ],
        },
      ),
      'inconclusive',
      "Can't tell how requests are spread",
    ],
    [
      'one replica',
      observe({ engine1: undefined }, { endpoints: served([50]) }),
      'skipped',
      'There is one replica',
    ],
    [
      'files',
      observe({}, { source: 'manifests' }),
      'skipped',
      'Not decided from files',
    ],
  ])('%s', (...given) => {
    expect(judgedCase(routingDistribution, given)).toEqual(wanted(given));
  });
});
