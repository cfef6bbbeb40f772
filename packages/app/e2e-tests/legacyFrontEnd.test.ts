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
import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { verdictOf } from './portal';

// The portal of the other tests is of the new front-end system; this is the same plugin in an app
// of the legacy one, over fixtures, as `yarn start:legacy` serves it.

const ROOT = path.resolve(__dirname, '../../..');
const APP = 'http://localhost:3000';
const START_MS = 220_000;

let server: ChildProcess;
let output = '';

test.beforeAll(async () => {
  test.setTimeout(START_MS + 20_000);
  server = spawn(
    path.join(ROOT, 'node_modules/.bin/backstage-cli'),
    [
      ...['package', 'start', '--entrypoint', 'dev/legacy'],
      ...['app-config.yaml', 'app-config.dev.yaml'].flatMap(file => [
        '--config',
        path.join(ROOT, file),
      ]),
    ],
    {
      cwd: path.join(ROOT, 'plugins/prefix-caching'),
      env: { ...process.env, BROWSER: 'none', NODE_OPTIONS: '' },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own, so that what it starts ends with it.
      detached: true,
    },
  );
  const read = (chunk: Buffer) => {
    output += chunk;
  };
  server.stdout?.on('data', read);
  server.stderr?.on('data', read);
  await expect(async () => {
    expect(server.exitCode, output).toBeNull();
    expect((await fetch(APP)).status, output).toBe(200);
  }).toPass({ timeout: START_MS });
});

test.afterAll(async () => {
  if (server.pid === undefined || server.exitCode !== null) return;
  const ended = new Promise(resolve => server.once('exit', resolve));
  process.kill(-server.pid, 'SIGTERM');
  await ended;
});

for (const [component, verdict] of [
  ['qwen-3b-chat', /Prefix caching works on GPU and TPU/],
  ['qwen-3b-broken', /not working/],
] as const) {
  test(`the legacy front-end system shows the same tab: ${component}`, async ({
    page,
  }) => {
    // The portal lets guests in, though not from pages of another origin.
    await page.route('**/api/auth/guest/refresh', async route => {
      const response = await route.fetch();
      await route.fulfill({
        response,
        headers: {
          ...response.headers(),
          'access-control-allow-origin': APP,
          'access-control-allow-credentials': 'true',
        },
      });
    });
    await page.goto(`${APP}/${component}`);
    await page
      .getByRole('button', { name: 'Enter' })
      .click({ timeout: 90_000 });
    await expect(verdictOf(page)).toContainText(verdict, { timeout: 90_000 });
    await expect(
      page.getByRole('group', { name: /^Request path GPU/ }),
    ).toBeVisible();
    await expect(page.getByRole('table', { name: 'Checks' })).toBeVisible();
  });
}
