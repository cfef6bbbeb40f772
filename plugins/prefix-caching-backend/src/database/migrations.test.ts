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

import { readdirSync } from 'node:fs';
import path from 'node:path';
import { createTestDatabases } from '../__testUtils__/databases';

const directory = path.resolve(__dirname, '../../migrations');
const databases = createTestDatabases();

describe.each(databases.eachSupportedId())('migrations on %s', databaseId => {
  it('go up and down one by one and leave nothing behind', async () => {
    const knex = await databases.init(databaseId);
    const tables = [
      'verifications',
      'verdict_changes',
      'samples',
      'target_summaries',
      'waivers',
      'probes',
      'probe_turns',
    ];
    const present = async () =>
      Promise.all(tables.map(table => knex.schema.hasTable(table)));

    for (const _ of readdirSync(directory)) {
      await knex.migrate.up({ directory });
    }
    expect(await present()).toEqual(tables.map(() => true));

    for (const _ of readdirSync(directory)) {
      await knex.migrate.down({ directory });
    }
    expect(await present()).toEqual(tables.map(() => false));
  });
});
