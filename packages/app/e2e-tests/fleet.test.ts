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
import { signIn } from './portal';

async function openFleet(page: Page) {
  await signIn(page);
  await page.getByRole('link', { name: 'Prefix caching' }).first().click();
  await expect(
    page.getByRole('heading', { name: /services? fail/ }),
  ).toBeVisible({ timeout: 60_000 });
}

test('the fleet shows what fails first, and leads to the check that says why', async ({
  page,
}) => {
  await openFleet(page);
  const services = page.getByRole('table', { name: 'Services, worst first' });
  const worst = services.getByRole('row').nth(1);
  await expect(worst.getByText('Fail', { exact: true })).toBeVisible();
  await expect(
    worst.getByRole('link', { name: 'llama-8b-summarize' }),
  ).toBeVisible();
  await expect(worst.getByRole('link', { name: /platform/i })).toBeVisible();

  await page.getByRole('button', { name: /\d+ Pass/ }).click();
  await expect(services.getByText('Fail', { exact: true })).toHaveCount(0);
  await expect(page).toHaveURL(/verdict=pass/);

  await page.getByRole('button', { name: /\d+ Fail/ }).click();
  await worst.getByRole('link', { name: /^Gateway/ }).click();
  await expect(
    page
      .getByRole('button', { name: /gateway.request-body/, expanded: true })
      .first(),
  ).toBeVisible({ timeout: 30_000 });
});

test('the catalog can be narrowed, and the overview says what the tab says', async ({
  page,
}) => {
  await signIn(page);
  await page.getByRole('checkbox', { name: 'With prefix caching' }).check();
  await expect(
    page.getByRole('link', { name: 'llama-8b-summarize' }).first(),
  ).toBeVisible({ timeout: 30_000 });
  await page.getByRole('link', { name: 'llama-8b-summarize' }).first().click();
  await expect(page.getByText(/not working/).first()).toBeVisible({
    timeout: 60_000,
  });
});

for (const theme of ['light', 'dark'] as const) {
  test(`the fleet keeps nobody out (${theme})`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme });
    await openFleet(page);
    const { violations } = await new AxeBuilder({ page })
      .include('[data-prefix-caching=fleet]')
      .analyze();
    expect(
      violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .map(({ id, nodes }) => `${id}: ${nodes[0].html}`),
    ).toEqual([]);
  });
}
