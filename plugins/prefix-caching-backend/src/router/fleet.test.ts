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

import type { FleetPage } from 'backstage-plugin-prefix-caching-common';
import { mockCredentials } from '@backstage/backend-test-utils';
import type { Sandbox } from 'sandbox';
import { claimingEntity } from '../__testUtils__/createVerifier';
import {
  API,
  entityPath,
  startExamples,
  startPlugin,
} from '../__testUtils__/startPlugin';

const llama = claimingEntity('llama', 'llm-serving/llama-8b-summarize');
llama.metadata.title = 'Llama';
llama.relations = [
  { type: 'ownedBy', targetRef: 'group:default/team-b' },
  { type: 'partOf', targetRef: 'system:default/assistant' },
];

const entities = [
  claimingEntity(
    'qwen-3b-chat',
    'llm-serving/qwen-3b-gpu,llm-serving/qwen-3b-tpu',
  ),
  llama,
  claimingEntity('hidden', 'llm-search/mistral-7b-search'),
  claimingEntity('never', 'llm-serving/never-verified'),
];

describe('GET /fleet', () => {
  let sandbox: Sandbox;
  let plugin: Awaited<ReturnType<typeof startPlugin>>;

  beforeAll(async () => {
    const examples = await startExamples();
    sandbox = examples.sandbox;
    plugin = await startPlugin({
      clusters: { sandbox: sandbox.api.url },
      entities,
    });
    for (const name of ['qwen-3b-chat', 'llama']) {
      await plugin.run(name);
    }
  });
  afterAll(async () => {
    await plugin.stop();
    await sandbox.close();
  });

  async function fleet(query = ''): Promise<FleetPage> {
    const { status, body } = await plugin.get(`${API}/fleet${query}`);
    expect(status).toBe(200);
    return body;
  }
  const names = (page: FleetPage) => page.items.map(({ name }) => name);

  it('lists what the user may see, worst first, and counts nothing else', async () => {
    const page = await fleet();
    expect(names(page)[0]).toBe('llama-8b-summarize');
    expect(names(page)).toHaveLength(4);
    expect(names(page).at(-1)).toBe('never-verified');
    expect(page.totalItems).toBe(4);
    expect(page.totals).toMatchObject({ fail: 1, unknown: 1 });
    expect(JSON.stringify(page)).not.toContain('mistral');
    expect(page.choices).toMatchObject({
      owners: ['group:default/team-a', 'group:default/team-b'],
      systems: ['system:default/assistant'],
      clusters: ['sandbox'],
    });
    expect(page.cells).toContainEqual({
      model: 'qwen2.5-3b',
      accelerator: 'nvidia-t4',
      targets: 1,
      worst: 'inconclusive',
      count: 1,
    });
  });

  it('says of each target what a tab would say', async () => {
    const [row] = (await fleet('?verdict=fail')).items;
    const { body } = await plugin.get(entityPath('llama'));
    const [target] = body.targets;
    expect(row).toMatchObject({
      entityRef: 'component:default/llama',
      title: 'Llama',
      owner: 'group:default/team-b',
      system: 'system:default/assistant',
      lifecycle: 'production',
      targetId: target.targetId,
      cluster: 'sandbox',
      verdict: 'fail',
      summary: target.verification.summary,
      since: target.since,
      phase: 'running',
      freshness: 'fresh',
      observedAt: target.verification.observedAt,
      fault: {
        check: 'gateway.request-body',
        component: 'gateway',
        responsible: 'group:default/platform',
      },
    });
  });

  it.each([
    ['?owner=group:default/team-b', ['llama-8b-summarize']],
    ['?owner=group%3Adefault%2Fteam-b&owner=x', ['llama-8b-summarize']],
    ['?system=system:default/assistant', ['llama-8b-summarize']],
    ['?cluster=elsewhere', []],
    ['?accelerator=nvidia-t4&model=qwen2.5-3b', ['qwen-3b-gpu']],
    ['?verdict=unknown', ['never-verified']],
    ['?limit=1', ['llama-8b-summarize']],
    ['?offset=3&limit=1', ['never-verified']],
    ['?offset=9', []],
  ])('filters and pages by %s', async (query, expected) => {
    const page = await fleet(query);
    expect(names(page)).toEqual(expected);
    // What is counted before the filters does not depend on them.
    expect(page.totals).toEqual((await fleet()).totals);
  });

  it.each([
    '?limit=0',
    '?limit=101',
    '?offset=-1',
    '?verdict=bad',
    '?page=2',
    '?limit=many',
  ])('refuses %s', async query => {
    expect((await plugin.get(`${API}/fleet${query}`)).status).toBe(400);
  });

  it('asks the catalog once for what one user may see, and no cluster', async () => {
    await fleet();
    plugin.catalogRequests.length = 0;
    await fleet();
    await fleet('?offset=2');
    expect(plugin.catalogRequests).toEqual([]);
    const other = await plugin
      .get(`${API}/fleet`)
      .set('Authorization', mockCredentials.user.header('user:default/other'));
    expect(other.body.totalItems).toBe(4);
    expect(plugin.catalogRequests).toEqual(['getEntitiesByRefs 4']);
  });

  it('is for signed-in users who may see verifications', async () => {
    const anonymous = await plugin
      .get(`${API}/fleet`)
      .set('Authorization', mockCredentials.none.header());
    expect(anonymous.status).toBe(401);
    plugin.denied.push('prefix-caching.verification.read');
    const refused = await plugin.get(`${API}/fleet`);
    plugin.denied.length = 0;
    expect(refused.status).toBe(403);
    expect(refused.body.error.message).toBe(
      'You may not see verifications: ask for the permission prefix-caching.verification.read',
    );
  });
});

describe('GET /unclaimed', () => {
  let sandbox: Sandbox;
  let plugin: Awaited<ReturnType<typeof startPlugin>>;

  beforeAll(async () => {
    const examples = await startExamples();
    sandbox = examples.sandbox;
    plugin = await startPlugin({
      clusters: { sandbox: sandbox.api.url, away: 'http://127.0.0.1:9' },
      entities: [
        claimingEntity('qwen-3b-chat', 'sandbox/llm-serving/qwen-3b-gpu'),
      ],
    });
  });
  afterAll(async () => {
    await plugin.stop();
    await sandbox.close();
  });

  it('lists services that no entity claims, each with an entity to register', async () => {
    const { status, body } = await plugin.get(`${API}/unclaimed`);
    expect(status).toBe(200);
    const byName = Object.fromEntries(
      body.items.map((item: { name: string }) => [item.name, item]),
    );
    expect(Object.keys(byName)).toEqual(
      expect.arrayContaining(['qwen-3b-tpu', 'mistral-7b-search']),
    );
    expect(byName['qwen-3b-gpu']).toBeUndefined();
    expect(byName['qwen-3b-tpu']).toMatchObject({
      cluster: 'sandbox',
      namespace: 'llm-serving',
      entityRef: 'component:default/qwen-3b-chat',
      model: 'qwen2.5-3b-tpu',
    });
    expect(byName['mistral-7b-search'].catalogInfo).toContain(
      'serving.kserve.io/llm-inference-services: llm-search/mistral-7b-search',
    );
    expect(body.gaps).toEqual([
      expect.objectContaining({
        cluster: 'away',
        message: expect.any(String),
      }),
    ]);
  });

  it('is for those who may see clusters', async () => {
    plugin.denied.push('prefix-caching.cluster.read');
    const refused = await plugin.get(`${API}/unclaimed`);
    plugin.denied.length = 0;
    expect(refused.status).toBe(403);
    expect(refused.body.error.message).toContain('prefix-caching.cluster.read');
  });
});
