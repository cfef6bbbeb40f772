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

/** `a` names what belongs to the other. */
const entities = [
  claimingEntity('qwen-3b-chat', 'llm-serving/qwen-3b-gpu'),
  claimingEntity('a', 'llm-serving/qwen-3b-gpu'),
  claimingEntity('other', 'llm-serving/llama-8b-summarize'),
];

describe('GET …/checks/{check}/history', () => {
  let sandbox: Sandbox;
  let clock: ManualClock;
  let plugin: Awaited<ReturnType<typeof startPlugin>>;
  let targetId: string;

  beforeAll(async () => {
    ({ sandbox, clock } = await startExamples());
    plugin = await startPlugin({
      clusters: { sandbox: sandbox.api.url },
      entities,
      prefixCaching: {
        metrics: {},
        schedule: { confirmAfter: 1 },
      },
    });
    for (let run = 0; run < 3; run++) {
      const { body } = await plugin.run('qwen-3b-chat');
      targetId = body.targets[0].targetId;
      clock.advance(30);
    }
  });
  afterAll(async () => {
    await plugin.stop();
    await sandbox.close();
  });

  const history = (name: string, check: string, query = '') =>
    plugin.get(
      `${entityPath(
        name,
      )}/checks/${check}/history?targetId=${targetId}${query}`,
    );

  it('begins with the first verdict, and has no row for runs that said the same', async () => {
    const { status, body } = await history('qwen-3b-chat', 'engine.arguments');
    expect(status).toBe(200);
    expect(body).toEqual({
      targetId,
      check: 'engine.arguments',
      items: [
        {
          check: 'engine.arguments',
          to: 'pass',
          summary: expect.any(String),
          actual: expect.any(String),
          at: expect.any(String),
          phase: 'running',
          evidence: expect.any(Array),
        },
      ],
    });
    expect(JSON.stringify(body)).toContain('--max-model-len');
    expect((await history('qwen-3b-chat', 'no.such-check')).body.items).toEqual(
      [],
    );
    expect((await history('qwen-3b-chat', 'overall')).body.items).not.toEqual(
      [],
    );
  });

  it("withholds another's arguments", async () => {
    const { status, body } = await history('a', 'engine.arguments');
    expect(status).toBe(200);
    expect(body.items).toHaveLength(1);
    expect(JSON.stringify(body)).not.toContain('--max-model-len');
    expect(body.items[0].actual).toContain(
      'Not shown: the service does not name component:default/a',
    );
  });

  it('knows only the targets of the entity, and checks what it is asked', async () => {
    expect((await history('other', 'engine.arguments')).status).toBe(404);
    const without = await plugin.get(
      `${entityPath('a')}/checks/engine.arguments/history`,
    );
    expect(without.status).toBe(400);
    expect((await history('a', 'engine.arguments', '&limit=1000')).status).toBe(
      400,
    );
  });
});
