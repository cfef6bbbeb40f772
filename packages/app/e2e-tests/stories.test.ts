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
  conditionsOf,
  patch,
  remove,
  staySignedIn,
  statusOfOneRequest,
  tabOf,
  verdictOf,
} from './portal';

// What people ask, each answered by the page; docs/stories.md lists them by these titles.

const NAMESPACE = 'llm-serving';
const DEPLOYMENTS = `/apis/apps/v1/namespaces/${NAMESPACE}/deployments`;
const HEALTHY = 'qwen-3b-chat';
const BROKEN = 'llama-8b-summarize';

/** The tab of a component, as soon as its verdict is what it is in the sandbox. */
async function openTab(page: Page, component: string, verdict: RegExp) {
  await staySignedIn(page);
  await page.goto(tabOf(component));
  await expect(verdictOf(page)).toContainText(verdict, { timeout: 90_000 });
}

/** Unfolds a check of the tab, whichever are listed. */
async function openCheck(page: Page, check: string) {
  await page.getByRole('button', { name: /^All \(/ }).click();
  const button = page.getByRole('button', { name: `Details of ${check}` });
  await button.click();
  await expect(button).toHaveAttribute('aria-expanded', 'true');
}

test('Model owner: we enabled prefix caching; is it actually working?', async ({
  page,
}) => {
  await openTab(page, HEALTHY, /Prefix caching works/);
  await expect(verdictOf(page)).toContainText(
    /\d+% of prompt tokens on GPU and \d+% on TPU came from cache/,
  );
  await expect(verdictOf(page)).toBeInViewport({ ratio: 1 });
});

test('On-call: is it broken, which hop is it, and who owns that?', async ({
  page,
}) => {
  await openTab(page, BROKEN, /not working/);
  const card = page.getByRole('region', { name: /not working/ });
  const layer = card
    .getByRole('definition')
    .filter({ has: page.getByRole('link', { name: 'gateway.request-body' }) });
  const responsible = card
    .getByRole('definition')
    .filter({ has: page.getByRole('link', { name: 'ML platform' }) });
  const hop = page.getByRole('link', { name: /^Request body\s*, Fail/ });
  for (const part of [
    card.getByRole('heading', { level: 2, name: /not working/ }),
    card.getByRole('term').filter({ hasText: /^Failing layer$/ }),
    layer.first(),
    card.getByRole('term').filter({ hasText: /^Responsible$/ }),
    responsible.first(),
    hop,
  ]) {
    await expect(part).toBeInViewport({ ratio: 1 });
  }
});

test('Platform engineer: the whole fleet, worst first', async ({ page }) => {
  await staySignedIn(page);
  await page.goto('/prefix-caching?scope=all');
  const services = page.getByRole('table', { name: 'Services, worst first' });
  await expect(services).toBeVisible({ timeout: 60_000 });
  const rank = { Fail: 0, Inconclusive: 1, Warning: 2, Pass: 4 };
  const words = await services
    .getByRole('row')
    .getByRole('cell', { name: /^(Fail|Inconclusive|Warning|Pass)/ })
    .evaluateAll(cells =>
      cells.map(cell => /^[A-Z][a-z]+/.exec(cell.textContent ?? '')?.[0]),
    );
  const ranks = words.flatMap(word =>
    word !== undefined && word in rank ? [rank[word as keyof typeof rank]] : [],
  );
  expect(ranks.length).toBeGreaterThanOrEqual(4);
  expect(ranks).toEqual([...ranks].sort());
  expect(ranks[0]).toBe(0);
});

test('Capacity: how many warm tokens does each replica hold?', async ({
  page,
}) => {
  await openTab(page, HEALTHY, /Prefix caching works/);
  const replicas = page.getByRole('table', { name: 'Replicas by accelerator' });
  await expect(
    replicas.getByRole('columnheader', { name: 'KV tokens · block' }),
  ).toBeVisible();
  await expect(
    replicas.getByRole('cell', { name: /^[\d,]+ · 16$/ }),
  ).toHaveCount(3);
  await expect(
    replicas.getByRole('cell', { name: /^[\d,]+ · 128$/ }),
  ).toHaveCount(2);
});

test('kserve#4980: as a newcomer I see which hop fails, and the fix', async ({
  page,
}) => {
  await openTab(page, BROKEN, /not working/);
  await page.getByRole('link', { name: /^Request body\s*, Fail/ }).click();
  const check = page.getByRole('button', {
    name: 'Details of gateway.request-body',
  });
  await expect(check).toHaveAttribute('aria-expanded', 'true');
  await expect(check).toBeFocused();
  const fix = page.getByRole('term').filter({ hasText: /^Fix$/ });
  await expect(fix.first()).toBeInViewport();
});

test('istio#59577: all conditions are True and requests return 200, and yet it does not work', async ({
  page,
}) => {
  for (const { type, status } of await conditionsOf(NAMESPACE, BROKEN)) {
    expect(status, type).toBe('True');
  }
  expect(await statusOfOneRequest(NAMESPACE, BROKEN)).toBe(200);
  await openTab(page, BROKEN, /not working/);
  await openCheck(page, 'status.conditions');
  await expect(
    page
      .getByText(/KServe’s own conditions; green here proves nothing/)
      .first(),
  ).toBeVisible();
});

test('kserve#5716, kserve#5331: how gateway and endpoint picker are wired, expected beside actual', async ({
  page,
}) => {
  await openTab(page, HEALTHY, /Prefix caching works/);
  await openCheck(page, 'gateway.picker-tls');
  for (const name of ['Expected', 'Actual']) {
    await expect(
      page
        .getByRole('term')
        .filter({ hasText: new RegExp(`^${name}$`) })
        .first(),
    ).toBeVisible();
  }
});

test('gateway-api-inference-extension#1170: which scorers are on, by what weight, and from where', async ({
  page,
}) => {
  await openTab(page, HEALTHY, /Prefix caching works/);
  const scorers = page
    .getByRole('table', { name: /^Scorers of profile default/ })
    .first();
  await expect(
    scorers.getByRole('row', { name: /prefix-cache-scorer/ }),
  ).toContainText(/prefix-cache-scorer.*\d/);
  await expect(page.getByText(/^Read from .+/).first()).toBeVisible();
});

test('llm-d-router#81: how much of a prompt matches, and why this replica gets it', async ({
  page,
}) => {
  await openTab(page, HEALTHY, /Prefix caching works/);
  await expect(
    page.getByText(/^Affinity wins by |^Affinity loses by /).first(),
  ).toBeVisible();
  await expect(
    page.getByRole('table', { name: 'Final score of each replica' }).first(),
  ).toBeVisible();
  const waiting = page
    .getByRole('slider', { name: 'Waiting on warm replica' })
    .first();
  const margin = page.getByText(/^(Stays on|Leaves) the warm replica/).first();
  await waiting.press('Home');
  await expect(margin).toContainText(/^Stays on/);
  // One waits there, and nothing of the prompt is: it leaves.
  await waiting.press('End');
  await page
    .getByRole('slider', { name: 'Prefix match' })
    .first()
    .press('Home');
  await expect(margin).toContainText(/^Leaves/);
});

test('llm-d-router#2896: what the picker predicts beside what the engines deliver', async ({
  page,
}) => {
  await openTab(page, HEALTHY, /Prefix caching works/);
  const funnel = page.getByRole('group', { name: /^Reuse funnel GPU/ });
  for (const step of ['Captured', 'Delivered']) {
    await expect(
      funnel.getByRole('term').filter({ hasText: step }),
    ).toBeVisible();
  }
  await expect(
    funnel.getByRole('definition').filter({ hasText: /^\d+\.\d%$/ }),
  ).toHaveCount(2);
});

test('llm-d-router#669: does everything go to one pod?', async ({ page }) => {
  await openTab(page, HEALTHY, /Prefix caching works/);
  const replicas = page.getByRole('table', { name: 'Replicas by accelerator' });
  await expect(replicas.getByText(/hottest ÷ mean \d/).first()).toBeVisible();
  await expect(
    replicas.getByRole('cell', { name: /^[\d,]+ · \d+\.\d%$/ }),
  ).toHaveCount(5);
});

test('llm-d-router#1158, vllm#40696: how long a prompt must be to hit at all', async ({
  page,
}) => {
  await openTab(page, HEALTHY, /Prefix caching works/);
  for (const [lane, block] of [
    ['GPU', 'blocks of 16'],
    ['TPU', 'blocks of 128'],
  ]) {
    await expect(
      page
        .getByRole('group', { name: new RegExp(`^Request path .*${lane}`) })
        .getByRole('link', { name: /^KV cache/ }),
    ).toContainText(block);
  }
  await openCheck(page, 'engine.block-size');
});

test('llm-d-router#2274, llm-d-infra#86: precise mode scores nothing while engines and picker hash differently', async ({
  page,
}) => {
  const service = `/apis/serving.kserve.io/v1alpha2/namespaces/${NAMESPACE}/llminferenceservices/qwen-3b-gpu`;
  const useConfig = (inline: object | null) =>
    patch(service, { spec: { router: { scheduler: { config: { inline } } } } });
  const producer = 'precise-prefix-cache-producer';
  await openTab(page, HEALTHY, /Prefix caching works/);
  try {
    await useConfig({
      apiVersion: 'llm-d.ai/v1alpha1',
      kind: 'EndpointPickerConfig',
      plugins: [
        {
          type: producer,
          parameters: { tokenProcessorConfig: { blockSize: 16 } },
        },
        {
          type: 'prefix-cache-scorer',
          parameters: { prefixMatchInfoProducerName: producer },
        },
        { type: 'max-score-picker' },
        { type: 'single-profile-handler' },
      ],
      schedulingProfiles: [
        {
          name: 'default',
          plugins: [
            { pluginRef: 'prefix-cache-scorer', weight: 3 },
            { pluginRef: 'max-score-picker' },
          ],
        },
      ],
    });
    await expect(verdictOf(page)).toContainText(/not working/, {
      timeout: 90_000,
    });
    await openCheck(page, 'engine.block-size');
    await expect(
      page.getByText(/^Engines hash blocks with sha256/).first(),
    ).toBeVisible();
  } finally {
    await useConfig(null);
    // KServe leaves a running picker the configuration it has; a new one gets the default.
    await remove(`${DEPLOYMENTS}/qwen-3b-gpu-kserve-router-scheduler`);
  }
});

test('production-stack#1035: load and reuse of each replica side by side', async ({
  page,
}) => {
  await openTab(page, HEALTHY, /Prefix caching works/);
  const replicas = page.getByRole('table', { name: 'Replicas by accelerator' });
  for (const name of ['Delivered', 'Running · waiting', 'KV in use']) {
    await expect(
      replicas.getByRole('columnheader', { name, exact: true }),
    ).toBeVisible();
  }
  await expect(replicas.getByRole('cell', { name: /^\d+ · \d+$/ })).toHaveCount(
    5,
  );
});

test('gateway-api-inference-extension#692: a second endpoint picker without a leader is told', async ({
  page,
}) => {
  const picker = `${DEPLOYMENTS}/qwen-3b-gpu-kserve-router-scheduler`;
  await openTab(page, HEALTHY, /Prefix caching works/);
  try {
    await patch(picker, { spec: { replicas: 2 } });
    await expect(
      page.getByRole('link', { name: /^Endpoint picker\s*, Warning/ }),
    ).toBeVisible({ timeout: 60_000 });
  } finally {
    await patch(picker, { spec: { replicas: 1 } });
  }
});

test('llm-d-autoscaling#163: a scale event stands on the time line of the hit ratio', async ({
  page,
}) => {
  const replicas = `${DEPLOYMENTS}/qwen-3b-gpu-kserve`;
  await openTab(page, HEALTHY, /Prefix caching works/);
  try {
    await patch(replicas, { spec: { replicas: 2 } });
    // An open chart would be read again within a minute.
    await expect(async () => {
      await page.reload();
      await page.getByRole('button', { name: 'Table' }).first().click();
      await expect(
        page.getByText(/2 ready replicas instead of 3/).first(),
      ).toBeVisible({ timeout: 5_000 });
    }).toPass({ timeout: 90_000 });
  } finally {
    await patch(replicas, { spec: { replicas: 3 } });
  }
});
