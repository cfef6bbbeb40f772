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
 * What verifying 10, 100 and 1,000 targets of one cluster costs the API server
 * and the process that does it, beside what Backstage's Kubernetes plugin
 * sends for as many open entity pages. The API server is a process of its own,
 * 20 ms away, and serves copies of a healthy service of the sandbox, each with
 * four pods of 10 kB.
 */

import { setTimeout as delay } from 'node:timers/promises';
import { serve, type RequestCounts } from './apiServer';
import { observe, type RunCost } from './observeTargets';
import { openPages, POLLS_PER_MINUTE } from './openEntityPages';
import { ask, startProcess, told } from './processes';

/** Targets; `BENCH_SIZES=10,100` for a shorter run. */
const SIZES = (process.env.BENCH_SIZES ?? '10,100,1000').split(',').map(Number);

/** Pages that are really opened; more cost in proportion. */
const MAX_PAGES = 100;

/** How long the time between two runs is watched, out of a minute. */
const IDLE_MS = 15_000;

const [, , role, ...rest] = process.argv;

async function main(): Promise<void> {
  switch (role) {
    case 'serve':
      return serve(Number(rest[0]));
    case 'observe':
      return observe(rest[0], Number(rest[1]), rest[2] === 'scrape');
    case 'pages':
      return openPages(rest[0], Number(rest[1]));
    default:
      return compare();
  }
}

async function compare(): Promise<void> {
  const rows: Record<string, string | number>[] = [];
  for (const size of SIZES) {
    const server = startProcess(__filename, 'serve', String(size));
    const { url } = await told<{ url: string }>(server);
    for (const metrics of ['none', 'scrape']) {
      const observer = startProcess(
        __filename,
        'observe',
        url,
        String(size),
        metrics,
      );
      await told(observer);
      const first = await ask<RunCost>(observer);
      const firstCounts = await ask<RequestCounts>(server);
      const second = await ask<RunCost>(observer);
      const runCounts = await ask<RequestCounts>(server);
      await delay(IDLE_MS);
      const idleCounts = await ask<RequestCounts>(server);
      observer.disconnect();
      const idle = objectRequests(idleCounts) * (60_000 / IDLE_MS);
      // Each is renewed after four to eight minutes, so that few or none is here.
      const renewals = firstCounts.watches / 6;
      rows.push({
        targets: size,
        who: `prefix-caching${metrics === 'scrape' ? ', with scrapes' : ''}`,
        'first: lists+watches': objectRequests(firstCounts),
        'first: scrapes': firstCounts.scrapes,
        'first: MB read': megabytes(firstCounts.bytes),
        'first: s': seconds(first.wallMs),
        'first: CPU s': seconds(first.cpuMs),
        'per min: lists+watches': Math.round(
          objectRequests(runCounts) + Math.max(idle, renewals),
        ),
        'per min: scrapes': runCounts.scrapes,
        'per min: CPU s': seconds(second.cpuMs),
        'RSS MB at start': Math.round(second.startMb),
        'peak RSS MB': Math.round(second.peakMb),
        'heap MB': Math.round(second.heapMb),
        verdicts: JSON.stringify(second.verdicts),
      });
    }
    const opened = Math.min(size, MAX_PAGES);
    const pages = startProcess(__filename, 'pages', url, String(opened));
    const cost = await told<{ wallMs: number; cpuMs: number; peakMb: number }>(
      pages,
    );
    const counts = await ask<RequestCounts>(server);
    const scale = size / opened;
    const lists = objectRequests(counts) * scale;
    rows.push({
      targets: size,
      who: `kubernetes plugin, ${size} open pages${
        scale > 1 ? ` (${opened} measured)` : ''
      }`,
      'first: lists+watches': lists,
      'first: scrapes': 0,
      'first: MB read': megabytes(counts.bytes * scale),
      'first: s': seconds(cost.wallMs * scale),
      'first: CPU s': seconds(cost.cpuMs * scale),
      'per min: lists+watches': lists * POLLS_PER_MINUTE,
      'per min: scrapes': 0,
      'per min: CPU s': seconds(cost.cpuMs * scale * POLLS_PER_MINUTE),
      'RSS MB at start': '',
      'peak RSS MB': Math.round(cost.peakMb),
      'heap MB': '',
      verdicts: '',
    });
    server.disconnect();
    const [ours] = rows.slice(-3);
    const ratio = (lists / Number(ours['first: lists+watches'])).toFixed(1);
    rows.push({
      targets: size,
      who: `plugin / prefix-caching, first pass: ${ratio} ×`,
    });
  }
  printTable(rows);
}

function objectRequests({ lists, watches }: RequestCounts): number {
  return lists + watches;
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(2);
}

function printTable(rows: readonly Record<string, string | number>[]): void {
  const head = Object.keys(rows[0]);
  const cells = rows.map(row => head.map(name => String(row[name] ?? '')));
  const widths = head.map((name, column) =>
    Math.max(name.length, ...cells.map(row => row[column].length)),
  );
  const line = (row: readonly string[]) =>
    row.map((cell, column) => cell.padEnd(widths[column])).join('  ');
  process.stdout.write(`${[line(head), ...cells.map(line)].join('\n')}\n`);
}

main().catch(error => {
  process.stderr.write(`${error.stack ?? error}\n`);
  // What was started ends with the channel to this process.
  process.exit(1);
});
