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

import { expect, test } from '@playwright/test';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { guestToken } from './portal';

const DOCUMENT = path.resolve(__dirname, '../../../docs/scaffolder-api.md');
const PORTAL = 'http://localhost:7007';

/** The shell blocks of the page, in order: what a reader pastes. */
function documentedCommands(): string[] {
  return [
    ...readFileSync(DOCUMENT, 'utf8').matchAll(/```sh\n([\s\S]*?)```/g),
  ].map(([, block]) => block);
}

test('the documented curl creates the same deployment', async () => {
  const [token, create, ...watch] = documentedCommands();
  const output = execFileSync(
    'bash',
    ['-ec', `${token}\n${create}\necho "TASK=$TASK"`],
    { encoding: 'utf8' },
  );
  const task = /TASK=(\S+)/.exec(output)?.[1];
  expect(task).toBeTruthy();
  expect(watch.length).toBeGreaterThan(0);

  const headers = { Authorization: `Bearer ${await guestToken(PORTAL)}` };
  await expect(async () => {
    const response = await fetch(`${PORTAL}/api/scaffolder/v2/tasks/${task}`, {
      headers,
    });
    expect(((await response.json()) as { status: string }).status).toBe(
      'completed',
    );
  }).toPass({ timeout: 60_000 });

  await expect(async () => {
    const entity = await fetch(
      `${PORTAL}/api/catalog/entities/by-name/component/default/qwen-3b`,
      { headers },
    );
    expect(entity.status).toBe(200);
  }).toPass({ timeout: 30_000 });
});

test('a bad input fails the task with the name of its field', async () => {
  const headers = {
    Authorization: `Bearer ${await guestToken(PORTAL)}`,
    'Content-Type': 'application/json',
  };
  const created = await fetch(`${PORTAL}/api/scaffolder/v2/tasks`, {
    method: 'POST',
    headers,
    body: JSON.stringify({
      templateRef: 'template:default/prefix-caching-deployment',
      values: {
        name: 'qwen-bad',
        owner: 'group:default/ml-platform',
        lifecycle: 'experimental',
        model: 'qwen2.5-3b-instruct',
        platform: 'kserve-0.20',
        namespace: 'llm-serving',
        accelerators: [
          { id: 'nvidia-t4', devices: 4, maxModelLen: 4096, tensorParallel: 3 },
        ],
        replicas: 2,
        repoUrl: 'localhost:7009?owner=platform&repo=qwen-bad',
      },
    }),
  });
  const { id } = (await created.json()) as { id: string };
  await expect(async () => {
    const response = await fetch(
      `${PORTAL}/api/scaffolder/v2/tasks/${id}/events`,
      { headers },
    );
    const events = (await response.json()) as {
      type: string;
      body: { message: string; error?: { message: string } };
    }[];
    const completion = events.find(event => event.type === 'completion');
    expect(completion?.body.error?.message).toMatch(
      /^accelerators\[0\]\.tensorParallel: /,
    );
  }).toPass({ timeout: 30_000 });

  const repository = await fetch('http://localhost:7009/platform/qwen-bad');
  expect(repository.status).toBe(404);
});
