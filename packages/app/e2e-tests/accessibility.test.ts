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
import { expect, test } from '@playwright/test';
import { signIn, tabOf, verdictOf } from './portal';

for (const theme of ['light', 'dark'] as const) {
  for (const component of [
    'qwen-3b-chat',
    'llama-8b-summarize',
    'qwen-8b-batch',
  ]) {
    test(`the tab of ${component} keeps nobody out (${theme})`, async ({
      page,
    }) => {
      await page.emulateMedia({ colorScheme: theme });
      await signIn(page);
      await page.goto(tabOf(component));
      await expect(verdictOf(page)).toContainText(/Prefix caching|proven/, {
        timeout: 60_000,
      });
      const { violations } = await new AxeBuilder({ page })
        .include('[data-prefix-caching=tab]')
        .analyze();
      expect(
        violations
          .filter(({ impact }) => impact === 'serious' || impact === 'critical')
          .map(({ id, nodes }) => `${id}: ${nodes[0].html}`),
      ).toEqual([]);
    });
  }
}

test('the first screen says verdict, layer and owner without scrolling', async ({
  page,
}) => {
  await signIn(page);
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
