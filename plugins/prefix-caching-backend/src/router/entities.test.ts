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

import { mockCredentials } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import {
  verificationReadPermission,
  verificationRunPermission,
} from 'backstage-plugin-prefix-caching-common';
import type { Sandbox } from 'sandbox';
import { claimingEntity } from '../__testUtils__/createVerifier';
import {
  entityPath as entity,
  startExamples,
  startPlugin,
} from '../__testUtils__/startPlugin';

/** Entity A names what belongs to entity B, and B names the same. */
const entities: Entity[] = [
  claimingEntity('qwen-3b-chat', 'llm-serving/qwen-3b-gpu'),
  claimingEntity('a', 'llm-serving/qwen-3b-gpu'),
  claimingEntity('hidden', 'llm-search/mistral-7b-search'),
  claimingEntity('malformed', 'no-namespace'),
  claimingEntity('dangling', 'llm-serving/ghost'),
  claimingEntity('lost', 'other/llm-serving/qwen-3b-gpu'),
  { ...claimingEntity('plain', ''), metadata: { name: 'plain' } },
];

describe('an entity and its verifications', () => {
  let sandbox: Sandbox;
  let plugin: Awaited<ReturnType<typeof startPlugin>>;

  const start = (prefixCaching?: object) =>
    startPlugin({
      clusters: { sandbox: sandbox.api.url },
      entities,
      prefixCaching,
    });
  const run = (name: string, body?: object) => plugin.run(name, body);

  beforeAll(async () => {
    ({ sandbox } = await startExamples());
    plugin = await start();
  });
  afterAll(async () => {
    await plugin.stop();
    await sandbox.close();
  });
  beforeEach(() => {
    plugin.denied.length = 0;
    plugin.audited.mockClear();
  });

  it('shows a target before its first run, and calls no cluster for it', async () => {
    const { status, body } = await plugin.get(entity('qwen-3b-chat'));
    expect(status).toBe(200);
    expect(body).toMatchObject({
      entityRef: 'component:default/qwen-3b-chat',
      targets: [
        {
          targetId: expect.stringMatching(/^[\w-]{22}$/),
          cluster: 'sandbox',
          namespace: 'llm-serving',
          name: 'qwen-3b-gpu',
          engines: [],
          changes: [],
        },
      ],
      responsible: {
        owner: 'group:default/team-a',
        platform: 'group:default/platform',
      },
      intervalSeconds: 60,
      permissions: { run: true, waive: true, routerLog: true },
    });
    expect(body.targets[0].verification).toBeUndefined();
  });

  it('verifies on demand and serves the result from its store', async () => {
    const ran = await run('qwen-3b-chat');
    expect(ran.status).toBe(200);
    const [target] = ran.body.targets;
    expect(target).toMatchObject({
      backReference: true,
      model: 'qwen2.5-3b',
      accelerator: { id: 'nvidia-t4' },
      replicas: { desired: 3, ready: 3 },
      router: { source: 'port-forward' },
      lastRun: { by: 'user:default/mock' },
      verification: { phase: 'running', freshness: 'fresh' },
    });
    expect(target.engines).toHaveLength(3);
    expect(plugin.audited.mock.calls).toEqual([
      [
        'success',
        'verification-run',
        { entityRef: 'component:default/qwen-3b-chat' },
      ],
    ]);
    const stored = await plugin.get(entity('qwen-3b-chat'));
    expect(stored.body.targets).toEqual(ran.body.targets);
  });

  it('verifies one target by the id it gave out, and knows no other', async () => {
    const { body } = await plugin.get(entity('a'));
    const { targetId } = body.targets[0];
    expect((await run('a', { targetId })).status).toBe(200);
    const foreign = await run('dangling', { targetId });
    expect(foreign.status).toBe(404);
    expect(foreign.body.error.message).toContain('has no target');
    expect(plugin.audited).toHaveBeenLastCalledWith(
      'fail',
      'verification-run',
      expect.objectContaining({ targetId }),
    );
    expect((await run('a', { cluster: 'x' })).status).toBe(400);
  });

  it("gives an entity that names another's service no arguments", async () => {
    await run('qwen-3b-chat');
    const own = await plugin.get(entity('qwen-3b-chat'));
    const foreign = await plugin.get(entity('a'));

    const sensitive = (body: typeof own.body) =>
      body.targets[0].verification.findings
        .flatMap((finding: { evidence: object[] }) => finding.evidence)
        .filter((evidence: { sensitive?: boolean }) => evidence.sensitive)
        .map((evidence: { value: string }) => evidence.value);
    expect(sensitive(own.body).length).toBeGreaterThan(0);
    expect(sensitive(own.body).join()).toContain('--max-model-len');
    for (const value of sensitive(foreign.body)) {
      expect(value).toBe(
        'Not shown: the service does not name component:default/a in its annotation prefix-caching/entity-ref.',
      );
    }
    expect(JSON.stringify(foreign.body)).not.toContain('--max-model-len');
    expect(foreign.body.targets[0].backReference).toBe(false);
    expect(
      foreign.body.problems.map(
        (problem: { summary: string }) => problem.summary,
      ),
    ).toEqual([
      'LLMInferenceService llm-serving/qwen-3b-gpu does not name component:default/a back. Its arguments and environment are not shown here.',
      'llm-serving/qwen-3b-gpu is claimed by 1 other entity too: component:default/qwen-3b-chat.',
    ]);
  });

  it.each([
    ['malformed', 'entity.annotation', "holds 'no-namespace'"],
    ['lost', 'entity.cluster', "claimed on cluster 'other'"],
    ['plain', 'entity.unlinked', 'names no LLMInferenceService'],
  ])('shows the problem of %s', async (name, check, words) => {
    const { status, body } = await run(name);
    expect(status).toBe(200);
    expect(body.problems).toHaveLength(1);
    expect(body.problems[0].check).toBe(check);
    expect(body.problems[0].summary).toContain(words);
  });

  it('says of a service that is not there that it fails', async () => {
    const { body } = await run('dangling');
    expect(body.problems).toEqual([]);
    expect(body.targets[0].verification).toMatchObject({
      verdict: 'fail',
      phase: 'absent',
      summary: expect.stringContaining(
        'There is no LLMInferenceService llm-serving/ghost',
      ),
    });
  });

  it('reads the entity as the one who asks', async () => {
    for (const name of ['hidden', 'absent']) {
      const { status, body } = await plugin.get(entity(name));
      expect(status).toBe(404);
      expect(body.error.message).toContain(
        `There is no entity component:default/${name} that you may see`,
      );
    }
    const anonymous = await plugin
      .get(entity('a'))
      .set('Authorization', mockCredentials.none.header());
    expect(anonymous.status).toBe(401);
  });

  it('asks for the permissions to read and to run', async () => {
    plugin.denied.push(verificationRunPermission.name);
    const { body } = await plugin.get(entity('qwen-3b-chat'));
    expect(body.permissions).toEqual({
      run: false,
      waive: true,
      routerLog: true,
    });
    const refused = await run('qwen-3b-chat');
    expect(refused.status).toBe(403);
    expect(refused.body.error.message).toContain(
      'prefix-caching.verification.run',
    );
    expect(plugin.audited.mock.calls[0][0]).toBe('fail');

    plugin.denied.push(verificationReadPermission.name);
    expect((await plugin.get(entity('qwen-3b-chat'))).status).toBe(403);
  });

  it('hides what the service does not give back where all is required', async () => {
    const strict = await start({ requireBackReference: 'all' });
    const own = await strict.run('qwen-3b-chat');
    expect(own.body.targets[0].verification).toBeDefined();
    const { body } = await strict.get(entity('a'));
    expect(body.targets[0].verification).toBeUndefined();
    expect(body.problems[0].summary).toContain('Nothing of it is shown here');
  });
});
