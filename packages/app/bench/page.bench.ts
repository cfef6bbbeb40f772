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

/**
 * What the tab and the fleet cost a user, over a network of 30 ms: how long until the verdict is on
 * the screen, beside Backstage's own Kubernetes tab of the same entity, and what is transferred; what
 * of the code a portal without the plugin does not carry; and the fleet of 1,000 entities, with a
 * cluster of as many services.
 *
 * Prints; nothing depends on it. Starts the portal of `npm start`, or takes the one that runs with
 * PORTAL_RUNNING=1; then starts the one of the large fleet. BENCH_PARTS=tab or =fleet does one of the
 * two, BENCH_ENTITIES says how large the fleet is, and BENCH_ROUNDS how often each tab is opened.
 */
import { chromium, type Browser, type Page } from '@playwright/test';
import { newInChunk, modulesOfStockPortal } from './bundles';
import { startLargeFleet } from './largeFleet';
import { PORTAL, startPortal } from './portal';
import { Traffic, type Transfer } from './Traffic';
import { timeUntil } from './timeUntil';

const ENTITY = `${PORTAL}/catalog/default/component/qwen-3b-chat`;
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 9);
const LATENCY_MS = 30;
const ENTITIES = Number(process.env.BENCH_ENTITIES ?? 1_000);
/** The first observation of so many services, on a machine that has other things to do. */
const FLEET_PATIENCE_MS = 600_000;

/** The name of the first service listed. */
const FIRST_ROW = '[data-prefix-caching="fleet"] tbody tr:first-child th b';

const TABS = [
  {
    name: 'Prefix caching',
    path: 'prefix-caching',
    // The overview has the same sentence, on its card.
    verdict: {
      within: '[data-prefix-caching="tab"]',
      text: '^Prefix caching works on',
    },
  },
  {
    name: 'Kubernetes',
    path: 'kubernetes',
    verdict: { within: 'body', text: '^(No pods|\\d+ pods?) with errors$' },
  },
] as const;

async function main() {
  const parts = (process.env.BENCH_PARTS ?? 'tab,fleet').split(',');
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  try {
    if (parts.includes('tab')) await measureTab(browser);
    if (parts.includes('fleet')) await measureLargeFleet(browser);
  } finally {
    await browser.close();
  }
}

async function measureTab(browser: Browser) {
  const carried = modulesOfStockPortal();
  const stop = process.env.PORTAL_RUNNING
    ? async () => {}
    : await startPortal();
  try {
    await untilVerified(browser);
    await measureCode(browser, carried);
    await measureTabs(browser);
  } finally {
    await stop();
  }
}

/** The tab alone, opened by its address: all code that it takes, and what of that is new. */
async function measureCode(browser: Browser, carried: ReadonlySet<string>) {
  const page = await signedIn(browser);
  const traffic = await Traffic.of(page, LATENCY_MS);
  await page.goto(`${ENTITY}/prefix-caching`);
  await page.locator(`${TABS[0].verdict.within} h2`).first().waitFor();
  const untilVerdict = new Set(scriptsOf(traffic.taken()));
  const all = new Set(scriptsOf(await traffic.quiet()));
  const later = [...all].filter(script => !untilVerdict.has(script));
  const sizeOf = (scripts: Iterable<string>, charts: boolean) =>
    total(
      [...scripts]
        .map(script => newInChunk(script, carried))
        .filter(({ isCharts }) => isCharts === charts)
        .map(({ bytes }) => bytes),
    );
  const first = sizeOf(untilVerdict, false);
  const rest = sizeOf(later, false);
  print(
    `Code that a portal without the plugin does not carry, gzipped: ${kilobytes(
      first,
    )} until the verdict, ${kilobytes(
      rest,
    )} for the rest of the tab, together ${kilobytes(
      first + rest,
    )} before charts; charts ${kilobytes(sizeOf(all, true))}`,
  );
  await page.context().close();
}

async function measureTabs(browser: Browser) {
  const times = TABS.map((): number[] => []);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [index, { name, path: tabPath, verdict }] of TABS.entries()) {
      // A context of its own: nothing of the round before is cached.
      const page = await signedIn(browser);
      const traffic = await Traffic.of(page, LATENCY_MS);
      await page.goto(ENTITY);
      const tab = page
        .locator(`a[href$="${new URL(ENTITY).pathname}/${tabPath}"]`)
        .first();
      await tab.waitFor();
      const before = (await traffic.quiet()).length;
      const time = await timeUntil(page, verdict, () => tab.click());
      times[index].push(time.milliseconds);
      if (round === 0) {
        const all = (await traffic.quiet()).slice(before);
        report(
          `${name}, until its verdict`,
          all.filter(({ at }) => at <= time.at),
        );
        report(`${name}, until all of it is there`, all);
      }
      await page.context().close();
    }
  }
  for (const [index, { name }] of TABS.entries()) {
    print(
      `${name}: verdict after ${summary(times[index])}, ${LATENCY_MS} ms away`,
    );
  }
  const [ours, theirs] = times;
  print(
    `Prefix caching beside Kubernetes: ${median(
      ours.map((time, round) => time / theirs[round]),
    ).toFixed(2)} of its time (median of the rounds); sooner in ${
      ours.filter((time, round) => time < theirs[round]).length
    } of ${ROUNDS}`,
  );
}

async function measureLargeFleet(browser: Browser) {
  const fleet = await startLargeFleet(ENTITIES);
  try {
    const stop = await startPortal(fleet.config);
    try {
      await measureFleet(browser);
    } finally {
      await stop();
    }
  } finally {
    fleet.stop();
  }
}

async function measureFleet(browser: Browser) {
  await untilFleetVerified(browser);
  const page = await signedIn(browser);
  const traffic = await Traffic.of(page, LATENCY_MS);
  await page.goto(PORTAL);
  let before = (await traffic.quiet()).length;
  const step = async (what: string, act: () => Promise<unknown>) => {
    const shown = await page
      .locator(FIRST_ROW)
      .allInnerTexts()
      .then(([text]) => text);
    const time = await timeUntil(
      page,
      { within: FIRST_ROW, text: shown ? `^(?!${shown}$)` : '.' },
      act,
    );
    const all = await traffic.quiet();
    report(
      `Fleet of ${ENTITIES} entities: ${what} after ${time.milliseconds.toFixed(
        0,
      )} ms`,
      all.slice(before).filter(({ at }) => at <= time.at),
    );
    before = all.length;
  };
  await step('table, of own services,', () =>
    page.getByRole('link', { name: 'Prefix caching' }).first().click(),
  );
  // The worst row may be the same: how long everybody's take is not told by it.
  await page.getByRole('button', { name: 'All', exact: true }).click();
  await page
    .locator('button[aria-label="Next page"]:not([disabled])')
    .waitFor();
  before = (await traffic.quiet()).length;
  await step('next page', () =>
    page.getByRole('button', { name: 'Next page' }).click(),
  );
  await step("one team's", () =>
    page.getByLabel('Owner').selectOption('group:default/team-7'),
  );
  await page.context().close();
}

/** All entities are in the catalog, and each has a verdict. */
async function untilFleetVerified(browser: Browser) {
  const page = await signedIn(browser);
  const deadline = Date.now() + FLEET_PATIENCE_MS;
  for (;;) {
    const answer = page.waitForResponse(
      response =>
        response.url().includes('/api/prefix-caching/fleet?') && response.ok(),
      { timeout: FLEET_PATIENCE_MS },
    );
    await page.goto(`${PORTAL}/prefix-caching?scope=all`);
    const { totalItems, totals } = (await (await answer).json()) as {
      totalItems: number;
      totals: Record<string, number>;
    };
    if (totalItems >= ENTITIES && totals.unknown === 0) {
      print(
        `Fleet of ${ENTITIES} entities: ${JSON.stringify(
          totals,
        )} by the back end`,
      );
      break;
    }
    if (Date.now() > deadline) {
      throw new Error(
        `Of ${ENTITIES} services ${totalItems} are listed, ${JSON.stringify(
          totals,
        )}`,
      );
    }
    await page.waitForTimeout(5_000);
  }
  await page.context().close();
}

/** API requests, code and bytes. */
function report(what: string, taken: Transfer[]) {
  const requests = taken.filter(({ url }) => url.includes('/api/'));
  const ours = requests.filter(({ url }) =>
    url.includes('/api/prefix-caching/'),
  );
  print(
    `${what}: ${requests.length} API requests (${
      ours.length
    } to prefix-caching, ${kilobytes(
      total(ours.map(({ bytes }) => bytes)),
    )}), ${scriptsOf(taken).length} chunks that the page had not loaded; ${
      taken.length
    } requests and ${kilobytes(
      total(taken.map(({ bytes }) => bytes)),
    )} transferred in all`,
  );
}

function scriptsOf(taken: Transfer[]): string[] {
  return taken
    .filter(({ url }) => url.endsWith('.js'))
    .map(({ url }) => new URL(url).pathname);
}

function total(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

async function signedIn(browser: Browser): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 1366, height: 768 },
  });
  await context.addInitScript(() =>
    localStorage.setItem('@backstage/core:SignInPage:provider', 'guest'),
  );
  return context.newPage();
}

/** The first verification lands some seconds after the start. */
async function untilVerified(browser: Browser) {
  const page = await signedIn(browser);
  await page.goto(`${ENTITY}/prefix-caching`);
  const { within, text } = TABS[0].verdict;
  await page
    .locator(within)
    .getByText(new RegExp(text))
    .first()
    .waitFor({ timeout: 180_000 });
  await page.context().close();
}

function print(line: string) {
  process.stdout.write(`${line}\n`);
}

function summary(times: number[]): string {
  return `${median(times).toFixed(0)} ms (median of ${times.length}; ${times
    .map(time => time.toFixed(0))
    .join(', ')})`;
}

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`;
}

main().catch(error => {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
});
