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

import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { staySignedIn, tabOf } from './portal';

/** What keeps somebody out of the dialog. */
async function barriersIn(page: Page) {
  const { violations } = await new AxeBuilder({ page })
    .include('[role=dialog]')
    .analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes[0].html}`);
}

test('a probe says its price first, and then proves that repeated prefixes come back from cache', async ({
  page,
}) => {
  await staySignedIn(page);
  // Nobody else sends requests to this one.
  await page.goto(tabOf('qwen-8b-batch'));
  const run = page.getByRole('button', { name: 'Run probe…' }).first();
  await expect(run).toBeVisible({ timeout: 60_000 });
  await run.click();

  const price = page.getByRole('dialog', { name: 'Probe prefix caching' });
  await expect(price).toContainText('17 requests');
  await expect(price).toContainText(
    'http://127.0.0.1:7008/gateway/llm-serving/qwen-8b-batch',
  );
  expect(await barriersIn(page)).toEqual([]);
  await price.getByRole('button', { name: 'Send 17 requests' }).click();

  const result = page.getByRole('dialog', { name: 'Probe result' });
  await expect(result).toContainText(
    'All 7 repeats were answered from cache: routing by prefix is proved',
    { timeout: 180_000 },
  );
  await expect(
    result.getByRole('row', { name: 'Negative control missed Pass' }),
  ).toBeVisible();
  await expect(
    result.getByRole('row', { name: 'Body over 8 kB, sent again' }),
  ).toContainText('answered from cache');
  expect(await barriersIn(page)).toEqual([]);
  await result.getByRole('button', { name: 'Close' }).click();

  await expect(
    page.getByRole('table', { name: 'Last probe of each service' }),
  ).toContainText('7 of 7');
  await run.click();
  await expect(price).toContainText('It was probed a short while ago');
  await expect(
    price.getByRole('button', { name: 'Send 0 requests' }),
  ).toBeDisabled();
});
