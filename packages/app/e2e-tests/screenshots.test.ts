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
import path from 'node:path';
import { signIn, tabOf, verdictOf } from './portal';

const IMAGES = path.resolve(__dirname, '../../../docs/images');

/** `npm run screenshots`: the pictures of the documentation, so that it shows what is. */
for (const theme of ['light', 'dark'] as const) {
  for (const [view, component, verdict] of [
    ['healthy', 'qwen-3b-chat', /Prefix caching works/],
    ['broken', 'llama-8b-summarize', /not working/],
    ['unproven', 'qwen-8b-batch', /not yet proven/],
  ] as const) {
    test(`${view}, ${theme}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme: theme });
      await signIn(page);
      await page.goto(tabOf(component));
      await expect(verdictOf(page)).toContainText(verdict, { timeout: 60_000 });
      // What is below the verdict comes a little later.
      await expect(page.getByRole('table', { name: 'Checks' })).toBeVisible({
        timeout: 60_000,
      });
      await page.screenshot({
        path: path.join(IMAGES, `tab-${view}-${theme}.png`),
      });
    });
  }

  test(`the fleet, ${theme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme });
    await signIn(page);
    await page.goto('/prefix-caching');
    await expect(
      page.getByRole('heading', { name: /services? fail/ }),
    ).toBeVisible({ timeout: 60_000 });
    await page.screenshot({ path: path.join(IMAGES, `fleet-${theme}.png`) });
  });
}
