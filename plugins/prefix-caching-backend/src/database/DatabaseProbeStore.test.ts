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
import { createTestDatabases } from '../__testUtils__/databases';
import { probeResult } from '../__testUtils__/probeResult';
import { DatabaseProbeStore } from './DatabaseProbeStore';

const databases = createTestDatabases();
const target = { cluster: 'lab', namespace: 'llm', name: 'qwen' };
const other = { ...target, name: 'llama' };

describe.each(databases.eachSupportedId())(
  'DatabaseProbeStore on %s',
  databaseId => {
    async function create() {
      const knex = await databases.init(databaseId);
      const database = mockServices.database({ knex });
      return DatabaseProbeStore.create({ database });
    }

    it('keeps probes, and knows the newest of each target', async () => {
      const store = await create();
      const [first, second] = ['09', '10'].map(hour => ({
        ...probeResult,
        at: `2026-11-22T${hour}:00:00.000Z`,
      }));
      await store.saveProbe(target, second);
      await store.saveProbe(target, first);
      await store.saveProbe(other, first);
      expect(await store.getProbes(target, 9)).toEqual([second, first]);
      expect(await store.getProbes(target, 1)).toEqual([second]);
      const latest = await store.getLatestProbes();
      expect(latest).toHaveLength(2);
      expect(latest).toEqual(
        expect.arrayContaining([
          { target, result: second },
          { target: other, result: first },
        ]),
      );
    });

    it('gives one turn to many who ask at once, and the next one later', async () => {
      const store = await create();
      expect(await store.turnFreeAt(target)).toBe(0);
      const asked = await Promise.all(
        Array.from({ length: 8 }, () => store.takeTurn(target, 1000, 61_000)),
      );
      expect(asked.filter(Boolean)).toHaveLength(1);
      expect(await store.turnFreeAt(target)).toBe(61_000);
      expect(await store.takeTurn(other, 1000, 61_000)).toBe(true);
      expect(await store.takeTurn(target, 60_999, 99_000)).toBe(false);
      expect(await store.takeTurn(target, 61_000, 121_000)).toBe(true);
      await store.giveTurnBack(target);
      expect(await store.takeTurn(target, 61_001, 121_000)).toBe(true);
    });
  },
);
