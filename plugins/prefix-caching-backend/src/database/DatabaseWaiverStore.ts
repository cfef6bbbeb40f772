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
import type { Waiver } from 'backstage-plugin-prefix-caching-common';
import type { Target } from 'backstage-plugin-prefix-caching-common/core';
import { columnsOf, nameOf, openDatabase, tryQuery } from './openDatabase';
import type { TargetWaiver, WaiverStore } from './types';

/** Keeps accepted findings in the plugin's database. */
export class DatabaseWaiverStore implements WaiverStore {
  readonly #db: Knex;

  static async create(options: { database: DatabaseService }) {
    return new DatabaseWaiverStore(await openDatabase(options.database));
  }

  private constructor(db: Knex) {
    this.#db = db;
  }

  async getWaivers(at: string, target?: Target): Promise<TargetWaiver[]> {
    const rows = await tryQuery(this.#db, 'read the waivers', db =>
      db('waivers')
        .where('expires_at', '>', at)
        .where(target ? columnsOf(target) : {})
        .orderBy('check_id')
        .select('*'),
    );
    return rows.map(row => ({
      target: {
        cluster: row.cluster,
        namespace: row.namespace,
        name: row.name,
      },
      waiver: {
        check: row.check_id,
        reason: row.reason,
        by: row.waived_by,
        at: row.waived_at,
        expiresAt: row.expires_at,
      },
    }));
  }

  async saveWaiver(target: Target, waiver: Waiver): Promise<void> {
    await tryQuery(this.#db, `save a waiver of ${nameOf(target)}`, db =>
      db('waivers')
        .insert({
          ...columnsOf(target),
          check_id: waiver.check,
          reason: waiver.reason,
          waived_by: waiver.by,
          waived_at: waiver.at,
          expires_at: waiver.expiresAt,
        })
        .onConflict(['cluster', 'namespace', 'name', 'check_id'])
        .merge(),
    );
  }

  async deleteWaiver(target: Target, check: string): Promise<boolean> {
    const gone = await tryQuery(
      this.#db,
      `withdraw a waiver of ${nameOf(target)}`,
      db =>
        db('waivers')
          .where({ ...columnsOf(target), check_id: check })
          .delete(),
    );
    return gone > 0;
  }

  async cleanWaivers(expiredBefore: Date): Promise<number> {
    const gone = await tryQuery(this.#db, 'remove expired waivers', db =>
      db('waivers')
        .where('expires_at', '<', expiredBefore.toISOString())
        .delete(),
    );
    return Number(gone);
  }
}
