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
import { mockCredentials } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { ManualClock, startSandbox, type Sandbox } from 'sandbox';
import {
  claimingEntity,
  createVerifier,
} from '../__testUtils__/createVerifier';
import { createTestDatabases } from '../__testUtils__/databases';
import { FakeCluster } from '../__testUtils__/FakeCluster';

const databases = createTestDatabases();
const examplesDir = path.resolve(__dirname, '../../../../examples');

function targetOf(name: string, cluster = 'sandbox') {
  return { cluster, namespace: 'llm-serving', name };
}

const mistral = {
  cluster: 'sandbox',
  namespace: 'llm-search',
  name: 'mistral-7b-search',
};

describe('VerificationService', () => {
  const clock = new ManualClock(Date.UTC(2026, 10, 22, 10));
  let sandbox: Sandbox;
  let broken: FakeCluster;
  let knex: Knex;

  beforeAll(async () => {
    sandbox = await startSandbox({
      apiPort: 0,
      gitPort: 0,
      examplesDir,
      clock,
      seed: 1,
    });
    clock.advance(60);
  });
  beforeEach(async () => {
    broken = await FakeCluster.start();
    knex = await databases.init('SQLITE_3');
  });
  afterEach(() => broken.stop());
  afterAll(() => sandbox.close());

  const entities = [
    claimingEntity(
      'qwen-3b-chat',
      'sandbox/llm-serving/qwen-3b-gpu,sandbox/llm-serving/qwen-3b-tpu',
    ),
    claimingEntity('llama', 'sandbox/llm-serving/llama-8b-summarize'),
    claimingEntity('mistral', 'sandbox/llm-search/mistral-7b-search'),
    claimingEntity('ghost', 'sandbox/llm-serving/ghost'),
    claimingEntity('elsewhere', 'broken/llm-serving/qwen-3b-gpu'),
  ];

  function verifierOf(
    options: { portForward?: boolean; timeoutMs?: number } = {},
  ) {
    return createVerifier({
      knex,
      clusters: { sandbox: sandbox.api.url, broken: broken.url },
      entities,
      tokens: [{ cluster: 'sandbox', token: 'sandbox-metrics' }],
      portForward: true,
      now: () => clock.now(),
      ...options,
    });
  }

  it('observes, verifies and records every claimed target', async () => {
    const { verifications, store, signals, logger } = await verifierOf();

    await verifications.runAll();
    clock.advance(30);
    await verifications.runAll();
    clock.advance(30);
    await verifications.runAll();

    expect(logger.error).not.toHaveBeenCalled();
    const gpu = await store.getRecord(targetOf('qwen-3b-gpu'));
    expect(
      gpu?.verification.findings.filter(
        ({ requirement, verdict }) =>
          requirement === 'required' && verdict !== 'pass',
      ),
    ).toEqual([]);
    expect(gpu).toMatchObject({
      found: true,
      entityRef: 'component:default/qwen-3b-chat',
      accelerator: { id: 'nvidia-t4', class: 'gpu' },
      model: 'qwen2.5-3b',
      replicas: { desired: 3, ready: 3 },
      lastRun: { by: 'schedule' },
      verification: { verdict: 'pass', phase: 'running' },
    });
    expect(gpu?.engines).toHaveLength(3);
    for (const engine of gpu?.engines ?? []) {
      expect(engine).toMatchObject({
        ready: true,
        source: 'pod-proxy',
        increase: { seconds: 30 },
      });
      expect(engine.increase?.queryTokens).toBeGreaterThan(0);
    }
    expect(gpu?.router).toMatchObject({
      source: 'port-forward',
      metrics: { readyEndpoints: 3 },
    });
    expect(gpu?.router?.increase?.requests).toBeGreaterThan(0);
    expect(gpu?.policy?.source).toContain('--config-text');
    expect(
      gpu?.policy?.config.profiles[0].scorers.map(scorer => scorer.type),
    ).toContain('prefix-cache-scorer');
    expect(gpu?.versions?.epp).toBeDefined();

    expect(signals.publish).toHaveBeenCalledWith({
      recipients: { type: 'broadcast' },
      channel: 'prefix-caching:component:default/qwen-3b-chat',
      message: { targetId: expect.any(String) },
    });

    const llama = await store.getRecord(targetOf('llama-8b-summarize'));
    expect(llama?.verification.verdict).toBe('fail');
    const failed = llama?.verification.findings.filter(
      finding => finding.verdict === 'fail',
    );
    expect(failed?.map(finding => finding.check)).toEqual(
      expect.arrayContaining(['gateway.request-body', 'routing.bypass']),
    );

    const ghost = await store.getRecord(targetOf('ghost'));
    expect(ghost).toMatchObject({ found: false, engines: [] });
    expect(ghost?.verification.verdict).not.toBe('pass');
  });

  it('does not let one bad cluster blank another', async () => {
    // Long enough for the good one on a busy machine; the other never answers.
    const { verifications, store } = await verifierOf({ timeoutMs: 8_000 });
    broken.answer(
      '/apis/serving.kserve.io/v1alpha2/llminferenceservices',
      () => {},
    );

    await verifications.runAll();

    const bad = await store.getRecord(targetOf('qwen-3b-gpu', 'broken'));
    expect(bad?.verification.verdict).toBe('inconclusive');
    expect(bad?.verification.gaps).toEqual([
      expect.objectContaining({ what: 'cluster', reason: 'timeout' }),
    ]);
    const good = await store.getRecord(targetOf('qwen-3b-gpu'));
    expect(good?.engines).toHaveLength(3);
  });

  it.each([
    ['refuses', undefined, 'cluster', 'unreachable'],
    ['rejects the token', { status: 401, body: {} }, 'cluster', 'unauthorized'],
    [
      'lacks the CRDs',
      { status: 404, body: {} },
      'LLMInferenceService',
      'not-installed',
    ],
    ['forbids', { status: 403, body: {} }, 'LLMInferenceService', 'forbidden'],
    [
      'cannot convert the services',
      { status: 500, body: { message: 'conversion webhook failed' } },
      'LLMInferenceService',
      'unreachable',
    ],
  ])(
    'says so when a cluster %s, and never passes it',
    async (_name, answer, what, reason) => {
      const { verifications, store } = await verifierOf();
      if (answer) {
        for (const version of ['v1alpha2', 'v1alpha1']) {
          for (const scope of ['', '/namespaces/llm-serving']) {
            broken.answer(
              `/apis/serving.kserve.io/${version}${scope}/llminferenceservices`,
              answer,
            );
          }
        }
      } else {
        await broken.stop();
      }
      await verifications.runAll();
      const record = await store.getRecord(targetOf('qwen-3b-gpu', 'broken'));
      expect(record?.verification.gaps).toEqual(
        expect.arrayContaining([expect.objectContaining({ what, reason })]),
      );
      expect(['pass', 'warn']).not.toContain(record?.verification.verdict);
      if (!answer) broken = await FakeCluster.start();
    },
  );

  it('lets no run that ends later but began earlier overwrite a newer one', async () => {
    const { verifications, store } = await verifierOf();
    const target = targetOf('qwen-3b-gpu');
    const credentials = mockCredentials.service('plugin:prefix-caching');
    const byHand = () =>
      verifications.runTargets([target], { credentials, by: 'user:default/a' });
    await Promise.all([verifications.runAll(), byHand(), byHand()]);
    const record = await store.getRecord(target);
    await store.saveRecord(
      {
        ...record!,
        verification: {
          ...record!.verification,
          observedAt: new Date(clock.now() + 60_000).toISOString(),
          summary: 'newer',
        },
      },
      { before: record, changes: [] },
    );
    await verifications.runAll();
    expect((await store.getRecord(target))?.verification.summary).toBe('newer');
  });

  it('does not let one odd service blank its cluster', async () => {
    const { verifications, store } = await verifierOf();
    const services = '/apis/serving.kserve.io/v1alpha2/llminferenceservices';
    broken.answerList(services, [
      {
        metadata: { name: 'odd', namespace: 'llm-serving' },
        spec: {
          router: {
            scheduler: { config: { ref: { name: '../../secrets/x' } } },
          },
        },
      },
      { metadata: { name: 'qwen-3b-gpu', namespace: 'llm-serving' }, spec: {} },
    ]);
    await verifications.runTargets(
      [targetOf('odd', 'broken'), targetOf('qwen-3b-gpu', 'broken')],
      {
        credentials: mockCredentials.service('plugin:prefix-caching'),
        by: 'schedule',
      },
    );
    const odd = await store.getRecord(targetOf('odd', 'broken'));
    expect(odd?.found).toBe(true);
    expect(odd?.verification.gaps).toContainEqual(
      expect.objectContaining({
        what: 'ConfigMap',
        reason: 'invalid',
        message: expect.stringContaining("'../../secrets/x' is not a"),
      }),
    );
    const other = await store.getRecord(targetOf('qwen-3b-gpu', 'broken'));
    expect(other?.found).toBe(true);
    expect(broken.requests.map(each => each.path).join()).not.toContain(
      'secrets',
    );
  });

  it("says what keeps it from reading an Endpoint Picker's metrics", async () => {
    const { verifications, store } = await verifierOf({ portForward: false });
    await verifications.runAll();
    const record = await store.getRecord(targetOf('qwen-3b-gpu'));
    expect(record?.router?.metrics).toBeUndefined();
    expect(record?.router?.gap).toContain(
      'Set prefixCaching.metrics.portForward to true',
    );
  });

  it('notes the change of a verdict once it is confirmed', async () => {
    const { verifications, store } = await verifierOf();
    const run = async () => {
      await verifications.runAll();
      clock.advance(30);
    };
    await run();
    await run();
    await patchReplicas(0);
    clock.advance(30);
    await run();
    const atOnce = await store.getRecord(mistral);
    const finding = atOnce?.verification.findings.find(
      each => each.check === 'router.available',
    );
    expect(finding).toMatchObject({
      verdict: 'fail',
      responsible: expect.any(String),
    });
    const rows = async () =>
      (await store.getChanges(mistral, 99)).filter(
        change => change.check === 'router.available',
      );
    expect(await rows()).toEqual([]);

    await run();
    expect(await rows()).toEqual([
      expect.objectContaining({ from: 'pass', to: 'fail' }),
    ]);
    await patchReplicas(1);
    clock.advance(60);
    await run();
    const mended = await store.getRecord(mistral);
    expect(
      mended?.verification.findings.find(
        each => each.check === 'router.available',
      )?.verdict,
    ).toBe('pass');
  });

  async function patchReplicas(replicas: number) {
    const response = await fetch(
      `${sandbox.api.url}/apis/apps/v1/namespaces/llm-search/deployments/mistral-7b-search-kserve-router-scheduler`,
      {
        method: 'PATCH',
        headers: {
          Authorization: 'Bearer sandbox-admin',
          'Content-Type': 'application/merge-patch+json',
        },
        body: JSON.stringify({ spec: { replicas } }),
      },
    );
    expect(response.status).toBe(200);
  }
});
