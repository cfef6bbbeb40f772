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
  resolvePackagePath,
  type DatabaseService,
} from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import type { VerdictChange } from 'backstage-plugin-prefix-caching-common';
import type {
  Target,
  Verdict,
} from 'backstage-plugin-prefix-caching-common/core';
import type {
  EndpointSamples,
  VerificationRecord,
  VerificationStore,
} from './types';

const migrationsDir = resolvePackagePath(
  'backstage-plugin-prefix-caching-backend',
  'migrations',
);

interface ChangeRow {
  check_id: string;
  from_verdict?: Verdict | null;
  to_verdict: Verdict;
  summary: string;
  changed_at: string;
}

/** Keeps verifications in the plugin's database, SQLite or PostgreSQL. */
export class DatabaseVerificationStore implements VerificationStore {
  readonly #db: Knex;

  static async create(options: { database: DatabaseService }) {
    const { database } = options;
    const client = await database.getClient();
    if (!database.migrations?.skip) {
      await client.migrate.latest({ directory: migrationsDir });
    }
    return new DatabaseVerificationStore(client);
  }

  private constructor(db: Knex) {
    this.#db = db;
  }

  async getRecord(target: Target): Promise<VerificationRecord | undefined> {
    const row = await this.#db('verifications')
      .where(columnsOf(target))
      .first('record');
    return row && JSON.parse(row.record);
  }

  async saveRecord(record: VerificationRecord): Promise<void> {
    await this.#db('verifications')
      .insert({
        ...columnsOf(record.target),
        verdict: record.verification.verdict,
        verified_at: record.lastRun.at,
        record: JSON.stringify(record),
      })
      .onConflict(['cluster', 'namespace', 'name'])
      .merge();
  }

  async getChanges(target: Target, limit: number): Promise<VerdictChange[]> {
    const rows = await this.#db<ChangeRow>('verdict_changes')
      .where(columnsOf(target))
      // The first verdict of a check is where history starts, not a change.
      .whereNotNull('from_verdict')
      .orderBy([
        { column: 'changed_at', order: 'desc' },
        { column: 'id', order: 'desc' },
      ])
      .limit(limit)
      .select(
        'check_id',
        'from_verdict',
        'to_verdict',
        'summary',
        'changed_at',
      );
    return rows.map(row => ({
      check: row.check_id,
      ...(row.from_verdict && { from: row.from_verdict }),
      to: row.to_verdict,
      summary: row.summary,
      at: row.changed_at,
    }));
  }

  async addChanges(target: Target, changes: VerdictChange[]): Promise<void> {
    if (changes.length === 0) {
      return;
    }
    await this.#db('verdict_changes').insert(
      changes.map(change => ({
        ...columnsOf(target),
        check_id: change.check,
        from_verdict: change.from,
        to_verdict: change.to,
        summary: change.summary,
        changed_at: change.at,
      })),
    );
  }

  async getSamples(target: Target): Promise<EndpointSamples[]> {
    const rows = await this.#db('samples')
      .where(columnsOf(target))
      .select('role', 'pod', 'current_sample', 'previous_sample');
    return rows.map(row => ({
      role: row.role,
      pod: row.pod,
      current: JSON.parse(row.current_sample),
      ...(row.previous_sample && { previous: JSON.parse(row.previous_sample) }),
    }));
  }

  async saveSamples(target: Target, samples: EndpointSamples[]): Promise<void> {
    await this.#db.transaction(async tx => {
      await tx('samples').where(columnsOf(target)).delete();
      if (samples.length > 0) {
        await tx('samples').insert(
          samples.map(sample => ({
            ...columnsOf(target),
            role: sample.role,
            pod: sample.pod,
            current_sample: JSON.stringify(sample.current),
            previous_sample: sample.previous && JSON.stringify(sample.previous),
          })),
        );
      }
    });
  }

  async clean(olderThan: { changes: Date; records: Date }) {
    const changes = await this.#db('verdict_changes')
      .where('changed_at', '<', olderThan.changes.toISOString())
      .delete();
    const gone = await this.#db('verifications')
      .where('verified_at', '<', olderThan.records.toISOString())
      .select('cluster', 'namespace', 'name');
    for (const { cluster, namespace, name } of gone) {
      await this.#db('samples').where({ cluster, namespace, name }).delete();
      await this.#db('verifications')
        .where({ cluster, namespace, name })
        .delete();
    }
    return { changes: Number(changes), records: gone.length };
  }
}

function columnsOf(target: Target) {
  const { cluster, namespace, name } = target;
  return { cluster, namespace, name };
}
