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

import type { Sandbox } from 'sandbox';
import type { TargetReport } from 'backstage-plugin-prefix-caching-common';
import { claimingEntity } from '../__testUtils__/createVerifier';
import {
  API,
  entityPath,
  startExamples,
  startPlugin,
} from '../__testUtils__/startPlugin';

/** `a` names what belongs to the other. */
const entities = [
  claimingEntity('llama-8b-summarize', 'llm-serving/llama-8b-summarize'),
  claimingEntity('a', 'llm-serving/llama-8b-summarize'),
  claimingEntity('fresh', 'llm-serving/qwen-3b-gpu'),
];

const DAY = 24 * 60 * 60 * 1000;
const inDays = (days: number) =>
  new Date(Date.now() + days * DAY).toISOString();

describe('waivers', () => {
  let sandbox: Sandbox;
  let plugin: Awaited<ReturnType<typeof startPlugin>>;
  let before: TargetReport;
  let failed: string[];

  beforeAll(async () => {
    ({ sandbox } = await startExamples());
    plugin = await startPlugin({
      clusters: { sandbox: sandbox.api.url },
      entities,
    });
    const { body } = await plugin.run('llama-8b-summarize');
    [before] = body.targets;
    failed = faultsOf(before);
  });
  afterAll(async () => {
    await plugin.stop();
    await sandbox.close();
  });
  beforeEach(() => plugin.audited.mockClear());

  function faultsOf({ verification }: TargetReport): string[] {
    return (verification?.findings ?? [])
      .filter(
        ({ requirement, verdict }) =>
          requirement === 'required' && !['pass', 'skipped'].includes(verdict),
      )
      .map(({ check }) => check);
  }

  const waive = (
    check: string,
    change: object = {},
    name = 'llama-8b-summarize',
  ) =>
    plugin.post(`${entityPath(name)}/waivers`, {
      targetId: before.targetId,
      check,
      reason: 'The gateway is replaced in March.',
      expiresAt: inDays(30),
      ...change,
    });
  const withdraw = (check: string, name = 'llama-8b-summarize') =>
    plugin.post(`${entityPath(name)}/waivers/withdrawals`, {
      targetId: before.targetId,
      check,
    });

  it('accept a finding, which stays visible and does not count', async () => {
    expect(before.verification?.verdict).toBe('fail');
    expect(before.waivers).toEqual([]);
    const [last, ...rest] = [...failed].reverse();
    for (const check of rest) {
      expect((await waive(check)).status).toBe(200);
    }
    const partly = await plugin.get(entityPath('llama-8b-summarize'));
    const left = before.verification?.findings.find(
      ({ check }) => check === last,
    );
    expect(partly.body.targets[0].verification.verdict).toBe(left?.verdict);
    expect(partly.body.targets[0].verification.summary).toContain(
      left?.summary,
    );

    plugin.signals.length = 0;
    const { body } = await waive(last);
    expect(plugin.signals).toEqual([
      {
        recipients: { type: 'broadcast' },
        channel: 'prefix-caching:component:default/llama-8b-summarize',
        message: { targetId: before.targetId },
      },
      {
        recipients: { type: 'broadcast' },
        channel: 'prefix-caching:fleet',
        message: {},
      },
    ]);
    const [target] = body.targets;
    expect(target.verification.verdict).toBe('pass');
    expect(target.verification.summary).toContain(
      `Nothing counts against llama-8b-summarize while ${failed.length} findings are accepted`,
    );
    expect(target.verification.findings).toEqual(before.verification?.findings);
    expect(faultsOf(target)).toEqual(failed);
    expect(target.waivers).toHaveLength(failed.length);
    expect(target.waivers).toContainEqual({
      check: last,
      reason: 'The gateway is replaced in March.',
      by: 'user:default/mock',
      at: expect.any(String),
      expiresAt: expect.any(String),
    });
    expect(plugin.audited).toHaveBeenLastCalledWith(
      'success',
      'waiver-create',
      expect.objectContaining({ check: last }),
    );
    const fleet = await plugin.get(`${API}/fleet?verdict=pass`);
    expect(fleet.body.items[0]).toMatchObject({
      name: 'llama-8b-summarize',
      summary: target.verification.summary,
      since: target.since,
    });
    expect(fleet.body.items[0].fault).toBeUndefined();
  });

  it('are replaced, survive a run, and are withdrawn', async () => {
    const [check] = failed;
    await waive(check, { reason: 'Another reason.' });
    const ran = await plugin.run('llama-8b-summarize');
    expect(ran.body.targets[0].waivers).toContainEqual(
      expect.objectContaining({ check, reason: 'Another reason.' }),
    );
    for (const each of failed) {
      expect((await withdraw(each)).status).toBe(200);
    }
    const { body } = await plugin.get(entityPath('llama-8b-summarize'));
    expect(body.targets[0].waivers).toEqual([]);
    expect(body.targets[0].verification.verdict).toBe('fail');
    expect(plugin.audited).toHaveBeenLastCalledWith(
      'success',
      'waiver-withdraw',
      expect.anything(),
    );
    const again = await withdraw(check);
    expect(again.status).toBe(404);
    expect(again.body.error.message).toBe(
      `There is no waiver of '${check}' for llm-serving/llama-8b-summarize.`,
    );
  });

  it.each([
    ['a blank reason', { reason: '  ' }, 'reason: expected a sentence'],
    ['no reason', { reason: '' }, 'reason'],
    ['yesterday', { expiresAt: inDays(-1) }, 'expiresAt: '],
    ['in two years', { expiresAt: inDays(800) }, 'expiresAt: '],
    ['no time', { expiresAt: 'soon' }, "expiresAt: 'soon' is no time"],
    ['more than it takes', { by: 'user:default/boss' }, 'additional'],
  ])('do not take %s', async (_name, change, message) => {
    const { status, body } = await waive(failed[0], change);
    expect(status).toBe(400);
    expect(body.error.message).toContain(message);
  });

  it('are for checks there are, of targets that were verified', async () => {
    const unknown = await waive('no.such-check');
    expect(unknown.status).toBe(404);
    expect(unknown.body.error.message).toContain("no check 'no.such-check'");
    const { body } = await plugin.get(entityPath('fresh'));
    const early = await waive(
      failed[0],
      { targetId: body.targets[0].targetId },
      'fresh',
    );
    expect(early.status).toBe(409);
  });

  it('need the permission, and the word of the service itself', async () => {
    for (const answer of [
      await waive(failed[0], {}, 'a'),
      await withdraw(failed[0], 'a'),
    ]) {
      expect(answer.status).toBe(403);
      expect(answer.body.error.message).toContain(
        'does not name component:default/a back',
      );
    }
    plugin.denied.push('prefix-caching.waiver.create');
    const { body } = await plugin.get(entityPath('llama-8b-summarize'));
    expect(body.permissions).toEqual({
      run: true,
      waive: false,
      routerLog: true,
    });
    for (const answer of [await waive(failed[0]), await withdraw(failed[0])]) {
      expect(answer.status).toBe(403);
      expect(answer.body.error.message).toContain(
        'prefix-caching.waiver.create',
      );
    }
    plugin.denied.length = 0;
    expect(plugin.audited.mock.calls.map(([outcome]) => outcome)).toEqual([
      'fail',
      'fail',
      'fail',
      'fail',
    ]);
  });
});
