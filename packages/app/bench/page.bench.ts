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
 * the screen, beside Backstage's own Kubernetes tab of the same entity, and what is transferred.
 *
 * Prints; nothing depends on it. Starts the portal of `npm start`, or takes the one that runs with
 * PORTAL_RUNNING=1.
 */
import { chromium, type Browser, type Page } from '@playwright/test';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { Traffic } from './Traffic';

const ROOT = path.resolve(__dirname, '../../..');
const PORTAL = 'http://localhost:7007';
const ENTITY = `${PORTAL}/catalog/default/component/qwen-3b-chat`;
const ROUNDS = 5;
const LATENCY_MS = 30;
const ENTITIES = 1_000;

const TABS = [
  {
    name: 'Prefix caching',
    path: 'prefix-caching',
    verdict: /^Prefix caching works on/,
  },
  {
    name: 'Kubernetes',
    path: 'kubernetes',
    verdict: /^(No pods|\d+ pods?) with errors$/,
  },
] as const;

async function main() {
  const stop = await startPortal();
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  try {
    await untilVerified(browser);
    await measureTabs(browser);
    await measureFleet(browser);
  } finally {
    await browser.close();
    await stop();
  }
}

async function measureTabs(browser: Browser) {
  const times = new Map<string, number[]>(TABS.map(({ name }) => [name, []]));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const { name, path: tabPath, verdict } of TABS) {
      // A context of its own: nothing of the round before is cached.
      const page = await signedIn(browser);
      const traffic = await Traffic.of(page, LATENCY_MS);
      await page.goto(ENTITY);
      const tab = page
        .locator(`a[href$="${new URL(ENTITY).pathname}/${tabPath}"]`)
        .first();
      await tab.waitFor();
      const before = (await traffic.quiet()).length;
      const started = performance.now();
      await tab.click();
      await page.getByText(verdict).first().waitFor();
      times.get(name)?.push(performance.now() - started);
      const untilVerdict = traffic.taken().slice(before);
      if (round === 0) {
        report(`${name}, until its verdict`, untilVerdict);
        report(
          `${name}, until all of it is there`,
          (await traffic.quiet()).slice(before),
        );
      }
      await page.context().close();
    }
  }
  for (const [name, each] of times) {
    print(
      `${name}: verdict after ${median(each).toFixed(0)} ms (median of ${
        each.length
      }; ${each
        .map(time => time.toFixed(0))
        .join(', ')}), ${LATENCY_MS} ms away`,
    );
  }
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

/** API requests, code and bytes; code also as a compressing server would send it. */
function report(what: string, taken: ReturnType<Traffic['taken']>) {
  const scripts = taken.filter(({ url }) => url.endsWith('.js'));
  const requests = taken.filter(({ url }) => url.includes('/api/'));
  const ours = requests.filter(({ url }) =>
    url.includes('/api/prefix-caching/'),
  );
  const sizes = scripts.map(({ url }) => chunkOf(new URL(url).pathname));
  const gzipped = total(sizes.map(({ size }) => size));
  const charts = total(
    sizes.filter(({ isCharts }) => isCharts).map(({ size }) => size),
  );
  const bytes = total(taken.map(each => each.bytes));
  print(
    `${what}: ${requests.length} API requests (${
      ours.length
    } to prefix-caching), ${
      scripts.length
    } chunks that the page had not loaded, ${kilobytes(
      gzipped,
    )} gzipped, ${kilobytes(charts)} of it charts; ${kilobytes(
      bytes,
    )} transferred`,
  );
}

/** A chunk of the production build, gzipped; charts are told by what its source map says is in it. */
function chunkOf(pathname: string): { size: number; isCharts: boolean } {
  const file = path.join(ROOT, 'packages/app/dist', pathname);
  // A chunk of a style sheet alone has no map.
  const { sources } = (
    existsSync(`${file}.map`)
      ? JSON.parse(readFileSync(`${file}.map`, 'utf8'))
      : { sources: [] }
  ) as { sources: string[] };
  return {
    size: gzipSync(readFileSync(file), { level: 9 }).byteLength,
    isCharts: sources.some(source =>
      /node_modules\/(recharts|victory-vendor)\//.test(source),
    ),
  };
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
  await page.getByText(TABS[0].verdict).first().waitFor({ timeout: 180_000 });
  await page.context().close();
}

async function startPortal(): Promise<() => Promise<void>> {
  if (process.env.PORTAL_RUNNING) return async () => {};
  const portal = spawn(
    process.execPath,
    [path.join(ROOT, 'scripts/start.js')],
    { cwd: ROOT, env: { ...process.env, NODE_OPTIONS: '' } },
  );
  let output = '';
  await new Promise<void>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      output += chunk;
      if (output.includes('Portal ready')) resolve();
    };
    portal.stdout.on('data', read);
    portal.stderr.on('data', read);
    portal.once('exit', () => reject(new Error(output)));
  });
  return async () => {
    const ended = once(portal, 'exit');
    portal.kill('SIGTERM');
    await ended;
  };
}

function print(line: string) {
  process.stdout.write(`${line}\n`);
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
