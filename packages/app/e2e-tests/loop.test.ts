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
import { expect, type Page, test } from '@playwright/test';
import {
  conditionsOf,
  patch,
  signIn,
  statusOfOneRequest,
  tabOf,
  verdictOf,
} from './portal';

const NAMESPACE = 'llm-serving';
const PICKER = `/apis/apps/v1/namespaces/${NAMESPACE}/deployments/qwen-demo-gpu-svc-kserve-router-scheduler`;

/** No finding of axe in one part of the page. */
async function expectAccessible(page: Page, part: string) {
  const { violations } = await new AxeBuilder({ page }).include(part).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`)).toEqual(
    [],
  );
}

test('from the template to a verified tab, broken in silence, and mended', async ({
  page,
}) => {
  await signIn(page);

  await test.step('the form: Qwen2.5-3B on T4 and TPU v6e', async () => {
    await page.getByRole('link', { name: 'Create' }).first().click();
    await expect(
      page
        .getByRole('heading', { name: 'Prefix-cached model service' })
        .first(),
    ).toBeVisible({ timeout: 30_000 });
    await page.getByRole('button', { name: 'Choose' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('qwen-demo');
    await page.getByRole('textbox', { name: 'Owner' }).fill('assist');
    await page
      .getByRole('option', { name: /assist/i })
      .first()
      .click();
    await page.getByRole('button', { name: 'Next' }).click();

    // The picker says whether the model fits, and prefills a length that does.
    await page.getByRole('checkbox', { name: 'Use NVIDIA T4' }).check();
    await page.getByLabel(/^Topology of Google TPU v6e/).selectOption('2x2');
    await page.getByRole('checkbox', { name: /^Use Google TPU v6e/ }).check();
    await expect(
      page.getByRole('status').filter({ hasText: 'the model fits' }),
    ).toContainText(/NVIDIA T4 and Google TPU v6e/, { timeout: 15_000 });
    await expectAccessible(page, '#root_accelerators');
    await page.getByLabel('Maximum length on NVIDIA T4, tokens').fill('4096');
    await page.getByLabel(/^Maximum length on Google TPU v6e/).fill('2048');
    await page.getByRole('button', { name: 'Next' }).click();
    await expect(page.getByText('Network policies').first()).toBeVisible();
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByRole('textbox', { name: 'Owner' }).fill('platform');
    const repository = page.getByRole('textbox', { name: 'Repository' });
    await repository.fill('qwen-demo');
    // Backstage's picker takes the value when the field is left.
    await repository.press('Tab');
    await page.getByRole('button', { name: 'Next' }).click();
    await expect(
      page.getByRole('region', { name: /files, \d+ static checks pass/ }),
    ).toContainText('Nothing has been written yet');
    await expectAccessible(page, '#root_preview');
    await page
      .getByRole('button', { name: /^deploy\/qwen-demo-tpu-svc\.yaml/ })
      .click();
    await expect(
      page.getByText(/name: qwen-demo-tpu-svc/).first(),
    ).toBeVisible();
    await page.getByRole('button', { name: 'Review' }).click();
    await page.getByRole('button', { name: 'Create' }).click();
  });

  await test.step('the repository holds the files', async () => {
    const repository = page.getByRole('link', { name: /repository/i }).first();
    await expect(repository).toBeVisible({ timeout: 60_000 });
    for (const file of [
      'catalog-info.yaml',
      'README.md',
      'deploy/kustomization.yaml',
      'deploy/qwen-demo-gpu-svc.yaml',
      'deploy/qwen-demo-tpu-svc.yaml',
    ]) {
      const response = await page.request.get(
        `http://localhost:7009/platform/qwen-demo/-/blob/main/${file}`,
      );
      expect(response.status(), file).toBe(200);
    }
  });

  await test.step('within 60 s its tab goes from progressing to a verdict', async () => {
    await page.goto(tabOf('qwen-demo'));
    await expect(verdictOf(page)).toContainText(/^Starting: /, {
      timeout: 15_000,
    });
    await expect(verdictOf(page)).toContainText(
      /not yet proven|Prefix caching works/,
      { timeout: 60_000 },
    );
    await expect(verdictOf(page)).toContainText(/Prefix caching works/, {
      timeout: 90_000,
    });
  });

  await test.step('one target loses its picker, and all stays green', async () => {
    await patch(PICKER, { spec: { replicas: 0 } });
    await expect(
      page.getByRole('link', { name: /^Endpoint picker\s*, Fail/ }),
    ).toBeVisible({ timeout: 30_000 });
    await expect(verdictOf(page)).toContainText(/not working/);
    const facts = page.getByRole('region', { name: /not working/ });
    await expect(facts.getByText('Failing layer')).toBeVisible();
    await expect(
      facts.getByRole('link', { name: 'router.available' }),
    ).toBeVisible();
    await expect(
      facts.getByRole('link', { name: 'ML platform' }),
    ).toBeVisible();

    expect(await statusOfOneRequest(NAMESPACE, 'qwen-demo-gpu-svc')).toBe(200);
    for (const condition of await conditionsOf(
      NAMESPACE,
      'qwen-demo-gpu-svc',
    )) {
      expect(condition.status, condition.type).toBe('True');
    }
  });

  await test.step('mended, it recovers', async () => {
    await patch(PICKER, { spec: { replicas: 1 } });
    await expect(verdictOf(page)).toContainText(/Prefix caching works/, {
      timeout: 90_000,
    });
  });
});
