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
import { staySignedIn, tabOf, verdictOf } from './portal';

const HEALTHY = 'qwen-3b-chat';
const BROKEN = 'llama-8b-summarize';
const UNPROVEN = 'qwen-8b-batch';

/** What keeps somebody out of a part of the page. */
async function barriersIn(page: Page, part: string) {
  const { violations } = await new AxeBuilder({ page }).include(part).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes[0].html}`);
}

async function openTab(page: Page, component: string) {
  await staySignedIn(page);
  await page.goto(tabOf(component));
  await expect(verdictOf(page)).toContainText(/Prefix caching|proven/, {
    timeout: 90_000,
  });
}

for (const theme of ['light', 'dark'] as const) {
  for (const component of [HEALTHY, BROKEN, UNPROVEN]) {
    test(`the tab of ${component} keeps nobody out (${theme})`, async ({
      page,
    }) => {
      await page.emulateMedia({ colorScheme: theme });
      await openTab(page, component);
      expect(await barriersIn(page, '[data-prefix-caching=tab]')).toEqual([]);
    });
  }

  test(`an unfolded check, the menu and the dialogs keep nobody out (${theme})`, async ({
    page,
  }) => {
    await page.emulateMedia({ colorScheme: theme });
    await openTab(page, BROKEN);
    await page
      .getByRole('button', { name: 'Details of gateway.request-body' })
      .click();
    await page.getByRole('button', { name: 'Table' }).first().click();
    expect(await barriersIn(page, '[data-prefix-caching=tab]')).toEqual([]);

    await page.getByRole('button', { name: 'More of this verdict' }).click();
    await expect(
      page.getByRole('menuitem', { name: /Markdown/ }),
    ).toBeFocused();
    expect(await barriersIn(page, '[role=menu]')).toEqual([]);
    await page.keyboard.press('Escape');
    await expect(
      page.getByRole('button', { name: 'More of this verdict' }),
    ).toBeFocused();

    const waive = page
      .getByRole('button', { name: 'Accept for a time…' })
      .first();
    await waive.click();
    const dialog = page.getByRole('dialog');
    await expect(dialog).toBeVisible();
    expect(await barriersIn(page, '[role=dialog]')).toEqual([]);
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
    await expect(waive).toBeFocused();
  });

  test(`the overview card keeps nobody out (${theme})`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme });
    await staySignedIn(page);
    await page.goto(`/catalog/default/component/${HEALTHY}`);
    await expect(
      page.getByRole('list', { name: 'Services of this component' }),
    ).toContainText('delivered', { timeout: 90_000 });
    expect(await barriersIn(page, '[data-prefix-caching=card]')).toEqual([]);
  });
}

test('the tab loads, fails and refuses without keeping anybody out', async ({
  page,
}) => {
  await staySignedIn(page);
  const answers = '**/api/prefix-caching/entities/component/default/*';
  const card = page.locator('[data-prefix-caching=tab]');

  let release = () => {};
  const held = new Promise<void>(resolve => {
    release = resolve;
  });
  await page.route(answers, async route => {
    await held;
    await route.fulfill({
      status: 403,
      json: {
        error: { name: 'NotAllowedError', message: 'Unauthorized' },
        response: { statusCode: 403 },
      },
    });
  });
  await page.goto(tabOf(BROKEN));
  await expect(card.getByText('Loading')).toBeVisible({ timeout: 60_000 });
  expect(await barriersIn(page, '[data-prefix-caching=tab]')).toEqual([]);

  release();
  await expect(
    card.getByRole('heading', {
      name: 'You may not read verifications of this component.',
    }),
  ).toBeVisible({ timeout: 60_000 });
  await expect(card).not.toContainText('Fail');
  expect(await barriersIn(page, '[data-prefix-caching=tab]')).toEqual([]);
});

test('the first screen says verdict, layer and owner without scrolling', async ({
  page,
}) => {
  await staySignedIn(page);
  await page.goto(tabOf('llama-8b-summarize'));
  await expect(verdictOf(page)).toContainText(/not working/, {
    timeout: 60_000,
  });
  for (const part of [
    verdictOf(page),
    page.getByText('Failing layer'),
    page.getByRole('link', { name: 'gateway.request-body' }).first(),
    page.getByRole('link', { name: 'ML platform' }).first(),
  ]) {
    await expect(part).toBeInViewport({ ratio: 1 });
  }
});
