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
import type { Series } from 'backstage-plugin-prefix-caching-common';
import { createTestDatabases } from '../__testUtils__/databases';
import { DatabaseSeriesStore } from '../database';
import { targetIdOf } from '../verification/targetId';
import { SeriesKeeper } from './SeriesKeeper';
import { SeriesReader, type SeriesReaderOptions } from './SeriesReader';
import type { Amounts } from './types';

const databases = createTestDatabases();
const target = { cluster: 'lab', namespace: 'llm', name: 'qwen' };
const entityRef = 'component:default/qwen';
const targetId = targetIdOf(target);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NOON = Date.parse('2026-11-22T12:00:00Z');

async function createReader(options: Partial<SeriesReaderOptions> = {}) {
  const knex = await databases.init('SQLITE_3');
  const store = await DatabaseSeriesStore.create({
    database: mockServices.database({ knex }),
  });
  const reader = SeriesReader.create({
    store,
    history: {
      getCheckHistory: async () => [
        {
          check: 'overall',
          from: 'pass',
          to: 'fail',
          summary: 'secret',
          at: iso(NOON - 10 * MINUTE),
          evidence: [],
        },
        {
          check: 'overall',
          to: 'pass',
          summary: 'secret',
          at: iso(NOON - 48 * HOUR),
          evidence: [],
        },
      ],
      getRecord: async () => undefined,
    },
    requireBackReference: 'sensitive',
    intervalSeconds: 60,
    runRetentionMs: 48 * HOUR,
    now: () => NOON,
    ...options,
  });
  async function keep(
    endedAt: number,
    amounts: Amounts,
    pods: Record<string, Amounts> = {},
  ) {
    const window = { startedAt: endedAt - MINUTE, endedAt };
    await store.saveWindows(targetId, [
      { ...window, pod: '', amounts },
      ...Object.entries(pods).map(([pod, own]) => ({
        ...window,
        pod,
        amounts: own,
      })),
    ]);
  }
  return { store, reader, keep };
}

function iso(time: number) {
  return new Date(time).toISOString();
}

function valuesOf(series: Series[], figure: string, pod?: string) {
  return series
    .find(each => each.figure === figure && each.pod === pod)
    ?.points.map(([time, value]) => [(time - NOON) / MINUTE, value]);
}

describe('SeriesReader', () => {
  it('draws ratios of increases with gaps where nothing was measured', async () => {
    const { reader, keep } = await createReader();
    await keep(NOON - 8 * MINUTE, { queryTokens: 10, hitTokens: 5 });
    // A run that is late by a second: its window still covers the minute before.
    await keep(NOON - 7 * MINUTE + 1000, { queryTokens: 10, hitTokens: 10 });
    await keep(NOON - 5 * MINUTE, { queryTokens: 0, hitTokens: 0 });
    await keep(NOON - 2 * MINUTE, { queryTokens: 4, hitTokens: 1 });

    const report = await reader.read(
      { target, entityRef },
      {
        from: iso(NOON - 9 * MINUTE),
        figures: ['delivered-hit-ratio', 'index-size'],
      },
    );
    expect(report).toMatchObject({
      targetId,
      from: iso(NOON - 9 * MINUTE),
      to: iso(NOON),
      stepSeconds: 60,
      source: 'samples',
    });
    expect(valuesOf(report.series, 'delivered-hit-ratio')).toEqual([
      [-8, 0.5],
      [-7, 1],
      [-6, 1],
      [-5, null],
      [-4, null],
      [-3, null],
      [-2, 0.25],
      [-1, null],
      [0, null],
    ]);
    expect(report.series).toHaveLength(1);
    expect(report.gaps).toEqual([
      {
        figure: 'index-size',
        message: expect.stringContaining('no prefix index'),
      },
    ]);
  });

  it('weighs by tokens and by requests where steps hold several windows', async () => {
    const { reader, keep } = await createReader();
    await keep(NOON - 3 * MINUTE, {
      queryTokens: 900,
      hitTokens: 900,
      predictedSum: 1,
      predictedCount: 10,
      requests: 30,
      requestSeconds: 60,
    });
    await keep(NOON - 2 * MINUTE, {
      queryTokens: 100,
      hitTokens: 0,
      predictedSum: 9,
      predictedCount: 10,
      requests: 90,
      requestSeconds: 60,
    });
    const { series } = await reader.read(
      { target, entityRef },
      { from: iso(NOON - 5 * MINUTE), step: 300 },
    );
    expect(valuesOf(series, 'delivered-hit-ratio')).toEqual([[0, 0.9]]);
    expect(valuesOf(series, 'predicted-hit-ratio')).toEqual([[0, 0.5]]);
    expect(valuesOf(series, 'request-rate')).toEqual([[0, 1]]);
  });

  it('draws a line per replica, and shares of picks only so', async () => {
    const { reader, keep } = await createReader();
    await keep(
      NOON - MINUTE,
      { picks: 10, waiting: 3 },
      { a: { picks: 8, waiting: 1 }, b: { picks: 2, waiting: 2 } },
    );
    const query = { from: iso(NOON - 2 * MINUTE), to: iso(NOON - MINUTE) };
    const plain = await reader.read({ target, entityRef }, query);
    expect(plain.series.some(({ pod }) => pod)).toBe(false);
    expect(plain.series.some(({ figure }) => figure === 'pick-share')).toBe(
      false,
    );
    const { series } = await reader.read(
      { target, entityRef },
      { ...query, figures: ['pick-share', 'waiting'], byReplica: true },
    );
    expect(valuesOf(series, 'pick-share')).toBeUndefined();
    expect(valuesOf(series, 'pick-share', 'a')).toEqual([[-1, 0.8]]);
    expect(valuesOf(series, 'pick-share', 'b')).toEqual([[-1, 0.2]]);
    expect(valuesOf(series, 'waiting')).toEqual([[-1, 3]]);
    expect(valuesOf(series, 'waiting', 'b')).toEqual([[-1, 2]]);
  });

  it.each([
    ['the default range', {}, 60, 90],
    ['a step below the interval', { step: 1 }, 60, 90],
    [
      'two days at the finest',
      { from: iso(NOON - 47 * HOUR), step: 1 },
      340,
      498,
    ],
    ['a year', { from: iso(NOON - 365 * 24 * HOUR) }, 64_800, 487],
    [
      'a week, of which hours are kept',
      { from: iso(NOON - 7 * 24 * HOUR) },
      3600,
      168,
    ],
  ])('widens the step for %s', async (_, query, step, most) => {
    const { reader, keep } = await createReader();
    await keep(NOON - MINUTE, { waiting: 1 });
    const { stepSeconds, series } = await reader.read(
      { target, entityRef },
      { ...query, figures: ['waiting'] },
    );
    expect(stepSeconds).toBe(step);
    expect(series[0].points.length).toBeGreaterThan(most - 2);
    expect(series[0].points.length).toBeLessThanOrEqual(
      Math.min(500, most + 1),
    );
  });

  it('draws hours beyond the single runs, and runs after the last hour', async () => {
    const { reader, keep, store } = await createReader({
      runRetentionMs: 2 * HOUR,
    });
    for (let minute = -240; minute <= 0; minute += 10) {
      await keep(NOON + minute * MINUTE, {
        queryTokens: 1,
        hitTokens: minute <= -120 ? 1 : 0,
      });
    }
    const keeper = SeriesKeeper.create({
      store,
      logger: mockServices.logger.mock(),
      retention: { samples: { hours: 2 }, hourlyMeans: { days: 30 } },
      now: () => NOON - 30 * MINUTE,
    });
    await keeper.keep();
    await keeper.keep();
    const { series, stepSeconds } = await reader.read(
      { target, entityRef },
      { from: iso(NOON - 4 * HOUR), figures: ['delivered-hit-ratio'] },
    );
    expect(stepSeconds).toBe(3600);
    expect(valuesOf(series, 'delivered-hit-ratio')).toEqual([
      [-180, null],
      [-120, 1],
      [-60, 0],
      [0, 0],
    ]);
  });

  it('tells events of the range without the sentences of findings', async () => {
    const { reader, store } = await createReader();
    await store.saveMarks(targetId, { seenAt: NOON }, [
      {
        at: NOON - 20 * MINUTE,
        kind: 'scale',
        summary: '3 ready replicas instead of 2',
      },
    ]);
    const { events, gaps } = await reader.read(
      { target, entityRef },
      { figures: ['waiting'] },
    );
    expect(events).toEqual([
      {
        at: iso(NOON - 20 * MINUTE),
        kind: 'scale',
        summary: '3 ready replicas instead of 2',
      },
      {
        at: iso(NOON - 10 * MINUTE),
        kind: 'verdict',
        summary: 'The verdict changed from pass to fail',
        verdict: 'fail',
      },
    ]);
    expect(gaps).toEqual([
      {
        figure: 'waiting',
        message: expect.stringContaining('no samples were kept'),
      },
    ]);
  });

  it.each([
    [{ from: 'yesterday' }, "from is 'yesterday'; expected an ISO 8601 time"],
    [{ from: iso(NOON), to: iso(NOON - 1) }, 'expected from before to'],
  ])('refuses %j', async (query, message) => {
    const { reader } = await createReader();
    await expect(reader.read({ target, entityRef }, query)).rejects.toThrow(
      message,
    );
  });

  it('shows nothing to an entity the service does not name, where that is the rule', async () => {
    const { reader } = await createReader({ requireBackReference: 'all' });
    await expect(reader.read({ target, entityRef }, {})).rejects.toThrow(
      'that is not component:default/qwen',
    );
  });
});
