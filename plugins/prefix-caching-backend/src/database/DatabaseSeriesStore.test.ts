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

import { mockServices } from '@backstage/backend-test-utils';
import type { LatencySummary } from 'backstage-plugin-prefix-caching-common/core';
import { createTestDatabases } from '../__testUtils__/databases';
import type { Amounts, SeriesWindow } from '../series/types';
import { DatabaseSeriesStore } from './DatabaseSeriesStore';

const databases = createTestDatabases();
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NOON = Date.parse('2026-11-22T12:00:00Z');

/** All of `count` answered between 0.1 and 0.5 s. */
function latency(count: number): LatencySummary {
  const buckets: LatencySummary['buckets'] = [
    [0.1, 0],
    [0.5, count],
    [1, count],
  ];
  return { mean: 0.3, p50: 0.3, p95: 0.48, p99: 0.496, count, buckets };
}

function windowEnding(
  endedAt: number,
  amounts: Amounts,
  options: { pod?: string; startedAt?: number } = {},
): SeriesWindow {
  return {
    pod: options.pod ?? '',
    startedAt: options.startedAt ?? endedAt - MINUTE,
    endedAt,
    amounts,
  };
}

describe.each(databases.eachSupportedId())('series on %s', databaseId => {
  async function createStore() {
    const knex = await databases.init(databaseId);
    return DatabaseSeriesStore.create({
      database: mockServices.database({ knex }),
    });
  }
  const all = {
    targetId: 't',
    grain: 'run',
    from: 0,
    to: NOON + HOUR,
    stepMs: MINUTE,
    byReplica: true,
    latencies: true,
  } as const;

  it('joins the windows of a step: counts added, gauges averaged, histograms merged', async () => {
    const store = await createStore();
    for (const [minute, amounts] of [
      [
        1,
        { queryTokens: 100, hitTokens: 50, waiting: 2, firstToken: latency(4) },
      ],
      [
        2,
        {
          queryTokens: 300,
          hitTokens: 300,
          waiting: 4,
          firstToken: latency(6),
        },
      ],
      [3, { queryTokens: 10 }],
    ] as [number, Amounts][]) {
      await store.saveWindows('t', [
        windowEnding(NOON + minute * MINUTE, amounts),
        windowEnding(NOON + minute * MINUTE, { picks: minute }, { pod: 'a' }),
      ]);
    }
    await store.saveWindows('other', [
      windowEnding(NOON + MINUTE, { queryTokens: 1e6 }),
    ]);

    const steps = await store.readWindows({ ...all, stepMs: 2 * MINUTE });
    const whole = steps
      .filter(({ pod }) => pod === '')
      .sort((a, b) => a.endedAt - b.endedAt);
    expect(whole.map(({ endedAt }) => (endedAt - NOON) / MINUTE)).toEqual([
      2, 4,
    ]);
    expect(whole[0]).toMatchObject({
      startedAt: NOON,
      amounts: {
        queryTokens: 400,
        hitTokens: 350,
        waiting: 3,
        firstToken: { count: 10 },
      },
    });
    expect(whole[0].amounts.firstToken?.p50).toBeCloseTo(0.3);
    expect(whole[1].amounts).toMatchObject({ queryTokens: 10 });
    expect(whole[1].amounts.hitTokens).toBeUndefined();
    expect(whole[1].amounts.firstToken).toBeUndefined();
    expect(
      steps.filter(({ pod }) => pod === 'a').map(each => each.amounts.picks),
    ).toEqual(expect.arrayContaining([3, 3]));

    const slim = await store.readWindows({
      ...all,
      byReplica: false,
      latencies: false,
      from: NOON + MINUTE,
      to: NOON + 2 * MINUTE,
    });
    expect(slim).toHaveLength(1);
    expect(slim[0].amounts.firstToken).toBeUndefined();
  });

  it('replaces a window by one that measures the same time again, and keeps those before', async () => {
    const store = await createStore();
    const save = (from: number, to: number, queryTokens: number) =>
      store.saveWindows('t', [
        windowEnding(
          NOON + to * 1000,
          { queryTokens },
          { startedAt: NOON + from * 1000 },
        ),
      ]);
    await save(0, 60, 100);
    // Endpoints are read one after the other: the next window begins a little early.
    await save(58, 120, 200);
    // "Verify now": from 58 on again, only longer.
    await save(58, 135, 250);
    // A run that began before and ended later has nothing to add.
    await save(58, 121, 201);
    const tokens = (await store.readWindows({ ...all, stepMs: 1000 })).map(
      ({ endedAt, amounts }) => [(endedAt - NOON) / 1000, amounts.queryTokens],
    );
    expect(tokens.sort(([a = 0], [b = 0]) => a - b)).toEqual([
      [60, 100],
      [135, 250],
    ]);
  });

  it('joins an hour once, however often it is asked to, and deletes what is too old', async () => {
    const store = await createStore();
    for (let minute = 1; minute <= 90; minute++) {
      await store.saveWindows('t', [
        windowEnding(NOON + minute * MINUTE, {
          queryTokens: 1,
          kvUsage: minute <= 60 ? 0.5 : 1,
          scheduling: latency(1),
        }),
      ]);
    }
    expect(await store.newestHour()).toBeUndefined();
    expect(await store.joinHour(NOON + HOUR)).toBe(1);
    expect(await store.joinHour(NOON + HOUR)).toBe(1);
    expect(await store.joinHour(NOON - HOUR)).toBe(0);
    expect(await store.newestHour('t')).toBe(NOON + HOUR);
    expect(await store.newestHour('other')).toBeUndefined();

    const hours = { ...all, grain: 'hour', stepMs: HOUR } as const;
    expect(await store.readWindows(hours)).toMatchObject([
      {
        startedAt: NOON,
        endedAt: NOON + HOUR,
        amounts: { queryTokens: 60, kvUsage: 0.5, scheduling: { count: 60 } },
      },
    ]);

    const gone = await store.cleanSeries({
      run: new Date(NOON + HOUR + 1),
      hour: new Date(NOON),
    });
    expect(gone).toBe(60);
    expect(
      await store.readWindows({ ...all, to: NOON + 2 * HOUR }),
    ).toHaveLength(30);
    expect(await store.readWindows(hours)).toHaveLength(1);
    await store.cleanSeries({
      run: new Date(NOON + HOUR),
      hour: new Date(NOON + HOUR + 1),
    });
    expect(await store.readWindows(hours)).toEqual([]);
  });

  it('keeps marks and the events of a range', async () => {
    const store = await createStore();
    expect(await store.getMarks('t')).toBeUndefined();
    const event = (minute: number) => ({
      at: NOON + minute * MINUTE,
      kind: 'scale' as const,
      summary: `at ${minute}`,
    });
    await store.saveMarks('t', { seenAt: NOON, readyReplicas: 2 }, []);
    await store.saveMarks(
      't',
      { seenAt: NOON + MINUTE, readyReplicas: 3, routerPod: 'epp' },
      [event(1), event(2), event(3)],
    );
    expect(await store.getMarks('t')).toEqual({
      seenAt: NOON + MINUTE,
      readyReplicas: 3,
      routerPod: 'epp',
    });
    const range = { from: NOON + MINUTE, to: NOON + HOUR, limit: 5 };
    expect(await store.getEvents('t', range)).toEqual([event(2), event(3)]);
    expect(await store.getEvents('t', { ...range, limit: 1 })).toEqual([
      event(3),
    ]);
    expect(await store.getEvents('other', range)).toEqual([]);
    await store.cleanSeries({ run: new Date(0), hour: new Date(NOON + HOUR) });
    expect(await store.getEvents('t', range)).toEqual([]);
    expect(await store.getMarks('t')).toBeUndefined();
  });
});
