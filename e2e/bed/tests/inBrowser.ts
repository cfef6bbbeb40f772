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
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, afterEach, before, it } from 'node:test';
import { chromium, type Browser, type Page } from '@playwright/test';
import { BROWSER_FLAGS } from '../../../scripts/browser';
import { fileOf } from '../src/parts';
import { ServedPortal } from '../src/ServedPortal';
import { until } from '../src/until';
import type { RealService } from './realService';

/** Git ignores it. */
const PICTURES = path.resolve(__dirname, '../../../e2e-test-report/bed');

/** What somebody sees of the real service who opens the portal in a browser. */
export function inBrowser(service: () => RealService): void {
  let portal: ServedPortal | undefined;
  let browser: Browser | undefined;
  let page: Page;
  let pictures = 0;

  before(async () => {
    fs.rmSync(PICTURES, { recursive: true, force: true });
    fs.mkdirSync(PICTURES, { recursive: true });
    const { bed, serving, portalToken, metricsToken } = service();
    portal = await ServedPortal.start({
      folder: path.join(bed.folder, 'portal'),
      apiServer: bed.apiServer,
      token: portalToken,
      metricsToken,
      entity: serving.objects.entity,
    });
    browser = await chromium.launch({
      executablePath: fileOf(bed.parts.browser),
      args: BROWSER_FLAGS,
    });
    page = await browser.newPage({
      baseURL: portal.url,
      viewport: { width: 1366, height: 768 },
    });
    page.setDefaultTimeout(60_000);
  });

  after(async () => {
    await browser?.close();
    await portal?.stop();
  });

  afterEach(async () => {
    pictures += 1;
    await page.screenshot({ path: path.join(PICTURES, `${pictures}.png`) });
  });

  /** Applications go on sending requests while somebody looks at the page. */
  async function untilVerdict(
    words: RegExp,
    traffic: () => Promise<unknown>,
  ): Promise<void> {
    const verdict = page.getByRole('status').filter({ hasText: words });
    await until(`the page's verdict is ${words}`, async () => {
      await traffic();
      return verdict.first().isVisible();
    });
  }

  it('a guest opens the tab of the service and reads that prefix caching works', async () => {
    const { serving, traffic } = service();
    await page.goto('/');
    await page.getByRole('button', { name: 'Enter' }).click();
    await page.getByRole('link', { name: 'Create' }).first().waitFor();
    await page.goto(
      `/catalog/default/component/${serving.objects.entity.metadata.name}`,
    );
    await page
      .getByRole('navigation', { name: 'Content navigation' })
      .getByRole('link', { name: 'Prefix caching' })
      .click();
    await untilVerdict(/Prefix caching works/, traffic);
  });

  it('the same page says that it does not when the picker is killed, and why', async () => {
    const { serving, blindTraffic } = service();
    await serving.killPicker();
    await serving.openGateway({ pickerTls: true, knowsPicker: false });
    await untilVerdict(/not working/, blindTraffic);
    const card = page.getByRole('region', { name: /not working/ });
    await card.getByRole('link', { name: 'router.available' }).waitFor();
  });

  it('and that it works again once there is a picker', async () => {
    const { serving, traffic } = service();
    await serving.replacePicker();
    await serving.openGateway({ pickerTls: true });
    await untilVerdict(/Prefix caching works/, traffic);
    assert.equal(
      await page
        .getByRole('status')
        .filter({ hasText: /not working/ })
        .count(),
      0,
    );
  });
}
