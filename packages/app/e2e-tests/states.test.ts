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

import { expect, test, type Page } from '@playwright/test';
import {
  create,
  patch,
  readConfigMap,
  readManifest,
  remove,
  staySignedIn,
  tabOf,
  verdictOf,
  verifyNow,
} from './portal';

// What a person reads while a service is neither fine nor broken. What a step changes in the
// sandbox, it changes back.

const HEALTHY = 'qwen-3b-chat';
const QUIET = 'qwen-8b-batch';
const TEN_MINUTES = 600_000;

const ACCESS = '/api/v1/namespaces/sandbox-system/configmaps/sandbox-access';

const SERVICES =
  '/apis/serving.kserve.io/v1alpha2/namespaces/llm-serving/llminferenceservices';

function serviceOf(name: string) {
  return `${SERVICES}/${name}`;
}

/** While `change` holds of who may do what in the cluster. */
async function withAccess(
  change: (rules: string) => string,
  during: () => Promise<void>,
) {
  const { 'access.yaml': rules } = await readConfigMap(ACCESS);
  const changed = change(rules);
  expect(changed).not.toBe(rules);
  await patch(ACCESS, { data: { 'access.yaml': changed } });
  try {
    await during();
  } finally {
    await patch(ACCESS, { data: { 'access.yaml': rules } });
  }
}

async function openTab(page: Page, component: string) {
  await page.goto(tabOf(component));
  await expect(verdictOf(page)).toContainText(/\w/, { timeout: 60_000 });
}

/** A fact of the verdict card. */
function fact(page: Page, text: RegExp) {
  return page.getByRole('definition').filter({ hasText: text }).first();
}

test('a model server that names no service', async ({ page }) => {
  await staySignedIn(page);
  await page.goto('/catalog/default/api/qwen-14b-translate/prefix-caching');
  await expect(page.getByRole('group', { name: 'Annotation' })).toContainText(
    'serving.kserve.io/llm-inference-services:',
    { timeout: 60_000 },
  );
  await page.getByRole('link', { name: /from the template/ }).click();
  await expect(page.getByRole('textbox', { name: 'Name' })).toBeVisible({
    timeout: 30_000,
  });
});

test('a service that is stopped, that is not there, that starts, and that may not be read in full', async ({
  page,
}) => {
  await staySignedIn(page);

  await test.step('inconclusive: nobody sends requests', async () => {
    await openTab(page, QUIET);
    await expect(verdictOf(page)).toContainText(
      /^Configured, not yet proven: no requests on \S+ for .+\. All that could be read is right\.$/,
      { timeout: 60_000 },
    );
  });

  await test.step('stopped', async () => {
    const stop = (value: string | null) =>
      patch(serviceOf(QUIET), {
        metadata: { annotations: { 'serving.kserve.io/stop': value } },
      });
    await stop('true');
    try {
      await verifyNow(page);
      await expect(verdictOf(page)).toContainText(
        /^Stopped on purpose: \S+\. Nothing is verified while it is stopped\.$/,
        { timeout: 60_000 },
      );
      await expect(
        fact(page, /^Start the service to have it verified/),
      ).toBeVisible();
    } finally {
      await stop(null);
    }
  });

  await test.step('not there', async () => {
    const manifest = await readManifest(serviceOf(QUIET));
    await remove(serviceOf(QUIET));
    try {
      await expect(async () => {
        await verifyNow(page);
        await expect(verdictOf(page)).toContainText(
          /^There is no LLMInferenceService llm-serving\/qwen-8b-batch on cluster sandbox\.$/,
          { timeout: 3_000 },
        );
      }).toPass({ timeout: 60_000 });
      await expect(
        fact(page, /^Apply the manifests of the service/),
      ).toBeVisible();

      await page.goto('/prefix-caching');
      await page.getByRole('button', { name: 'All', exact: true }).click();
      const row = page
        .getByRole('table', { name: 'Services, worst first' })
        .getByRole('row')
        .filter({ hasText: QUIET });
      await expect(row).toContainText('Fail');
      await expect(row).toContainText('There is no LLMInferenceService');
      await openTab(page, QUIET);
    } finally {
      await create(SERVICES, manifest);
    }
    await expect(async () => {
      await verifyNow(page);
      await expect(verdictOf(page)).toContainText(
        /^Configured, not yet proven/,
        { timeout: 3_000 },
      );
    }).toPass({ timeout: 90_000 });
  });

  await test.step('progressing', async () => {
    await openTab(page, HEALTHY);
    await patch(serviceOf('qwen-3b-tpu'), { spec: { replicas: 3 } });
    try {
      await verifyNow(page);
      await expect(verdictOf(page)).toContainText(
        /^Starting: 2 of 3 TPU replicas ready\. The verdict follows\.$/,
        { timeout: 20_000 },
      );
      await expect(
        fact(page, /^Wait until the replicas are ready/),
      ).toBeVisible();
    } finally {
      await patch(serviceOf('qwen-3b-tpu'), { spec: { replicas: 2 } });
    }
  });

  await test.step('partly forbidden', async () => {
    await withAccess(
      rules =>
        rules.replace(
          'resources: [secrets]',
          'resources: [secrets, pods/proxy]',
        ),
      async () => {
        await verifyNow(page);
        await expect(verdictOf(page)).toContainText(
          /^Can’t tell whether prefix caching works: .+ may not be read on sandbox\.$/,
          { timeout: 60_000 },
        );
      },
    );
  });
});

test('a cluster that does not answer, and a verdict that nobody renews', async ({
  page,
}) => {
  await staySignedIn(page);
  await openTab(page, HEALTHY);
  await expect(verdictOf(page)).toContainText(/^Prefix caching works/, {
    timeout: 90_000,
  });
  await withAccess(
    rules =>
      rules.replace(
        'token: sandbox-reader',
        'token: sandbox-reader\n    cut: true',
      ),
    async () => {
      await test.step('stale', async () => {
        // A schedule that stands still is what a portal's own trouble looks like.
        const report = `**/api/prefix-caching/entities/component/default/${HEALTHY}`;
        await page.route(report, async route => {
          const response = await route.fetch();
          const body = await response.json();
          for (const { verification } of body.targets) {
            verification.freshness = 'stale';
            verification.verdict = 'pass';
            verification.observedAt = new Date(
              Date.parse(body.generatedAt) - TEN_MINUTES,
            ).toISOString();
          }
          await route.fulfill({ response, json: body });
        });
        await openTab(page, HEALTHY);
        await expect(verdictOf(page)).toContainText(
          /^Passed at .+, not checked since: 10 min old, expected every 10 sec\.$/,
        );
        await page.unroute(report);
      });

      await test.step('unreachable', async () => {
        // What was read before counts for a minute.
        await openTab(page, HEALTHY);
        await expect(verdictOf(page)).toContainText(
          /^No current verdict: cluster sandbox does not answer since .+/,
          { timeout: 150_000 },
        );
      });
    },
  );

  await test.step('it answers again', async () => {
    await expect(async () => {
      await verifyNow(page);
      await expect(verdictOf(page)).toContainText(/^Prefix caching works/, {
        timeout: 5_000,
      });
    }).toPass({ timeout: 120_000 });
  });
});
