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
import createKnex from 'knex';
import type { LatencySummary } from 'backstage-plugin-prefix-caching-common/core';
import { DatabaseSeriesStore } from '../src/database';
import { SeriesReader, type SeriesWindow } from '../src/series';
import { targetIdOf } from '../src/verification';

/**
 * Charts of one target among others over an in-memory SQLite at the default
 * retention, beside reading every row and joining them in JavaScript.
 */
const REPLICAS = 8;
const TARGETS = 2;
const RUN_MS = 60_000;
const HOURS = 48;
const NOW = Date.parse('2026-11-22T12:00:00Z');
const ROUNDS = 5;

const latency = (count: number): LatencySummary => ({
  mean: 0.1,
  p50: 0.09,
  p95: 0.2,
  p99: 0.4,
  count,
  buckets: [
    0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5,
    7.5, 10, 20, 40, 80, 160, 640, 2560,
  ].map(bound => [bound, bound >= 0.5 ? count : 0]),
});

function windowsAt(endedAt: number): SeriesWindow[] {
  return ['', ...Array.from({ length: REPLICAS }, (_, at) => `pod-${at}`)].map(
    pod => ({
      pod,
      startedAt: endedAt - RUN_MS,
      endedAt,
      amounts: {
        queryTokens: 1000,
        hitTokens: 700,
        requests: 10,
        requestSeconds: 60,
        picks: 10,
        waiting: 1,
        running: 2,
        kvUsage: 0.4,
        firstToken: latency(10),
        ...(pod === '' && { scheduling: latency(10) }),
      },
    }),
  );
}

async function milliseconds(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    await work();
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)];
}

async function main() {
  const knex = createKnex({
    client: 'better-sqlite3',
    connection: ':memory:',
    useNullAsDefault: true,
  });
  const store = await DatabaseSeriesStore.create({
    database: mockServices.database({ knex }),
  });
  const targets = Array.from({ length: TARGETS }, (_, at) => ({
    cluster: 'lab',
    namespace: 'llm',
    name: `model-${at}`,
  }));
  const writing = performance.now();
  for (const target of targets) {
    for (let at = NOW - HOURS * 3_600_000; at <= NOW; at += RUN_MS) {
      await store.saveWindows(targetIdOf(target), windowsAt(at));
    }
  }
  const perRun =
    (performance.now() - writing) / TARGETS / ((HOURS * 3_600_000) / RUN_MS);
  const [{ rows }] = await knex('series_windows').count({ rows: '*' });
  const [{ size }]: { size: number }[] = await knex.raw(
    'select page_count * page_size as size from pragma_page_count(), pragma_page_size()',
  );
  const reader = SeriesReader.create({
    store,
    history: {
      getCheckHistory: async () => [],
      getRecord: async () => undefined,
    },
    requireBackReference: 'sensitive',
    intervalSeconds: RUN_MS / 1000,
    runRetentionMs: HOURS * 3_600_000,
    now: () => NOW,
  });
  const [target] = targets;
  const from = new Date(NOW - HOURS * 3_600_000 + 1000).toISOString();
  const read = (query: object) => () =>
    reader.read({ target, entityRef: 'component:default/model' }, query);
  const table = [
    ['an hour and a half, the target', read({})],
    ['two days, the target', read({ from })],
    [
      'two days, no histograms, each replica',
      read({
        from,
        figures: ['delivered-hit-ratio', 'waiting'],
        byReplica: true,
      }),
    ],
    ['two days, everything, each replica', read({ from, byReplica: true })],
    [
      'beside it: every row of two days fetched',
      () =>
        knex('series_windows')
          .where({ target_id: targetIdOf(target), grain: 'run' })
          .select('*'),
    ],
  ] as const;
  const lines = [
    `${rows} rows of ${TARGETS} targets with ${REPLICAS} replicas, ${Math.round(
      size / Number(rows),
    )} bytes each with indices; ${perRun.toFixed(2)} ms to write a run`,
  ];
  for (const [name, work] of table) {
    lines.push(
      `${(await milliseconds(work)).toFixed(1).padStart(8)} ms  ${name}`,
    );
  }
  process.stdout.write(`${lines.join('\n')}\n`);
  await knex.destroy();
}

main().catch(error => {
  process.stderr.write(`${error}\n`);
  process.exitCode = 1;
});
