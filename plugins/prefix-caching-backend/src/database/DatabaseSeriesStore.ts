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

import type { DatabaseService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import type { Knex } from 'knex';
import { joinAmounts } from '../series/joinAmounts';
import {
  ADDED,
  AVERAGED,
  LATENCIES,
  type Amounts,
  type SeriesEvent,
  type SeriesMarks,
  type SeriesStore,
  type SeriesWindow,
  type WindowQuery,
} from '../series/types';
import { openDatabase, tryQuery } from './openDatabase';
import {
  amountsOf,
  columnOf,
  latenciesOf,
  seriesRow,
  type SeriesRow,
} from './seriesRow';

const WINDOWS = 'series_windows';
const KEY = ['target_id', 'grain', 'ended_at', 'pod'];
const HOUR_MS = 3_600_000;

/** Rows of one insert: SQLite takes 32,766 values, and a row has 23. */
const BATCH = 500;

/** Keeps figures over time in the plugin's database, SQLite or PostgreSQL. */
export class DatabaseSeriesStore implements SeriesStore {
  readonly #db: Knex;

  static async create(options: { database: DatabaseService }) {
    return new DatabaseSeriesStore(await openDatabase(options.database));
  }

  private constructor(db: Knex) {
    this.#db = db;
  }

  async saveWindows(targetId: string, windows: SeriesWindow[]): Promise<void> {
    const [first] = windows;
    if (!first) {
      return;
    }
    const { startedAt, endedAt } = first;
    await this.#try('save figures', db =>
      db.transaction(async tx => {
        const own = () =>
          tx(WINDOWS).where({ target_id: targetId, grain: 'run' });
        const newer = await own().where('ended_at', '>', endedAt).first('pod');
        if (newer) {
          // A run that began later is through already.
          return;
        }
        // Endpoints are read one after the other, so that windows in a row may
        // overlap by a little; those that overlap by half are the same one.
        await own()
          .where('ended_at', '>', (startedAt + endedAt) / 2)
          .delete();
        await tx(WINDOWS)
          .insert(windows.map(each => seriesRow(targetId, 'run', each)))
          .onConflict(KEY)
          .merge();
      }),
    );
  }

  async readWindows(query: WindowQuery): Promise<SeriesWindow[]> {
    return this.#try('read figures', db => readSteps(db, query));
  }

  async newestHour(targetId?: string): Promise<number | undefined> {
    const row = await this.#try('read the newest hour', db =>
      db(WINDOWS)
        .where({ grain: 'hour', ...(targetId && { target_id: targetId }) })
        .max({ newest: 'ended_at' })
        .first(),
    );
    return row?.newest === null || row?.newest === undefined
      ? undefined
      : Number(row.newest);
  }

  async joinHour(endedAt: number): Promise<number> {
    return this.#try('join the figures of an hour', async db => {
      const from = endedAt - HOUR_MS;
      const targets: { target_id: string }[] = await db(WINDOWS)
        .where('grain', 'run')
        .where('ended_at', '>', from)
        .where('ended_at', '<=', endedAt)
        .distinct('target_id');
      let joined = 0;
      for (const { target_id: targetId } of targets) {
        const windows = await readSteps(db, {
          targetId,
          grain: 'run',
          from,
          to: endedAt,
          stepMs: HOUR_MS,
          byReplica: true,
          latencies: true,
        });
        for (let at = 0; at < windows.length; at += BATCH) {
          await db(WINDOWS)
            .insert(
              windows
                .slice(at, at + BATCH)
                .map(each => seriesRow(targetId, 'hour', each)),
            )
            .onConflict(KEY)
            .merge();
        }
        joined += windows.length;
      }
      return joined;
    });
  }

  async getMarks(targetId: string): Promise<SeriesMarks | undefined> {
    const row = await this.#try('read what was seen last', db =>
      db('series_marks').where({ target_id: targetId }).first(),
    );
    return (
      row && {
        seenAt: Number(row.seen_at),
        readyReplicas: row.ready_replicas ?? undefined,
        routerPod: row.router_pod ?? undefined,
      }
    );
  }

  async saveMarks(
    targetId: string,
    marks: SeriesMarks,
    events: SeriesEvent[],
  ): Promise<void> {
    await this.#try('save what was seen', db =>
      db.transaction(async tx => {
        await tx('series_marks')
          .insert({
            target_id: targetId,
            seen_at: marks.seenAt,
            ready_replicas: marks.readyReplicas ?? null,
            router_pod: marks.routerPod ?? null,
          })
          .onConflict('target_id')
          .merge();
        if (events.length > 0) {
          await tx('series_events').insert(
            events.map(({ at, kind, summary }) => ({
              target_id: targetId,
              happened_at: at,
              kind,
              summary,
            })),
          );
        }
      }),
    );
  }

  async getEvents(
    targetId: string,
    range: { from: number; to: number; limit: number },
  ): Promise<SeriesEvent[]> {
    const rows = await this.#try('read events', db =>
      db('series_events')
        .where({ target_id: targetId })
        .where('happened_at', '>', range.from)
        .where('happened_at', '<=', range.to)
        .orderBy([
          { column: 'happened_at', order: 'desc' },
          { column: 'id', order: 'desc' },
        ])
        .limit(range.limit)
        .select('happened_at', 'kind', 'summary'),
    );
    return rows
      .map(row => ({
        at: Number(row.happened_at),
        kind: row.kind as SeriesEvent['kind'],
        summary: row.summary,
      }))
      .reverse();
  }

  async cleanSeries(olderThan: { run: Date; hour: Date }): Promise<number> {
    return this.#try('remove figures that are too old', async db => {
      let gone = 0;
      for (const grain of ['run', 'hour'] as const) {
        gone += await db(WINDOWS)
          .where({ grain })
          .where('ended_at', '<', olderThan[grain].getTime())
          .delete();
      }
      const hour = olderThan.hour.getTime();
      await db('series_events').where('happened_at', '<', hour).delete();
      await db('series_marks').where('seen_at', '<', hour).delete();
      return gone;
    });
  }

  #try<T>(what: string, query: (db: Knex) => PromiseLike<T>): Promise<T> {
    return tryQuery(this.#db, what, query);
  }
}

type StepRow = SeriesRow & { pod: string; step: number | string };

/** Numbers are joined by the database, so that its rows stay where they are. */
async function readSteps(
  db: Knex,
  query: WindowQuery,
): Promise<SeriesWindow[]> {
  const { stepMs, latencies } = query;
  // The step is part of the statement: as a bound value, PostgreSQL would not
  // see that the same expression is selected and grouped by.
  if (!Number.isSafeInteger(stepMs) || stepMs < 1) {
    throw new InputError(`A step of ${stepMs} ms is no positive whole number`);
  }
  const step = db.raw(`(ended_at - 1) / ${stepMs}`);
  const rows: StepRow[] = await selected(db, query)
    .select('pod', db.raw('? as step', [step]))
    .min({ started_at: 'started_at' })
    .sum(Object.fromEntries(ADDED.map(key => [columnOf(key), columnOf(key)])))
    .avg(
      Object.fromEntries(AVERAGED.map(key => [columnOf(key), columnOf(key)])),
    )
    .groupBy('pod', step);
  const histograms = latencies
    ? await readLatencies(db, query, step)
    : undefined;
  return rows.map(row => ({
    pod: row.pod,
    startedAt: Number(row.started_at),
    endedAt: (Number(row.step) + 1) * stepMs,
    amounts: {
      ...amountsOf(row),
      ...histograms?.get(stepKey(row)),
    },
  }));
}

/** Histograms are added up here: they are no numbers to the database. */
async function readLatencies(
  db: Knex,
  query: WindowQuery,
  step: Knex.Raw,
): Promise<Map<string, Amounts>> {
  const columns = LATENCIES.map(columnOf);
  const rows: StepRow[] = await selected(db, query)
    .where(any =>
      columns.forEach(column => {
        any.orWhereNotNull(column);
      }),
    )
    .select('pod', db.raw('? as step', [step]), ...columns)
    .orderBy(['pod', 'ended_at']);
  // Step after step, so that few histograms are unpacked at a time.
  const joined = new Map<string, Amounts>();
  let group: Amounts[] = [];
  for (const [at, row] of rows.entries()) {
    group.push(latenciesOf(row));
    const key = stepKey(row);
    if (at + 1 === rows.length || stepKey(rows[at + 1]) !== key) {
      const { firstToken, scheduling } = joinAmounts(group);
      joined.set(key, { firstToken, scheduling });
      group = [];
    }
  }
  return joined;
}

function selected(
  db: Knex,
  { targetId, grain, from, to, byReplica }: WindowQuery,
) {
  return db(WINDOWS)
    .where({ target_id: targetId, grain, ...(!byReplica && { pod: '' }) })
    .where('ended_at', '>', from)
    .where('ended_at', '<=', to);
}

function stepKey({ pod, step }: StepRow): string {
  return `${step}/${pod}`;
}
