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
import type { Target } from 'backstage-plugin-prefix-caching-common/core';

const migrationsDir = resolvePackagePath(
  'backstage-plugin-prefix-caching-backend',
  'migrations',
);

/** The plugin's database with all of its tables. */
export async function openDatabase(database: DatabaseService): Promise<Knex> {
  const client = await database.getClient();
  if (!database.migrations?.skip) {
    await client.migrate.latest({ directory: migrationsDir });
  }
  return client;
}

/**
 * Runs a query; what fails is said without the statement.
 *
 * A database error's message quotes the statement with its values, which hold
 * tenants' arguments; only its end says what went wrong.
 *
 * @param what - what was to be done, as in `read the record of lab/llm/qwen`
 */
export async function tryQuery<T>(
  db: Knex,
  what: string,
  query: (db: Knex) => PromiseLike<T>,
): Promise<T> {
  try {
    return await query(db);
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

/** The columns by which every table names a target. */
export function columnsOf({ cluster, namespace, name }: Target) {
  return { cluster, namespace, name };
}

export function nameOf({ cluster, namespace, name }: Target): string {
  return `${cluster}/${namespace}/${name}`;
}
