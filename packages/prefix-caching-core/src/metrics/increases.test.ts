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

import {
  type EngineMetrics,
  engineIncrease,
  type RouterMetrics,
  routerIncrease,
  sumEngineIncreases,
  sumLatencies,
} from './index';

const router: RouterMetrics = {
  readyEndpoints: 2,
  queueByEndpoint: {},
  picksByEndpoint: {},
  scorers: [],
  dataProducers: [],
};
const engine: EngineMetrics = { prefixCaching: 'on' };

describe('routerIncrease', () => {
  it('subtracts counters, and takes the mean prediction of the increase alone', () => {
    expect(
      routerIncrease(
        {
          ...router,
          requests: 100,
          errors: 1,
          predictedHitRatio: { mean: 0.5, count: 80 },
          picksByEndpoint: { a: 60, gone: 40 },
        },
        {
          ...router,
          requests: 150,
          errors: 3,
          predictedHitRatio: { mean: 0.6, count: 120 },
          picksByEndpoint: { a: 80, gone: 40, fresh: 30 },
        },
      ),
    ).toEqual({
      restarted: false,
      requests: 50,
      errors: 2,
      predictedCount: 40,
      // (0.6 · 120 − 0.5 · 80) ÷ 40
      predictedHitRatio: expect.closeTo(0.8, 12),
      picksByEndpoint: { a: 20, gone: 0, fresh: 30 },
    });
  });

  it('does not take a picker that counts no picks by pod for one that picked nothing', () => {
    const picks = (before: number, now: number) =>
      routerIncrease(
        { ...router, requests: before },
        { ...router, requests: now },
      ).picksByEndpoint;
    expect(picks(100, 240)).toBeUndefined();
    expect(picks(0, 0)).toEqual({});
  });

  it('takes a counter without series as zero where the picker speaks at all', () => {
    const silent = { ...router, readyEndpoints: undefined };
    expect(routerIncrease(router, router)).toMatchObject({
      requests: 0,
      predictedCount: 0,
      predictedHitRatio: undefined,
    });
    expect(routerIncrease(router, { ...router, requests: 5 }).requests).toBe(5);
    expect(routerIncrease(silent, silent).requests).toBeUndefined();
  });

  it.each<[string, Partial<RouterMetrics>, Partial<RouterMetrics>]>([
    ['requests went back', { requests: 10 }, { requests: 3 }],
    [
      'one counter went back, another has overtaken its old value',
      { requests: 10, errors: 4 },
      { requests: 30, errors: 0 },
    ],
    [
      'picks went back',
      { picksByEndpoint: { a: 5 } },
      { picksByEndpoint: { a: 1 } },
    ],
    [
      'the process started later',
      { requests: 10, startedAt: 100 },
      { requests: 12, startedAt: 200 },
    ],
  ])('subtracts nothing after a restart: %s', (_, previous, current) => {
    expect(
      routerIncrease({ ...router, ...previous }, { ...router, ...current }),
    ).toEqual({ restarted: true });
  });

  it('knows nothing from a single sample', () => {
    expect(routerIncrease(undefined, router)).toEqual({ restarted: false });
    expect(routerIncrease(router, undefined)).toEqual({ restarted: false });
  });
});

describe('engineIncrease', () => {
  it.each<[string, Partial<EngineMetrics>, Partial<EngineMetrics>, object]>([
    [
      'hits over queries of the increase alone',
      { requests: 5, queryTokens: 1000, hitTokens: 900 },
      { requests: 9, queryTokens: 1400, hitTokens: 1000 },
      {
        requests: 4,
        queryTokens: 400,
        hitTokens: 100,
        deliveredHitRatio: 0.25,
      },
    ],
    [
      'no ratio when nothing was looked up',
      { queryTokens: 1000, hitTokens: 900 },
      { queryTokens: 1000, hitTokens: 900 },
      { queryTokens: 0, hitTokens: 0, deliveredHitRatio: undefined },
    ],
    [
      'what one sample lacks stays unknown',
      { queryTokens: 1000 },
      { queryTokens: 1010, hitTokens: 3 },
      { queryTokens: 10, hitTokens: undefined, deliveredHitRatio: undefined },
    ],
    [
      'nothing after a restart',
      { requests: 50, queryTokens: 1000 },
      { requests: 2, queryTokens: 2000 },
      { restarted: true },
    ],
  ])('gives %s', (_, previous, current, expected) => {
    expect(
      engineIncrease({ ...engine, ...previous }, { ...engine, ...current }),
    ).toEqual({ restarted: false, ...expected });
  });

  it('adds several engines up, weighing their ratios by tokens', () => {
    expect(
      sumEngineIncreases([
        { restarted: false, requests: 1, queryTokens: 100, hitTokens: 90 },
        { restarted: false, requests: 2, queryTokens: 300, hitTokens: 10 },
        { restarted: false, queryTokens: 1000 },
        { restarted: true },
      ]),
    ).toEqual({
      restarted: true,
      requests: 3,
      queryTokens: 1400,
      hitTokens: 100,
      deliveredHitRatio: 0.25,
    });
    expect(sumEngineIncreases([])).toEqual({ restarted: false });
  });
});

describe('latencies of an increase', () => {
  const latency = (
    sum: number,
    count: number,
    ...buckets: [number, number][]
  ) => ({ mean: sum / count, p50: 0, p95: 0, p99: 0, count, buckets });
  const before = latency(10, 10, [1, 10], [2, 10]);
  // Ten more: none up to 1 s, eight up to 2 s, two beyond.
  const after = latency(30, 20, [1, 10], [2, 18]);
  const increase = {
    mean: expect.closeTo(2, 12),
    p50: expect.closeTo(1 + 5 / 8, 12),
    p95: 2,
    p99: 2,
    count: 10,
    buckets: [
      [1, 0],
      [2, 8],
    ],
  };

  it('are those of what was observed in between', () => {
    const samples = (timeToFirstToken: typeof before) => ({
      ...router,
      timeToFirstToken,
      schedulerLatency: timeToFirstToken,
    });
    const result = routerIncrease(samples(before), samples(after));
    expect(result.timeToFirstToken).toEqual(increase);
    expect(result.schedulerLatency).toEqual(increase);
    expect(
      engineIncrease(
        { ...engine, timeToFirstToken: before },
        { ...engine, timeToFirstToken: after },
      ).timeToFirstToken,
    ).toEqual(increase);
  });

  it('begin at nothing where the process was sampled before its first request', () => {
    const first = { ...router, timeToFirstToken: after };
    expect(routerIncrease(router, first).timeToFirstToken).toEqual(after);
    const silent = { ...router, readyEndpoints: undefined };
    expect(routerIncrease(silent, first).timeToFirstToken).toBeUndefined();
    const now: EngineMetrics = { ...engine, timeToFirstToken: after };
    expect(
      engineIncrease({ ...engine, engine: 'vllm' }, now).timeToFirstToken,
    ).toEqual(after);
    expect(engineIncrease(engine, now).timeToFirstToken).toBeUndefined();
  });

  it.each<[string, typeof before | undefined, typeof before, boolean]>([
    ['went back', after, before, true],
    [
      'lost a bucket’s observations',
      after,
      latency(40, 25, [1, 9], [2, 20]),
      true,
    ],
    ['observed nothing', after, after, false],
    ['has other bounds', before, latency(30, 20, [1, 10], [3, 18]), false],
    [
      'has other bounds and fewer observations',
      after,
      latency(1, 2, [5, 2]),
      true,
    ],
  ])('are unknown when the histogram %s', (_, then, now, restarted) => {
    const result = routerIncrease(
      { ...router, timeToFirstToken: then },
      { ...router, timeToFirstToken: now },
    );
    expect(result.restarted).toBe(restarted);
    expect(result.timeToFirstToken).toBeUndefined();
  });

  it('add up over engines, as if one had served all', () => {
    const sum = sumEngineIncreases([
      { restarted: false, timeToFirstToken: before },
      { restarted: false },
      { restarted: false, timeToFirstToken: before },
    ]).timeToFirstToken;
    expect(sum).toMatchObject({ mean: 1, count: 20, p50: 0.5 });
    expect(sumLatencies([before, latency(1, 1, [9, 1])])).toBeUndefined();
    expect(sumLatencies([])).toBeUndefined();
  });

  it('know how many requests matched nothing', () => {
    const predicted = (count: number, zeroMatch: number) => ({
      ...router,
      predictedHitRatio: { mean: 0.5, count, zeroMatch },
    });
    expect(
      routerIncrease(predicted(10, 4), predicted(30, 5)).zeroMatchCount,
    ).toBe(1);
    expect(routerIncrease(router, predicted(30, 5)).zeroMatchCount).toBe(5);
  });
});
