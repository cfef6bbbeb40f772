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

import path from 'node:path';
import { ManualClock, startSandbox, type Sandbox } from 'sandbox';
import {
  claimingEntity,
  createVerifier,
} from '../__testUtils__/createVerifier';
import { createTestDatabases } from '../__testUtils__/databases';
import type { VerificationRecord } from '../database';
import { SeriesReader } from './SeriesReader';

const databases = createTestDatabases();
const examplesDir = path.resolve(__dirname, '../../../../examples');
const target = {
  cluster: 'sandbox',
  namespace: 'llm-serving',
  name: 'qwen-3b-gpu',
};
const entityRef = 'component:default/qwen-3b-chat';

describe('series of a running cluster', () => {
  const clock = new ManualClock(Date.UTC(2026, 10, 22, 10));
  let sandbox: Sandbox;

  beforeAll(async () => {
    sandbox = await startSandbox({
      apiPort: 0,
      gitPort: 0,
      examplesDir,
      clock,
      seed: 1,
    });
    clock.advance(60);
    // Loading it stops the clock for longer than a cluster may take to answer.
    await import('@kubernetes/client-node');
  });
  afterAll(() => sandbox.close());

  const api = (method: string, url: string, body?: object) =>
    fetch(`${sandbox.api.url}${url}`, {
      method,
      headers: {
        authorization: 'Bearer sandbox-admin',
        'content-type': 'application/merge-patch+json',
      },
      body: body && JSON.stringify(body),
    });

  it('keeps what the tab shows at the time, and notices restarts and scaling', async () => {
    const { verifications, store, figures, logger } = await createVerifier({
      knex: await databases.init('SQLITE_3'),
      clusters: { sandbox: sandbox.api.url },
      entities: [
        claimingEntity('qwen-3b-chat', 'sandbox/llm-serving/qwen-3b-gpu'),
      ],
      tokens: [{ cluster: 'sandbox', token: 'sandbox-metrics' }],
      portForward: true,
      now: () => clock.now(),
    });
    const reader = SeriesReader.create({
      store: figures,
      history: store,
      requireBackReference: 'sensitive',
      intervalSeconds: 10,
      runRetentionMs: 48 * 3_600_000,
      now: () => clock.now(),
    });
    const shown: Record<string, (number | undefined)[]> = {
      delivered: [],
      predicted: [],
      ready: [],
    };
    for (let run = 0; run < 4; run++) {
      await verifications.runAll();
      const record = await store.getRecord(target);
      const sums = { hit: 0, query: 0 };
      for (const { increase } of record?.engines ?? []) {
        sums.hit += increase?.hitTokens ?? 0;
        sums.query += increase?.queryTokens ?? 0;
      }
      if (run > 0) {
        shown.delivered.push(sums.hit / sums.query);
        shown.predicted.push(record?.router?.increase?.predictedHitRatio);
        shown.ready.push(record?.router?.metrics?.readyEndpoints);
      }
      clock.advance(10);
    }
    expect((await store.getRecord(target))?.funnel).toMatchObject({
      seconds: 10,
      steps: [
        { id: 'held', bound: 'lower' },
        { id: 'captured', bound: 'exact', ratio: shown.predicted.at(-1) },
        { id: 'delivered', bound: 'exact', ratio: shown.delivered.at(-1) },
      ],
    });
    const { series, gaps, stepSeconds, source } = await reader.read(
      { target, entityRef },
      { from: new Date(clock.now() - 45_000).toISOString(), byReplica: true },
    );
    const line = (figure: string, pod?: string) =>
      series
        .find(each => each.figure === figure && each.pod === pod)
        ?.points.flatMap(([, value]) => value ?? []);
    expect({ stepSeconds, source }).toEqual({
      stepSeconds: 10,
      source: 'samples',
    });
    expect(line('delivered-hit-ratio')).toEqual(shown.delivered);
    expect(line('predicted-hit-ratio')?.length).toBe(3);
    line('predicted-hit-ratio')?.forEach((value, at) =>
      expect(value).toBeCloseTo(shown.predicted[at] ?? NaN),
    );
    expect(line('ready-endpoints')?.slice(-3)).toEqual(shown.ready);
    expect(gaps).toEqual([
      { figure: 'external-hit-ratio', message: expect.any(String) },
    ]);
    const p50 = line('time-to-first-token-p50') ?? [];
    const p99 = line('time-to-first-token-p99') ?? [];
    expect(p50).toHaveLength(3);
    p50.forEach((value, at) => {
      expect(value).toBeGreaterThan(0);
      expect(p99[at]).toBeGreaterThanOrEqual(value);
    });
    const pods = new Set(series.flatMap(({ pod }) => pod ?? []));
    expect(pods.size).toBe(3);

    const shares = await reader.read(
      { target, entityRef },
      {
        from: new Date(clock.now() - 45_000).toISOString(),
        figures: ['pick-share'],
      },
    );
    const total = shares.series.reduce(
      (sum, { points }) => sum + (points.at(-2)?.[1] ?? 0),
      0,
    );
    expect(total).toBeCloseTo(1);

    /** Verifies again until the cluster's watches have told. */
    async function verifyUntil(isTold: (seen: VerificationRecord) => boolean) {
      do {
        await verifications.runAll();
      } while (!isTold((await store.getRecord(target))!));
    }

    const record = await store.getRecord(target);
    const namespace = '/api/v1/namespaces/llm-serving';
    const gone = await api(
      'DELETE',
      `${namespace}/pods/${record?.router?.pod}`,
    );
    expect(gone.status).toBe(200);
    clock.advance(60);
    await verifyUntil(({ router }) => router?.pod !== record?.router?.pod);
    const scaled = await api(
      'PATCH',
      '/apis/serving.kserve.io/v1alpha1/namespaces/llm-serving/llminferenceservices/qwen-3b-gpu',
      { spec: { replicas: 2 } },
    );
    expect(scaled.status).toBe(200);
    clock.advance(60);
    await verifyUntil(({ replicas }) => replicas?.ready === 2);
    const { events } = await reader.read({ target, entityRef }, {});
    expect(
      events
        .filter(({ kind }) => kind !== 'verdict')
        .map(({ kind, summary }) => [kind, summary]),
    ).toEqual([
      ['router-restart', expect.stringContaining('prefix index began empty')],
      ['scale', '2 ready replicas instead of 3'],
    ]);
    expect(logger.error).not.toHaveBeenCalled();
  });
});
