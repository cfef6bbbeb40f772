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

import { expect, test, type Locator, type Page } from '@playwright/test';
import { staySignedIn, tabOf, verdictOf } from './portal';

// Nothing here is clicked.

const BROKEN = 'llama-8b-summarize';
const MOST_STEPS = 90;

/** Goes on with Tab until the element has the focus. */
async function tabTo(page: Page, element: Locator, key = 'Tab') {
  await expect(element).toBeVisible({ timeout: 60_000 });
  for (let step = 0; step < MOST_STEPS; step += 1) {
    await page.keyboard.press(key);
    if (await element.evaluate(each => each === document.activeElement)) return;
  }
  await expect(element).toBeFocused();
}

test('the tab and the fleet without a mouse', async ({ page }) => {
  await staySignedIn(page);
  await page.goto(tabOf(BROKEN));
  await expect(verdictOf(page)).toContainText(/not working/, {
    timeout: 60_000,
  });

  await test.step('the menu opens, is walked, and gives the focus back', async () => {
    const menu = page.getByRole('button', { name: 'More of this verdict' });
    await tabTo(page, menu);
    await page.keyboard.press('Enter');
    await expect(
      page.getByRole('menuitem', { name: 'Copy as Markdown' }),
    ).toBeFocused();
    await page.keyboard.press('ArrowDown');
    await expect(
      page.getByRole('menuitem', { name: /API’s address/ }),
    ).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(menu).toBeFocused();
  });

  await test.step('so does the probe’s dialog, which sends nothing unasked', async () => {
    const run = page.getByRole('button', { name: 'Run probe…' }).first();
    await tabTo(page, run, 'Shift+Tab');
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Probe prefix caching' });
    await expect(
      dialog.getByRole('heading', { name: 'Probe prefix caching' }),
    ).toBeVisible();
    await expect(dialog.locator('[tabindex="-1"]').first()).toBeFocused();
    await tabTo(page, dialog.getByRole('button', { name: 'Cancel' }));
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
    await expect(run).toBeFocused();
  });

  await test.step('a hop leads to its check, which folds and unfolds', async () => {
    await tabTo(
      page,
      page.getByRole('link', { name: /^Request body\s*, Fail/ }),
    );
    await page.keyboard.press('Enter');
    const check = page.getByRole('button', {
      name: 'Details of gateway.request-body',
    });
    await expect(check).toBeFocused();
    await expect(check).toHaveAttribute('aria-expanded', 'true');
    await expect(page).toHaveURL(/check=gateway\.request-body/);
    await page.keyboard.press('Enter');
    await expect(check).toHaveAttribute('aria-expanded', 'false');
    await page.keyboard.press('Enter');
    await expect(check).toHaveAttribute('aria-expanded', 'true');
  });

  await test.step('a finding can be accepted, or left as it is', async () => {
    const waive = page
      .getByRole('button', { name: 'Accept for a time…' })
      .first();
    await tabTo(page, waive);
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: /^Accept / });
    await tabTo(page, dialog.getByRole('textbox', { name: 'Reason' }));
    await page.keyboard.type('Known, and mended next week');
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
    await expect(waive).toBeFocused();
  });

  await test.step('the fleet is filtered, and a row leads to its check', async () => {
    await page.goto('/prefix-caching?scope=all');
    const failing = page.getByRole('button', { name: /\d+ Fail/ });
    await tabTo(page, failing);
    await page.keyboard.press('Space');
    await expect(page).toHaveURL(/verdict=fail/);
    await expect(failing).toBeFocused();
    const services = page.getByRole('table', { name: 'Services, worst first' });
    await expect(services.getByText('Pass', { exact: true })).toHaveCount(0);
    await tabTo(page, services.getByRole('link', { name: /^Gateway/ }).first());
    await page.keyboard.press('Enter');
    await expect(
      page.getByRole('button', { name: 'Details of gateway.request-body' }),
    ).toBeFocused({ timeout: 60_000 });
  });
});

test('the template without a mouse', async ({ page }) => {
  const values = {
    owner: 'group:default/team-assist',
    lifecycle: 'experimental',
    repoUrl: 'localhost:7009?owner=platform&repo=qwen-keys',
  };
  const next = page.getByRole('button', { name: 'Next' });
  await staySignedIn(page);
  await page.goto(
    `/create/templates/default/prefix-caching-deployment?formData=${encodeURIComponent(
      JSON.stringify(values),
    )}`,
  );
  // The form begins where one writes.
  await expect(page.getByRole('textbox', { name: 'Name' })).toBeFocused({
    timeout: 30_000,
  });
  await page.keyboard.type('qwen-keys');
  await tabTo(page, next);
  await page.keyboard.press('Enter');

  await test.step('accelerators: chosen, counted, given a length', async () => {
    const use = page.getByRole('checkbox', { name: 'Use NVIDIA L4' });
    await tabTo(page, use);
    await page.keyboard.press('Space');
    await expect(use).toBeChecked();
    const devices = page.getByLabel('Devices of NVIDIA L4 per replica');
    await tabTo(page, devices);
    await page.keyboard.press('ArrowDown');
    await expect(devices).toHaveValue('2');
    await tabTo(page, page.getByLabel('Maximum length on NVIDIA L4, tokens'));
    await page.keyboard.press('Control+A');
    await page.keyboard.type('4096');
    await expect(
      page.getByRole('status').filter({ hasText: 'the model fits' }),
    ).toBeVisible({ timeout: 30_000 });
    await tabTo(page, next);
    await page.keyboard.press('Enter');
  });

  await test.step('a wrong weight is told beside its field', async () => {
    await expect(page.getByText('Network policies').first()).toBeVisible();
    const section = page.getByRole('heading', {
      name: 'Scorers of the endpoint picker',
    });
    await expect(section).toBeVisible();
    await tabTo(page, page.getByRole('button', { name: 'Add item' }).first());
    await page.keyboard.press('Enter');
    await tabTo(page, page.getByRole('textbox', { name: 'Scorer' }));
    await page.keyboard.type('prefix-cache-scorer');
    const weight = page.getByLabel(/^Weight/);
    await tabTo(page, weight);
    await page.keyboard.type('-1');
    await tabTo(page, next);
    await page.keyboard.press('Enter');
    // The browser says what is wrong there, and does not go on.
    await expect(weight).toBeFocused();
    expect(
      await weight.evaluate(
        field => field instanceof HTMLInputElement && field.validationMessage,
      ),
    ).toMatch(/0/);
    await page.keyboard.press('Control+A');
    await page.keyboard.type('3');
    await tabTo(page, next);
    await page.keyboard.press('Enter');
  });

  await test.step('the review, with what will be committed', async () => {
    await expect(page.getByText('Where to').first()).toBeVisible();
    await tabTo(page, next);
    await page.keyboard.press('Enter');
    await expect(
      page.getByRole('region', { name: /static checks pass/ }),
    ).toBeVisible({ timeout: 60_000 });
    const file = page
      .getByRole('button', { name: /^deploy\/qwen-keys/ })
      .first();
    await tabTo(page, file);
    await page.keyboard.press('Enter');
    await tabTo(page, page.getByRole('button', { name: 'Review' }));
    await page.keyboard.press('Enter');
    await expect(page.getByRole('button', { name: 'Create' })).toBeVisible();
  });
});
