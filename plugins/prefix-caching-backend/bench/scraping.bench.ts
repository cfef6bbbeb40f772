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

/*
 * What scraping 1,000 pickers and 4,000 engines every 30 s costs the process
 * that does it, beside a Prometheus that scrapes the same addresses at the
 * same time. Both run for a handful of rounds; `BENCH_PICKERS`, `BENCH_ROUNDS`
 * and `BENCH_SECONDS` change how many, how often and how far apart.
 *
 * The project's way is that of a scheduled run: the scraper of observations
 * over the reader of metrics and the client of a cluster, through the pod
 * proxy of an API server, samples merged with those before.
 */
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { scrapePlan } from 'backstage-plugin-prefix-caching-common/core';
import {
  prometheusBinary,
  RealPrometheus,
} from '../src/__testUtils__/RealPrometheus';
import { DirectClusterClient } from '../src/clusters/DirectClusterClient';
import type { EndpointSamples } from '../src/database';
import { MetricsReader } from '../src/metrics';
import { EndpointScraper } from '../src/observation/EndpointScraper';
import { answer, ask, startProcess, tell, told } from './processes';
import {
  ENGINES_EACH,
  observations,
  serveExpositions,
} from './scrapedEndpoints';

const PICKERS = Number(process.env.BENCH_PICKERS ?? 1000);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3);
const SECONDS = Number(process.env.BENCH_SECONDS ?? 30);

/** What a process has used so far. */
interface Used {
  cpuMs: number;
  peakMb: number;
}

interface Round extends Used {
  wallMs: number;
  scraped: number;
  failed: number;
}

const [, , role, url = ''] = process.argv;

async function scrape(): Promise<void> {
  const targets = await observations(url, PICKERS);
  const samples = new Map<string, EndpointSamples[]>();
  const client = DirectClusterClient.create({
    name: 'bench',
    url: new URL(url),
    skipTLSVerify: true,
    inCluster: false,
  });
  const scraper = EndpointScraper.create({
    metrics: MetricsReader.create({ tokens: [], portForward: false }),
    store: {
      getSamples: async ({ name }) => samples.get(name) ?? [],
      saveSamples: async ({ name }, all) => {
        samples.set(name, [...all]);
      },
    },
    intervalSeconds: SECONDS,
  });
  answer(async (): Promise<Round> => {
    const cpu = process.cpuUsage();
    const start = performance.now();
    const results = await Promise.all(
      targets.map(target =>
        scraper.scrape(client, target, AbortSignal.timeout(SECONDS * 1000)),
      ),
    );
    const { user, system } = process.cpuUsage(cpu);
    return {
      wallMs: performance.now() - start,
      cpuMs: (user + system) / 1000,
      peakMb: process.resourceUsage().maxRSS / 1024,
      scraped: results.flatMap(({ endpoints }) => endpoints).length,
      failed: results.flatMap(({ gaps }) => gaps).length,
    };
  });
  tell(targets.map(scrapePlan));
}

/** The proxied paths of all endpoints, as the client asks for them. */
function pathsOf(plans: ReturnType<typeof scrapePlan>[]): string[] {
  return plans.flatMap(({ engines, routers }) =>
    [...engines, ...routers].map(
      ({ namespace, pod, port, scheme }) =>
        `/api/v1/namespaces/${namespace}/pods/${
          scheme === 'https' ? 'https:' : ''
        }${pod}:${port}/proxy/metrics`,
    ),
  );
}

function startPrometheus(paths: readonly string[]): Promise<RealPrometheus> {
  return RealPrometheus.run({
    global: {
      scrape_interval: `${SECONDS}s`,
      scrape_timeout: `${Math.min(SECONDS, 10)}s`,
    },
    scrape_configs: [
      {
        job_name: 'bench',
        static_configs: paths.map(path => ({
          targets: [new URL(url).host],
          labels: { __metrics_path__: path, pod: path.split('/')[6] },
        })),
      },
    ],
  });
}

/** From /proc: jiffies are hundredths of a second wherever Linux runs. */
function usedBy(pid: number): Used {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const peak = /VmHWM:\s+(\d+)/.exec(
    readFileSync(`/proc/${pid}/status`, 'utf8'),
  );
  return {
    cpuMs: (Number(fields[11]) + Number(fields[12])) * 10,
    peakMb: Number(peak?.[1]) / 1024,
  };
}

function print(...columns: string[]): void {
  const [name, ...rest] = columns;
  process.stdout.write(
    `${name.padEnd(24)}${rest.map(text => text.padStart(16)).join('')}\n`,
  );
}

const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`;

async function compare(): Promise<void> {
  const server = startProcess(__filename, 'serve');
  const served = await told<{
    url: string;
    engineBytes: number;
    pickerBytes: number;
  }>(server);
  process.stdout.write(
    `${PICKERS} pickers (${served.pickerBytes} bytes) and ${
      PICKERS * ENGINES_EACH
    } engines (${
      served.engineBytes
    } bytes), every ${SECONDS} s, ${ROUNDS} rounds\n\n`,
  );
  const measured = startProcess(__filename, 'measure', served.url);
  // Twice the time it takes, and what it takes to start on a busy machine.
  const patience = (2 * ROUNDS * SECONDS + 240) * 1000;
  const rows = await told<string[][]>(measured, patience);
  rows.forEach(row => print(...row));
  measured.disconnect();
  server.disconnect();
}

async function measure(): Promise<void> {
  process.on('disconnect', () => process.exit());
  const scraper = startProcess(__filename, 'scrape', url);
  const plans = await told<ReturnType<typeof scrapePlan>[]>(scraper);
  const prometheus = prometheusBinary()
    ? await startPrometheus(pathsOf(plans))
    : undefined;
  const rows = [['', 'CPU per round', 'peak RSS', 'wall', 'scraped', 'failed']];
  try {
    const before = prometheus && usedBy(prometheus.pid);
    const begun = performance.now();
    const rounds: Round[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const started = performance.now();
      rounds.push(await ask<Round>(scraper));
      await delay(Math.max(0, SECONDS * 1000 - (performance.now() - started)));
    }
    for (const [at, round] of rounds.entries()) {
      rows.push([
        `prefix-caching, round ${at + 1}`,
        seconds(round.cpuMs),
        `${Math.round(round.peakMb)} MB`,
        seconds(round.wallMs),
        String(round.scraped),
        String(round.failed),
      ]);
    }
    if (prometheus && before) {
      const after = usedBy(prometheus.pid);
      const passed = (performance.now() - begun) / (SECONDS * 1000);
      rows.push([
        'prometheus, mean',
        seconds((after.cpuMs - before.cpuMs) / passed),
        `${Math.round(after.peakMb)} MB`,
        'spread',
        await upIn(prometheus),
        '',
      ]);
    } else {
      rows.push(['no Prometheus: install the package prometheus']);
    }
  } finally {
    await prometheus?.stop();
    scraper.disconnect();
  }
  tell(rows);
}

/** How many of its targets Prometheus has up. */
async function upIn({ url: at }: RealPrometheus): Promise<string> {
  const answered = await fetch(`${at}/api/v1/query?query=sum(up)`);
  const { data } = (await answered.json()) as {
    data: { result: { value: [number, string] }[] };
  };
  return data.result[0]?.value[1] ?? '0';
}

const ROLES: Record<string, () => Promise<void>> = {
  serve: serveExpositions,
  scrape,
  measure,
};

(ROLES[role] ?? compare)().catch(error => {
  process.stderr.write(`${error.stack ?? error}\n`);
  // What was started ends with the channel to this process.
  process.exit(1);
});
