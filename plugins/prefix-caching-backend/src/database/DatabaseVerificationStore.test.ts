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
import type { Verification } from 'backstage-plugin-prefix-caching-common/core';
import { createTestDatabases } from '../__testUtils__/databases';
import { probeResult } from '../__testUtils__/probeResult';
import { DatabaseVerificationStore } from './DatabaseVerificationStore';
import { DatabaseProbeStore } from './DatabaseProbeStore';
import { DatabaseWaiverStore } from './DatabaseWaiverStore';
import type { VerificationRecord } from './types';
import { VerificationCleaner } from './VerificationCleaner';

const target = { cluster: 'lab', namespace: 'llm', name: 'qwen' };

function recordAt(at: string): VerificationRecord {
  const verification: Verification = {
    target,
    verdict: 'pass',
    summary: 'Prefix caching works.',
    phase: 'running',
    freshness: 'fresh',
    findings: [],
    observedAt: at,
    gaps: [],
  };
  return {
    target,
    verification,
    found: true,
    engines: [],
    lastRun: { at, by: 'schedule', durationMs: 5 },
    states: {},
    baseline: { at, verdicts: {} },
  };
}

const databases = createTestDatabases();

describe.each(databases.eachSupportedId())(
  'DatabaseVerificationStore on %s',
  databaseId => {
    async function createStore() {
      const knex = await databases.init(databaseId);
      return DatabaseVerificationStore.create({
        database: mockServices.database({ knex }),
      });
    }

    it('keeps the latest record of a target', async () => {
      const store = await createStore();
      expect(await store.getRecord(target)).toBeUndefined();
      const before = recordAt('2026-11-22T10:00:00.000Z');
      const record = recordAt('2026-11-22T10:01:00.000Z');
      expect(await store.saveRecord(before, { changes: [] })).toBe(true);
      expect(await store.saveRecord(record, { before, changes: [] })).toBe(
        true,
      );
      expect(await store.getRecord(target)).toEqual(record);
      expect(
        await store.getRecord({ ...target, namespace: 'other' }),
      ).toBeUndefined();
    });

    it('keeps changes, newest first, without the verdicts history starts with', async () => {
      const store = await createStore();
      const change = (minute: number, from?: 'pass' | 'fail') => ({
        check: 'router.available',
        from,
        to: from === 'pass' ? ('fail' as const) : ('pass' as const),
        summary: `minute ${minute}`,
        at: `2026-11-22T10:0${minute}:00.000Z`,
        phase: 'running' as const,
        actual: `found at ${minute}`,
        evidence: [{ subject: 'Pod a', value: '--x', sensitive: true }],
      });
      const shown = (minute: number, from: 'pass' | 'fail') => {
        const { evidence, actual, ...rest } = change(minute, from);
        return rest;
      };
      const first = recordAt('2026-11-22T10:02:00.000Z');
      await store.saveRecord(first, {
        changes: [
          change(1),
          change(2, 'pass'),
          { ...change(2, 'pass'), check: 'overall' },
        ],
      });
      const second = recordAt('2026-11-22T10:03:00.000Z');
      await store.saveRecord(second, {
        before: first,
        changes: [change(3, 'fail')],
      });
      expect(await store.getChanges(target, 10)).toEqual([
        shown(3, 'fail'),
        shown(2, 'pass'),
      ]);
      expect(await store.getChanges(target, 1)).toHaveLength(1);

      const check = 'router.available';
      const { from, ...beginning } = change(1);
      expect(await store.getCheckHistory(target, check, 10)).toEqual([
        change(3, 'fail'),
        change(2, 'pass'),
        beginning,
      ]);
      expect(await store.getCheckHistory(target, check, 2)).toHaveLength(2);
      expect(await store.getCheckHistory(target, 'overall', 9)).toHaveLength(1);
    });

    it('cuts long evidence short', async () => {
      const store = await createStore();
      await store.saveRecord(recordAt('2026-11-22T10:00:00.000Z'), {
        changes: [
          {
            check: 'c',
            to: 'fail',
            summary: 's',
            at: '2026-11-22T10:00:00.000Z',
            evidence: Array.from({ length: 30 }, () => ({
              subject: 'annotation',
              value: 'x'.repeat(100_000),
            })),
          },
        ],
      });
      const [{ evidence }] = await store.getCheckHistory(target, 'c', 1);
      expect(evidence).toHaveLength(20);
      expect(evidence[0].value).toHaveLength(2_001);
    });

    it('keeps a summary of each target beside its record', async () => {
      const store = await createStore();
      const before = recordAt('2026-11-22T10:00:00.000Z');
      await store.saveRecord(before, { changes: [] });
      const record = recordAt('2026-11-22T10:01:00.000Z');
      record.verification.verdict = 'fail';
      await store.saveRecord(record, { before, changes: [] });
      expect(await store.getSummaries()).toEqual([
        expect.objectContaining({ target, verdict: 'fail', faults: [] }),
      ]);
    });

    it('saves neither record nor changes when another run was quicker', async () => {
      const store = await createStore();
      const before = recordAt('2026-11-22T10:00:00.000Z');
      const quicker = recordAt('2026-11-22T10:00:10.000Z');
      const slower = recordAt('2026-11-22T10:00:11.000Z');
      const change = {
        check: 'router.available',
        from: 'pass' as const,
        to: 'fail' as const,
        summary: 's',
        at: '2026-11-22T10:00:00.000Z',
        evidence: [],
      };
      await store.saveRecord(before, { changes: [] });
      await store.saveRecord(quicker, { before, changes: [change] });
      for (const known of [before, undefined]) {
        expect(
          await store.saveRecord(slower, { before: known, changes: [change] }),
        ).toBe(false);
      }
      expect(await store.getRecord(target)).toEqual(quicker);
      const { evidence, ...shown } = change;
      expect(await store.getChanges(target, 10)).toEqual([shown]);
    });

    it('says what failed without quoting what it was to store', async () => {
      const knex = await databases.init(databaseId);
      const store = await DatabaseVerificationStore.create({
        database: mockServices.database({ knex }),
      });
      await knex.schema.dropTable('verifications');
      const record = recordAt('2026-11-22T10:00:00.000Z');
      record.verification.summary = '--api-key=abc';
      const error = await store
        .saveRecord(record, { changes: [] })
        .catch(caught => caught);
      expect(error.message).toContain(
        'The verification store could not save the record of lab/llm/qwen: ',
      );
      expect(error.message).toContain('verifications');
      expect(error.message).not.toContain('abc');
    });

    it('replaces the samples of a target as a whole', async () => {
      const store = await createStore();
      const sample = (pod: string) => ({
        role: 'engine' as const,
        pod,
        current: {
          at: '2026-11-22T10:00:00.000Z',
          source: 'pod-proxy' as const,
          metrics: { prefixCaching: 'on' as const, hitTokens: 5 },
        },
      });
      await store.saveSamples(target, [sample('a'), sample('b')]);
      await store.saveSamples(target, [
        { ...sample('b'), previous: sample('b').current },
      ]);
      expect(await store.getSamples(target)).toEqual([
        { ...sample('b'), previous: sample('b').current },
      ]);
    });

    it('is cleaned of old changes, abandoned targets and expired waivers', async () => {
      const knex = await databases.init(databaseId);
      const database = mockServices.database({ knex });
      const store = await DatabaseVerificationStore.create({ database });
      const waivers = await DatabaseWaiverStore.create({ database });
      await store.saveRecord(recordAt('2026-01-01T00:00:00.000Z'), {
        changes: [
          {
            check: 'c',
            from: 'pass',
            to: 'fail',
            summary: 's',
            at: '2025-01-01T00:00:00.000Z',
            evidence: [],
          },
        ],
      });
      const waiver = {
        check: 'c',
        reason: 'r',
        by: 'user:default/a',
        at: '2024-01-01T00:00:00.000Z',
        expiresAt: '2024-06-01T00:00:00.000Z',
      };
      await waivers.saveWaiver(target, waiver);
      await waivers.saveWaiver(target, {
        ...waiver,
        check: 'd',
        expiresAt: '2026-06-01T00:00:00.000Z',
      });
      const probes = await DatabaseProbeStore.create({ database });
      for (const at of [
        '2024-01-01T00:00:00.000Z',
        '2026-11-01T00:00:00.000Z',
      ]) {
        await probes.saveProbe(target, { ...probeResult, at });
      }
      const logger = mockServices.logger.mock();
      await VerificationCleaner.create({
        probes,
        store,
        waivers,
        logger,
        retention: { days: 365 },
        now: () => Date.parse('2026-11-22T00:00:00.000Z'),
      }).clean();
      expect(logger.info).toHaveBeenCalledWith(
        'Retention removed 1 verdict changes, 1 abandoned targets, 1 expired waivers and 1 probes',
      );
      expect(await probes.getProbes(target, 9)).toEqual([
        { ...probeResult, at: '2026-11-01T00:00:00.000Z' },
      ]);
      expect(await store.getRecord(target)).toBeUndefined();
      expect(await store.getSummaries()).toEqual([]);
      expect(await store.getChanges(target, 10)).toEqual([]);
      expect(
        (await waivers.getWaivers('2024-01-01T00:00:00.000Z')).map(
          each => each.waiver.check,
        ),
      ).toEqual(['d']);
    });
  },
);
