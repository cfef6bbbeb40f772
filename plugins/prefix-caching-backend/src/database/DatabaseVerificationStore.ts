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
import { toError } from '@backstage/errors';
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
    const row = await this.#try(`read the record of ${nameOf(target)}`, db =>
      db('verifications').where(columnsOf(target)).first('record'),
    );
    return row && JSON.parse(row.record);
  }

  async saveRecord(
    record: VerificationRecord,
    options: { before?: VerificationRecord; changes: VerdictChange[] },
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
          const stored = await tx('verifications')
            .where(columnsOf(target))
            .first('verified_at');
          if (stored) {
            return false;
          }
          await tx('verifications').insert({ ...columnsOf(target), ...row });
        }
        if (changes.length > 0) {
          await tx('verdict_changes').insert(
            changes.map(change => changeRow(target, change)),
          );
        }
        return true;
      }),
    );
  }

  async getChanges(target: Target, limit: number): Promise<VerdictChange[]> {
    const rows = await this.#try(`read the changes of ${nameOf(target)}`, db =>
      db<ChangeRow>('verdict_changes')
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
        ),
    );
    return rows.map(row => ({
      check: row.check_id,
      ...(row.from_verdict && { from: row.from_verdict }),
      to: row.to_verdict,
      summary: row.summary,
      at: row.changed_at,
    }));
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
        await db('samples').where({ cluster, namespace, name }).delete();
        await db('verifications').where({ cluster, namespace, name }).delete();
      }
      return { changes: Number(changes), records: gone.length };
    });
  }

  /**
   * A database error's message quotes the statement with its values, which
   * hold tenants' arguments; only its end says what went wrong.
   */
  async #try<T>(what: string, query: (db: Knex) => PromiseLike<T>): Promise<T> {
    try {
      return await query(this.#db);
    } catch (error) {
      const { code = '', message } = toError(error) as Error & {
        code?: string;
      };
      const reason = message.split(' - ').at(-1) ?? '';
      throw new Error(
        `The verification store could not ${what}: ${code} ${reason.slice(
          0,
          200,
        )}`,
      );
    }
  }
}

function columnsOf(target: Target) {
  const { cluster, namespace, name } = target;
  return { cluster, namespace, name };
}

function nameOf({ cluster, namespace, name }: Target): string {
  return `${cluster}/${namespace}/${name}`;
}

function changeRow(target: Target, change: VerdictChange) {
  return {
    ...columnsOf(target),
    check_id: change.check,
    from_verdict: change.from,
    to_verdict: change.to,
    summary: change.summary,
    changed_at: change.at,
  };
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
