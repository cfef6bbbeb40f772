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
  VerdictChange,
  VerdictChangeWithEvidence,
} from 'backstage-plugin-prefix-caching-common';
import type { Target } from 'backstage-plugin-prefix-caching-common/core';
import {
  CHANGE_COLUMNS,
  changeOf,
  changeRow,
  type ChangeRow,
} from './changeRow';
import { columnsOf, nameOf, openDatabase, tryQuery } from './openDatabase';
import { OVERALL, summaryOf } from './summaryOf';
import type {
  EndpointSamples,
  TargetSummary,
  VerificationRecord,
  VerificationStore,
} from './types';

/** Keeps verifications in the plugin's database, SQLite or PostgreSQL. */
export class DatabaseVerificationStore implements VerificationStore {
  readonly #db: Knex;

  static async create(options: { database: DatabaseService }) {
    return new DatabaseVerificationStore(await openDatabase(options.database));
  }

  private constructor(db: Knex) {
    this.#db = db;
  }

  async getRecord(target: Target): Promise<VerificationRecord | undefined> {
    const row = await this.#try(`read the record of ${nameOf(target)}`, db =>
      db('verifications').where(columnsOf(target)).first('record'),
    );
    return row && JSON.parse(row.record);
  }

  async saveRecord(
    record: VerificationRecord,
    options: {
      before?: VerificationRecord;
      changes: VerdictChangeWithEvidence[];
    },
  ): Promise<boolean> {
    const { target } = record;
    const { before, changes } = options;
    return this.#try(`save the record of ${nameOf(target)}`, db =>
      db.transaction(async tx => {
        const row = {
          verdict: record.verification.verdict,
          verified_at: record.lastRun.at,
          record: JSON.stringify(record),
        };
        if (before) {
          const updated = await tx('verifications')
            .where({ ...columnsOf(target), verified_at: before.lastRun.at })
            .update(row);
          if (updated === 0) {
            return false;
          }
        } else {
          const inserted = await tx('verifications')
            .insert({ ...columnsOf(target), ...row })
            .onConflict(['cluster', 'namespace', 'name'])
            .ignore()
            .returning('name');
          if (inserted.length === 0) {
            return false;
          }
        }
        await tx('target_summaries')
          .insert({
            ...columnsOf(target),
            summary: JSON.stringify(summaryOf(record)),
          })
          .onConflict(['cluster', 'namespace', 'name'])
          .merge();
        if (changes.length > 0) {
          await tx('verdict_changes').insert(
            changes.map(change => changeRow(target, change)),
          );
        }
        return true;
      }),
    );
  }

  async getSummaries(): Promise<TargetSummary[]> {
    const rows = await this.#try('read the summaries', db =>
      db('target_summaries').select('summary'),
    );
    return rows.map(row => JSON.parse(row.summary));
  }

  async getChanges(target: Target, limit: number): Promise<VerdictChange[]> {
    const rows = await this.#try(`read the changes of ${nameOf(target)}`, db =>
      newestFirst(db)
        .where(columnsOf(target))
        // The first verdict of a check is where history starts, not a change.
        .whereNotNull('from_verdict')
        // What the overall verdict follows from is among the checks.
        .whereNot('check_id', OVERALL)
        .limit(limit)
        .select(...CHANGE_COLUMNS),
    );
    return rows.map(row => {
      const { evidence, ...change } = changeOf(row);
      return change;
    });
  }

  async getCheckHistory(
    target: Target,
    check: string,
    limit: number,
  ): Promise<VerdictChangeWithEvidence[]> {
    const rows = await this.#try(`read the history of ${nameOf(target)}`, db =>
      newestFirst(db)
        .where({ ...columnsOf(target), check_id: check })
        .limit(limit)
        .select(...CHANGE_COLUMNS, 'actual', 'evidence'),
    );
    return rows.map(row => changeOf(row));
  }

  async getSamples(target: Target): Promise<EndpointSamples[]> {
    const rows = await this.#try(`read the samples of ${nameOf(target)}`, db =>
      db('samples')
        .where(columnsOf(target))
        .select('role', 'pod', 'current_sample', 'previous_sample'),
    );
    return rows.map(row => ({
      role: row.role,
      pod: row.pod,
      current: JSON.parse(row.current_sample),
      ...(row.previous_sample && { previous: JSON.parse(row.previous_sample) }),
    }));
  }

  async saveSamples(target: Target, samples: EndpointSamples[]): Promise<void> {
    await this.#try(`save the samples of ${nameOf(target)}`, db =>
      db.transaction(async tx => {
        await tx('samples').where(columnsOf(target)).delete();
        if (samples.length > 0) {
          // Another run may have written its own since; the later one stays.
          await tx('samples')
            .insert(samples.map(sample => sampleRow(target, sample)))
            .onConflict(['cluster', 'namespace', 'name', 'role', 'pod'])
            .merge();
        }
      }),
    );
  }

  async clean(olderThan: { changes: Date; records: Date }) {
    return this.#try('remove what is too old', async db => {
      const changes = await db('verdict_changes')
        .where('changed_at', '<', olderThan.changes.toISOString())
        .delete();
      const gone = await db('verifications')
        .where('verified_at', '<', olderThan.records.toISOString())
        .select('cluster', 'namespace', 'name');
      for (const { cluster, namespace, name } of gone) {
        for (const table of ['samples', 'target_summaries', 'verifications']) {
          await db(table).where({ cluster, namespace, name }).delete();
        }
      }
      return { changes: Number(changes), records: gone.length };
    });
  }

  #try<T>(what: string, query: (db: Knex) => PromiseLike<T>): Promise<T> {
    return tryQuery(this.#db, what, query);
  }
}

function newestFirst(db: Knex) {
  return db<ChangeRow>('verdict_changes').orderBy([
    { column: 'changed_at', order: 'desc' },
    { column: 'id', order: 'desc' },
  ]);
}

function sampleRow(target: Target, sample: EndpointSamples) {
  const { role, pod, current, previous } = sample;
  return {
    ...columnsOf(target),
    role,
    pod,
    current_sample: JSON.stringify(current),
    previous_sample: previous && JSON.stringify(previous),
  };
}
