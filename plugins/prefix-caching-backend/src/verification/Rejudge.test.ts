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
import {
  DEFAULT_THRESHOLDS,
  verify,
  type EngineMetrics,
} from 'backstage-plugin-prefix-caching-common/core';
import { createTestDatabases } from '../__testUtils__/databases';
import {
  DatabaseVerificationStore,
  type EndpointSamples,
  type VerificationRecord,
} from '../database';
import { endpointsOfSamples } from '../observation/EndpointScraper';
import { createRecord } from './createRecord';
import { Rejudge } from './Rejudge';

const target = { cluster: 'lab', namespace: 'llm', name: 'qwen' };
const databases = createTestDatabases();

/** 400 of 1,000 prompt tokens came from cache. */
const samples: EndpointSamples[] = [
  {
    role: 'engine',
    pod: 'qwen-0',
    previous: reading('2026-11-22T10:00:00.000Z', 1_000, 100),
    current: reading('2026-11-22T10:01:00.000Z', 2_000, 500),
  },
];

function reading(at: string, queryTokens: number, hitTokens: number) {
  const metrics: EngineMetrics = {
    prefixCaching: 'on',
    queryTokens,
    hitTokens,
  } as EngineMetrics;
  return { at, source: 'pod-proxy' as const, metrics };
}

describe('Rejudge', () => {
  async function stored(change: (record: VerificationRecord) => void) {
    const knex = await databases.init('SQLITE_3');
    const store = await DatabaseVerificationStore.create({
      database: mockServices.database({ knex }),
    });
    const observation = {
      source: 'cluster' as const,
      target,
      objects: [],
      neighbours: [],
      endpoints: endpointsOfSamples(samples),
      observedAt: '2026-11-22T10:01:00.000Z',
      gaps: [],
    };
    const { record } = createRecord({
      observation,
      verification: verify(observation),
      run: { at: observation.observedAt, by: 'schedule', durationMs: 1 },
      intervalSeconds: 60,
      confirmAfter: 2,
      thresholds: DEFAULT_THRESHOLDS,
    });
    record.engines = [
      { pod: 'qwen-0', ready: true, at: '2026-11-22T10:01:00.000Z' },
    ];
    // Nothing else of this target could be read, and nothing else counts here.
    for (const finding of record.verification.findings) {
      if (finding.check !== 'routing.delivered-hits') {
        finding.requirement = 'advice';
      }
    }
    record.verification.verdict = 'warn';
    change(record);
    await store.saveRecord(record, { changes: [] });
    await store.saveSamples(target, samples);
    return { store, record };
  }

  const deliveredHits = (record: VerificationRecord) =>
    record.verification.findings.find(
      ({ check }) => check === 'routing.delivered-hits',
    );

  it('leaves a record as it is while its thresholds hold', async () => {
    const { store, record } = await stored(() => {});
    expect(deliveredHits(record)?.verdict).toBe('warn');
    const rejudge = Rejudge.create({ store, thresholds: {} });
    expect(await rejudge.record(record)).toBe(record);
  });

  it('judges the stored figures by the thresholds of now', async () => {
    const { store, record } = await stored(() => {});
    const rejudge = Rejudge.create({
      store,
      thresholds: { hitRatioGood: 0.35 },
    });
    const judged = await rejudge.record(record);
    expect(deliveredHits(judged)).toMatchObject({
      verdict: 'pass',
      expected: '35 % or more is good, below 30 % is poor',
      actual: expect.stringContaining('40 % delivered'),
      commands: deliveredHits(record)?.commands,
    });
    expect(judged.verification).toMatchObject({
      verdict: 'pass',
      summary:
        'Prefix caching works on qwen: 40 % of prompt tokens came from cache.',
    });

    const [summary] = await store.getSummaries();
    expect(summary.verdict).toBe('warn');
    expect(await rejudge.summary(summary)).toMatchObject({
      verdict: 'pass',
      faults: [],
    });
  });

  it.each([
    [
      'a stopped service',
      (record: VerificationRecord) => {
        record.verification.phase = 'stopped';
      },
    ],
    [
      'samples of another run',
      (record: VerificationRecord) => {
        record.sampledAt = '2026-11-22T09:00:00.000Z';
      },
    ],
    [
      'a record that does not say its thresholds',
      (record: VerificationRecord) => {
        record.thresholds = undefined;
      },
    ],
  ])('leaves %s alone', async (_name, change) => {
    const { store, record } = await stored(change);
    const rejudge = Rejudge.create({
      store,
      thresholds: { hitRatioGood: 0.35 },
    });
    expect(await rejudge.record(record)).toBe(record);
  });
});
