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
 * the screen, beside Backstage's own Kubernetes tab of the same entity, what is transferred, and what
 * of the code a portal without the plugin does not carry.
 *
 * Prints; nothing depends on it. Starts the portal of `npm start`, or takes the one that runs with
 * PORTAL_RUNNING=1. BENCH_ROUNDS says how often each tab is opened.
 */
import { chromium, type Browser, type Page } from '@playwright/test';
import { newInChunk, modulesOfStockPortal } from './bundles';
import { PORTAL, startPortal } from './portal';
import { Traffic, type Transfer } from './Traffic';
import { timeUntil } from './timeUntil';

const ENTITY = `${PORTAL}/catalog/default/component/qwen-3b-chat`;
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 9);
const LATENCY_MS = 30;
const ENTITIES = 1_000;

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
  const carried = modulesOfStockPortal();
  const stop = process.env.PORTAL_RUNNING
    ? async () => {}
    : await startPortal();
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  try {
    await untilVerified(browser);
    await measureCode(browser, carried);
    await measureTabs(browser);
    await measureFleet(browser);
  } finally {
    await browser.close();
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

async function measureFleet(browser: Browser) {
  const page = await signedIn(browser);
  let answered = 0;
  await page.route('**/api/prefix-caching/fleet?*', async route => {
    const answer = asOfMany(await (await route.fetch()).json());
    answered = Buffer.byteLength(JSON.stringify(answer));
    await route.fulfill({ json: answer });
  });
  const traffic = await Traffic.of(page, LATENCY_MS);
  await page.goto(PORTAL);
  const before = (await traffic.quiet()).length;
  const started = performance.now();
  await page.getByRole('link', { name: 'Prefix caching' }).first().click();
  await page.getByRole('table', { name: 'Services, worst first' }).waitFor();
  const milliseconds = performance.now() - started;
  print(
    `Fleet of ${ENTITIES} entities: rows after ${milliseconds.toFixed(
      0,
    )} ms; the back end's answer, made as long as for so many, is ${kilobytes(
      answered,
    )}`,
  );
  report('Fleet, until its rows', traffic.taken().slice(before));
  await page.context().close();
}

/** A page of the fleet as it is with a thousand entities: full, and with what they have in common. */
function asOfMany(page: Fleet): Fleet {
  const many = <T>(count: number, of: T[], rename: (each: T, n: number) => T) =>
    Array.from({ length: count }, (_, n) => rename(of[n % of.length], n));
  return {
    ...page,
    items: many(25, page.items, (row, n) => ({
      ...row,
      entityRef: `component:default/service-${n}`,
      targetId: `target-${n}`,
    })),
    totalItems: ENTITIES,
    totals: { ...page.totals, pass: ENTITIES - 1 },
    cells: many(60, page.cells, (cell, n) => ({
      ...cell,
      model: `model-${n % 12}`,
      accelerator: `accelerator-${Math.floor(n / 12)}`,
    })),
    choices: {
      ...page.choices,
      owners: [
        ...page.choices.owners,
        ...Array.from({ length: 60 }, (_, n) => `group:default/team-${n}`),
      ],
    },
  };
}

/** What of the fleet's answer is changed here. */
interface Fleet {
  items: { entityRef: string; targetId: string }[];
  totalItems: number;
  totals: Record<string, number>;
  cells: { model: string; accelerator: string }[];
  choices: { owners: string[] };
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
