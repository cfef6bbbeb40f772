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
import { staySignedIn, tabOf } from './portal';

test('the router log is read when asked for, and followed as it is written', async ({
  page,
}) => {
  await staySignedIn(page);
  await page.goto(tabOf('qwen-3b-chat'));
  const read = page.getByRole('button', { name: 'Read log' });
  await expect(read).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole('region', { name: /^Log of/ })).toHaveCount(0);

  await read.click();
  const log = page.getByRole('region', {
    name: /^Log of qwen-3b-gpu-kserve-router-scheduler-/,
  });
  await expect(log).toContainText('EPP received request');
  await expect(page.getByText(/At verbosity 2/)).toBeVisible();

  await page.getByRole('button', { name: 'Follow', exact: true }).click();
  await expect(log).toContainText('EPP received request');
  const before = await log.innerText();
  await expect.poll(() => log.innerText()).not.toBe(before);
  await log.scrollIntoViewIfNeeded();
  await page.screenshot({ path: 'test-results/router-log.png' });
  await page.getByRole('button', { name: 'Stop following' }).click();
  await expect(
    page.getByRole('button', { name: 'Follow', exact: true }),
  ).toBeEnabled();
});
