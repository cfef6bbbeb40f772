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
  createBackendModule,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import { mockCredentials } from '@backstage/backend-test-utils';
import { actionsRegistryServiceMock } from '@backstage/backend-test-utils/alpha';
import { prefixCachingExtensionPoint } from 'backstage-plugin-prefix-caching-node';
import type { Sandbox } from 'sandbox';
import { claimingEntity } from '../__testUtils__/createVerifier';
import { startExamples, startPlugin } from '../__testUtils__/startPlugin';
import type { VerificationStatus } from './verificationStatus';

const entities = [
  claimingEntity('llama', 'llm-serving/llama-8b-summarize'),
  claimingEntity('hidden', 'llm-search/mistral-7b-search'),
];

/** A check of another team, added as another team would. */
const otherTeam = createBackendModule({
  pluginId: 'prefix-caching',
  moduleId: 'acme',
  register(env) {
    env.registerInit({
      deps: { prefixCaching: prefixCachingExtensionPoint },
      async init({ prefixCaching }) {
        prefixCaching.addCheck({
          id: 'acme.cost-centre',
          component: 'status',
          requirement: 'required',
          title: 'Somebody pays',
          expected: 'a cost centre',
          responsible: 'owner',
          judge: () => ({
            verdict: 'warn',
            summary: 'Nobody pays for it.',
            actual: 'no cost centre',
          }),
          commands: () => [],
        });
      },
    });
  },
});

describe('actions', () => {
  const registry = actionsRegistryServiceMock();
  let sandbox: Sandbox;
  let plugin: Awaited<ReturnType<typeof startPlugin>>;

  beforeAll(async () => {
    ({ sandbox } = await startExamples());
    plugin = await startPlugin({
      clusters: { sandbox: sandbox.api.url },
      entities,
      features: [
        otherTeam,
        createServiceFactory({
          service: actionsRegistryServiceRef,
          deps: {},
          factory: () => registry,
        }),
      ],
    });
  });
  afterAll(async () => {
    await plugin.stop();
    await sandbox.close();
  });
  beforeEach(() => {
    plugin.denied.length = 0;
    plugin.audited.mockClear();
  });

  async function invoke(
    name: string,
    input: { entityRef: string; targetId?: string },
  ): Promise<VerificationStatus> {
    const { output } = await registry.invoke({
      id: `test:${name}`,
      input,
      credentials: mockCredentials.user(),
    });
    return output as VerificationStatus;
  }
  const status = (entityRef: string) =>
    invoke('get-verification-status', { entityRef });
  const run = (entityRef: string, targetId?: string) =>
    invoke('run-verification', { entityRef, ...(targetId && { targetId }) });

  it('say what they do, and change nothing in a cluster', async () => {
    const { actions } = await registry.list();
    expect(actions.map(({ name, attributes }) => [name, attributes])).toEqual([
      [
        'get-verification-status',
        { readOnly: true, destructive: false, idempotent: true },
      ],
      [
        'run-verification',
        { readOnly: false, destructive: false, idempotent: true },
      ],
    ]);
    for (const { description } of actions) {
      expect(description).toContain('## When to use');
    }
  });

  it('give the status that the tab shows, before a run and after it', async () => {
    expect(await status('llama')).toMatchObject({
      entityRef: 'component:default/llama',
      targets: [{ verdict: 'unknown', passed: 0, findings: [] }],
    });
    const ran = await run('component:default/llama');
    const [target] = ran.targets;
    expect(target).toMatchObject({
      namespace: 'llm-serving',
      name: 'llama-8b-summarize',
      verdict: 'fail',
      phase: 'running',
      freshness: 'fresh',
      verifiedAt: expect.any(String),
    });
    expect(target.passed).toBeGreaterThan(3);
    expect(
      target.findings.find(({ check }) => check === 'gateway.request-body'),
    ).toMatchObject({
      verdict: 'fail',
      responsible: 'group:default/platform',
      remedy: expect.any(String),
    });
    expect(JSON.stringify(ran)).not.toContain('evidence');
    expect(await status('component:default/llama')).toEqual(ran);
    expect(
      (await run('component:default/llama', target.targetId)).targets,
    ).toHaveLength(1);
    expect(plugin.audited).toHaveBeenLastCalledWith(
      'success',
      'verification-run',
      { entityRef: 'component:default/llama', targetId: target.targetId },
    );
  });

  it("hold other teams' checks", async () => {
    const { targets } = await run('llama');
    expect(targets[0].findings.at(-1)).toMatchObject({
      check: 'acme.cost-centre',
      verdict: 'warn',
      responsible: 'group:default/team-a',
    });
  });

  it('let nobody see or do more than the HTTP API does', async () => {
    await expect(status('hidden')).rejects.toThrow(
      'There is no entity component:default/hidden that you may see',
    );
    await expect(run('hidden')).rejects.toThrow('There is no entity');
    await expect(run('llama', 'x')).rejects.toThrow("has no target 'x'");
    await expect(status('/')).rejects.toThrow('is no entity ref');

    plugin.denied.push('prefix-caching.verification.run');
    await expect(run('llama')).rejects.toThrow(
      'ask for the permission prefix-caching.verification.run',
    );
    expect(plugin.audited.mock.calls.at(-1)?.[0]).toBe('fail');
    plugin.denied.push('prefix-caching.verification.read');
    await expect(status('llama')).rejects.toThrow(
      'ask for the permission prefix-caching.verification.read',
    );
  });
});
