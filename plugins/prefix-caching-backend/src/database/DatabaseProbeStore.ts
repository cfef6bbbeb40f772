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
import type { Knex } from 'knex';
import type {
  ProbeResult,
  Target,
} from 'backstage-plugin-prefix-caching-common/core';
import { columnsOf, nameOf, openDatabase, tryQuery } from './openDatabase';
import type { ProbeStore } from './types';

/** Keeps what probes found, and whose turn it is, in the plugin's database. */
export class DatabaseProbeStore implements ProbeStore {
  readonly #db: Knex;

  static async create(options: { database: DatabaseService }) {
    return new DatabaseProbeStore(await openDatabase(options.database));
  }

  private constructor(db: Knex) {
    this.#db = db;
  }

  async getProbes(target: Target, limit: number): Promise<ProbeResult[]> {
    const rows = await tryQuery(
      this.#db,
      `read the probes of ${nameOf(target)}`,
      db =>
        db('probes')
          .where(columnsOf(target))
          .orderBy('probed_at', 'desc')
          .limit(limit)
          .select('result'),
    );
    return rows.map(({ result }) => JSON.parse(result));
  }

  async getLatestProbes(): Promise<{ target: Target; result: ProbeResult }[]> {
    const rows = await tryQuery(this.#db, 'read the latest probes', db =>
      db('probes')
        .join(
          db('probes')
            .select('cluster', 'namespace', 'name')
            .max('probed_at as newest')
            .groupBy('cluster', 'namespace', 'name')
            .as('latest'),
          join =>
            join
              .on('probes.cluster', 'latest.cluster')
              .andOn('probes.namespace', 'latest.namespace')
              .andOn('probes.name', 'latest.name')
              .andOn('probes.probed_at', 'latest.newest'),
        )
        .select('probes.cluster', 'probes.namespace', 'probes.name', 'result'),
    );
    return rows.map(({ cluster, namespace, name, result }) => ({
      target: { cluster, namespace, name },
      result: JSON.parse(result),
    }));
  }

  async saveProbe(target: Target, result: ProbeResult): Promise<void> {
    await tryQuery(this.#db, `save a probe of ${nameOf(target)}`, db =>
      db('probes')
        .insert({
          ...columnsOf(target),
          probed_at: result.at,
          result: JSON.stringify(result),
        })
        .onConflict(['cluster', 'namespace', 'name', 'probed_at'])
        .merge(),
    );
  }

  async turnFreeAt(target: Target): Promise<number> {
    const row = await tryQuery(
      this.#db,
      `read whose turn it is to probe ${nameOf(target)}`,
      db => db('probe_turns').where(columnsOf(target)).first('free_at'),
    );
    return Number(row?.free_at ?? 0);
  }

  async takeTurn(
    target: Target,
    now: number,
    freeAt: number,
  ): Promise<boolean> {
    return tryQuery(
      this.#db,
      `take a turn to probe ${nameOf(target)}`,
      async db => {
        await db('probe_turns')
          .insert({ ...columnsOf(target), free_at: 0 })
          .onConflict(['cluster', 'namespace', 'name'])
          .ignore();
        // Of two back ends that ask at once, the second one updates no row.
        const taken = await db('probe_turns')
          .where(columnsOf(target))
          .andWhere('free_at', '<=', now)
          .update({ free_at: freeAt });
        return taken > 0;
      },
    );
  }

  async giveTurnBack(target: Target): Promise<void> {
    await tryQuery(
      this.#db,
      `give back a turn to probe ${nameOf(target)}`,
      db => db('probe_turns').where(columnsOf(target)).update({ free_at: 0 }),
    );
  }

  async cleanProbes(before: Date): Promise<number> {
    const gone = await tryQuery(this.#db, 'remove old probes', async db => {
      await db('probe_turns').where('free_at', '<', before.getTime()).delete();
      return db('probes')
        .where('probed_at', '<', before.toISOString())
        .delete();
    });
    return Number(gone);
  }
}
