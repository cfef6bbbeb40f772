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

import type { ManualClock, Sandbox } from 'sandbox';
import { claimingEntity } from '../__testUtils__/createVerifier';
import {
  entityPath,
  startExamples,
  startPlugin,
} from '../__testUtils__/startPlugin';

/** `a` names what belongs to the other; `unread` was never verified. */
const entities = [
  claimingEntity('qwen-3b-chat', 'llm-serving/qwen-3b-gpu'),
  claimingEntity('a', 'llm-serving/qwen-3b-gpu'),
  claimingEntity('unread', 'llm-serving/llama-8b-summarize'),
];

describe('POST …/what-if', () => {
  let sandbox: Sandbox;
  let clock: ManualClock;
  let plugin: Awaited<ReturnType<typeof startPlugin>>;
  let targetId: string;
  let pods: string[];

  beforeAll(async () => {
    ({ sandbox, clock } = await startExamples());
    plugin = await startPlugin({
      clusters: { sandbox: sandbox.api.url },
      entities,
    });
    await plugin.run('qwen-3b-chat');
    clock.advance(30);
    const { body } = await plugin.run('qwen-3b-chat');
    targetId = body.targets[0].targetId;
    pods = body.targets[0].engines.map((each: { pod: string }) => each.pod);
  });
  afterAll(async () => {
    await plugin.stop();
    await sandbox.close();
  });

  const ask = (name: string, body: object) =>
    plugin.post(`${entityPath(name)}/what-if`, body);

  it('scores the replicas with the live weights and with others', async () => {
    const { status, body } = await ask('qwen-3b-chat', {
      targetId,
      weights: { 'prefix-cache-scorer': 0 },
      prefixMatch: { [pods[1]]: 1 },
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      targetId,
      assumed: { prefixMatch: { [pods[0]]: 0, [pods[1]]: 1 } },
      sampledAt: expect.any(String),
    });
    const [{ before, after, summary }] = body.outcomes;
    expect(before.ranking[0]).toMatchObject({ endpoint: pods[1], rank: 1 });
    expect(after.affinity.prefixMatchNeededIdle).toBeUndefined();
    expect(summary).toMatch(
      /^With the present weights .* prefix-cache-scorer 0 /,
    );

    const termOf = (scores: typeof body.live, pod: string) =>
      scores
        .find((each: { endpoint: string }) => each.endpoint === pod)
        .terms.find(
          (each: { type: string }) => each.type === 'prefix-cache-scorer',
        ).term;
    expect(termOf(body.live, pods[1])).toBeGreaterThan(0);
    expect(termOf(body.live, pods[0])).toBe(0);
    expect(termOf(body.changed, pods[1])).toBe(0);
  });

  it('takes a typical request where none is described', async () => {
    const { body } = await ask('qwen-3b-chat', { targetId, weights: {} });
    expect(body.assumed.reason).toMatch(/^A typical request: /);
    const matches: number[] = Object.values(body.assumed.prefixMatch);
    expect(matches.filter(match => match > 0)).toHaveLength(1);
    expect(body.live).toEqual(body.changed);
    expect(body.outcomes[0].summary).toMatch(/nothing was changed\.$/);
  });

  it.each<[string, string, object, number, RegExp]>([
    [
      'a scorer that no profile has',
      'qwen-3b-chat',
      { weights: { 'least-requests': 1 } },
      400,
      /weights names least-requests, .* expected .*prefix-cache-scorer/,
    ],
    [
      'a replica that is none',
      'qwen-3b-chat',
      { weights: {}, prefixMatch: { stranger: 1 } },
      400,
      /prefixMatch names stranger, which are no replicas/,
    ],
    [
      'a negative weight',
      'qwen-3b-chat',
      { weights: { 'queue-scorer': -1 } },
      400,
      /queue-scorer/,
    ],
    [
      'a match above 1',
      'qwen-3b-chat',
      { weights: {}, prefixMatch: { x: 2 } },
      400,
      /prefixMatch/,
    ],
    ['no weights', 'qwen-3b-chat', {}, 400, /weights/],
    [
      'another entity’s target',
      'unread',
      { weights: {} },
      404,
      /has no target/,
    ],
    [
      'an entity that is not there',
      'nobody',
      { weights: {} },
      404,
      /There is no entity component:default\/nobody/,
    ],
  ])('refuses %s', async (_, name, body, status, message) => {
    const answer = await ask(name, { targetId, ...body });
    expect(answer.status).toBe(status);
    expect(answer.body.error.message).toMatch(message);
  });

  it('says that nothing was read where no run has finished', async () => {
    const { body } = await plugin.get(entityPath('unread'));
    const unread = body.targets[0].targetId;
    const answer = await ask('unread', { targetId: unread, weights: {} });
    expect(answer.status).toBe(404);
    expect(answer.body.error.message).toMatch(
      /has no routing policy that was read.*Verify it first/,
    );
  });

  it('is for those who may see verifications', async () => {
    plugin.denied.push('prefix-caching.verification.read');
    const answer = await ask('qwen-3b-chat', { targetId, weights: {} });
    plugin.denied.pop();
    expect(answer.status).toBe(403);
  });
});
