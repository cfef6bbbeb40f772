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
  EngineMetrics,
  ObservedEndpoint,
  RouterMetrics,
} from 'backstage-plugin-prefix-caching-common/core';
import { windowsOf } from './windowsOf';

const T0 = Date.parse('2026-11-22T12:00:00Z');
const at = (seconds: number) => new Date(T0 + seconds * 1000).toISOString();

function engine(
  pod: string,
  [first, before]: [number, Partial<EngineMetrics>?],
  [second, now]: [number, Partial<EngineMetrics>],
): ObservedEndpoint {
  const metrics = { engine: 'vllm', prefixCaching: 'on' } as const;
  return {
    role: 'engine',
    pod,
    engine: {
      ...(before && {
        previous: {
          at: at(first),
          source: 'pod-proxy',
          metrics: { ...metrics, ...before },
        },
      }),
      current: {
        at: at(second),
        source: 'pod-proxy',
        metrics: { ...metrics, ...now },
      },
    },
  };
}

function router(
  [first, before]: [number, Partial<RouterMetrics>?],
  [second, now]: [number, Partial<RouterMetrics>],
): ObservedEndpoint {
  const none = {
    queueByEndpoint: {},
    picksByEndpoint: {},
    scorers: [],
    dataProducers: [],
    readyEndpoints: 2,
  };
  return {
    role: 'router',
    pod: 'epp',
    router: {
      ...(before && {
        previous: {
          at: at(first),
          source: 'port-forward',
          metrics: { ...none, ...before },
        },
      }),
      current: {
        at: at(second),
        source: 'port-forward',
        metrics: { ...none, ...now },
      },
    },
  };
}

describe('windowsOf', () => {
  it('keeps increases of counters, by replica and added up', () => {
    const windows = windowsOf(
      [
        engine(
          'a',
          [0, { queryTokens: 1000, hitTokens: 900, requests: 10 }],
          [
            60,
            {
              queryTokens: 1400,
              hitTokens: 1200,
              requests: 14,
              waiting: 3,
              kvUsage: 0.5,
            },
          ],
        ),
        engine(
          'b',
          [0, { queryTokens: 500, hitTokens: 0, requests: 5 }],
          [
            60,
            {
              queryTokens: 1100,
              hitTokens: 100,
              requests: 11,
              waiting: 1,
              kvUsage: 0.1,
            },
          ],
        ),
        router(
          [
            0,
            {
              requests: 100,
              errors: 1,
              predictedHitRatio: { mean: 0.5, count: 100 },
              picksByEndpoint: { a: 60, b: 40, gone: 9 },
            },
          ],
          [
            60,
            {
              requests: 110,
              errors: 3,
              predictedHitRatio: { mean: 0.52, count: 110 },
              picksByEndpoint: { a: 69, b: 41, gone: 9 },
              indexSize: 77,
            },
          ],
        ),
      ],
      150,
    );
    expect(windows.map(({ pod }) => pod)).toEqual(['', 'a', 'b']);
    const [whole, a, b] = windows;
    expect(whole).toMatchObject({ startedAt: T0, endedAt: T0 + 60_000 });
    expect(whole.amounts).toMatchObject({
      queryTokens: 1000,
      hitTokens: 400,
      requests: 10,
      requestSeconds: 60,
      errors: 2,
      errorSeconds: 60,
      predictedCount: 10,
      picks: 10,
      waiting: 4,
      readyEndpoints: 2,
      indexSize: 77,
    });
    expect(whole.amounts.predictedSum).toBeCloseTo(7.2);
    expect(whole.amounts.kvUsage).toBeCloseTo(0.3);
    expect(a.amounts).toMatchObject({
      queryTokens: 400,
      hitTokens: 300,
      picks: 9,
    });
    expect(b.amounts).toMatchObject({
      queryTokens: 600,
      hitTokens: 100,
      picks: 1,
    });
  });

  it.each<[string, ObservedEndpoint[], object]>([
    [
      'a first sample gives gauges and no counts',
      [engine('a', [0], [60, { queryTokens: 1000, waiting: 2 }])],
      { waiting: 2, queryTokens: undefined, requestSeconds: undefined },
    ],
    [
      'a window over an outage gives gauges and no counts',
      [
        engine(
          'a',
          [-3600, { queryTokens: 0 }],
          [60, { queryTokens: 9, running: 1 }],
        ),
      ],
      { running: 1, queryTokens: undefined },
    ],
    [
      'an engine that restarted counts nothing, the others do',
      [
        engine('a', [0, { queryTokens: 900 }], [60, { queryTokens: 5 }]),
        engine('b', [0, { queryTokens: 10 }], [60, { queryTokens: 30 }]),
      ],
      { queryTokens: 20 },
    ],
    [
      'without engines the requests are those the picker counted',
      [router([0, { requests: 5 }], [60, { requests: 25 }])],
      { requests: 20, requestSeconds: 60, queryTokens: undefined },
    ],
    [
      'a picker that counts nothing beside engines that serve does not hide them',
      [
        engine('a', [0, { requests: 1 }], [60, { requests: 8 }]),
        router([0, {}], [60, {}]),
      ],
      { requests: 7, picks: undefined },
    ],
  ])('%s', (_, endpoints, expected) => {
    expect(windowsOf(endpoints, 150)[0].amounts).toMatchObject(expected);
  });

  it('has nothing to keep where nothing was read', () => {
    expect(windowsOf([], 150)).toEqual([]);
  });
});
