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

import { claimingEntity } from '../__testUtils__/createVerifier';
import {
  entityPath,
  startExamples,
  startPlugin,
} from '../__testUtils__/startPlugin';

type Examples = Awaited<ReturnType<typeof startExamples>>;
type Plugin = Awaited<ReturnType<typeof startPlugin>>;

describe('GET …/series', () => {
  let examples: Examples;
  let plugin: Plugin;
  let targetId: string;

  beforeAll(async () => {
    examples = await startExamples();
    await import('@kubernetes/client-node');
    plugin = await startPlugin({
      clusters: { sandbox: examples.sandbox.api.url },
      entities: [
        claimingEntity('qwen-3b-chat', 'llm-serving/qwen-3b-gpu'),
        claimingEntity('stranger', 'llm-serving/qwen-3b-gpu'),
        claimingEntity('other', 'llm-serving/llama-8b-summarize'),
        claimingEntity('hidden', 'llm-serving/qwen-3b-gpu'),
      ],
    });
    const { body } = await plugin.run('qwen-3b-chat');
    targetId = body.targets[0].targetId;
  });
  afterAll(async () => {
    await plugin.stop();
    await examples.sandbox.close();
  });

  const series = (name: string, query: string) =>
    plugin.get(`${entityPath(name)}/series?${query}`);

  it('serves figures of the last run, one asked for or several', async () => {
    const { status, body } = await series(
      'qwen-3b-chat',
      `targetId=${targetId}&figures=running&figures=kv-usage&byReplica=true&step=60`,
    );
    expect(status).toBe(200);
    expect(body).toMatchObject({
      targetId,
      source: 'samples',
      stepSeconds: 60,
      events: [],
      gaps: [],
    });
    const lines = body.series as {
      figure: string;
      pod?: string;
      points: [number, number | null][];
    }[];
    expect(lines.map(({ figure, pod }) => [figure, typeof pod])).toEqual([
      ['running', 'undefined'],
      ['running', 'string'],
      ['running', 'string'],
      ['running', 'string'],
      ['kv-usage', 'undefined'],
      ['kv-usage', 'string'],
      ['kv-usage', 'string'],
      ['kv-usage', 'string'],
    ]);
    expect(lines[0].points.flatMap(([, value]) => value ?? [])).toHaveLength(1);

    const one = await series(
      'stranger',
      `targetId=${targetId}&figures=delivered-hit-ratio`,
    );
    expect(one.status).toBe(200);
    expect(one.body.series).toEqual([]);
    expect(one.body.gaps).toEqual([
      { figure: 'delivered-hit-ratio', message: expect.any(String) },
    ]);
  });

  it.each([
    [
      'a target of another entity',
      'other',
      () => `targetId=${targetId}`,
      404,
      'has no target',
    ],
    [
      'an entity that is not for this user',
      'hidden',
      () => `targetId=${targetId}`,
      404,
      'no entity',
    ],
    ['no target', 'qwen-3b-chat', () => 'step=60', 400, 'targetId'],
    [
      'an unknown figure',
      'qwen-3b-chat',
      () => `targetId=${targetId}&figures=luck`,
      400,
      'figures',
    ],
    [
      'a step of nothing',
      'qwen-3b-chat',
      () => `targetId=${targetId}&step=0`,
      400,
      'step',
    ],
    [
      'a time that is none',
      'qwen-3b-chat',
      () => `targetId=${targetId}&from=yesterday`,
      400,
      'from',
    ],
    [
      'a range that ends before it begins',
      'qwen-3b-chat',
      () =>
        `targetId=${targetId}&from=2026-11-22T12%3A00%3A00Z&to=2026-11-22T11%3A00%3A00Z`,
      400,
      'expected from before to',
    ],
  ])('refuses %s', async (_, name, query, status, words) => {
    const answer = await series(name, query());
    expect(answer.status).toBe(status);
    expect(answer.body.error.message).toContain(words);
  });

  it('asks for the permission to see verifications', async () => {
    plugin.denied.push('prefix-caching.verification.read');
    const { status } = await series('qwen-3b-chat', `targetId=${targetId}`);
    plugin.denied.length = 0;
    expect(status).toBe(403);
  });
});
