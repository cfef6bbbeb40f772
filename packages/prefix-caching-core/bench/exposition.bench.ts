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
 * How fast real scrapes are read, beside the library that one would otherwise
 * take. Run by `npm run bench`. The scrapes are those of the folder that
 * CONFORMANCE names, or of ../shared/conformance.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import parsePrometheusTextFormat from 'parse-prometheus-text-format';
import {
  ENGINE_EXPOSITION,
  parseExposition,
  ROUTER_EXPOSITION,
} from '../src/metrics';

const ROUNDS = 200;

/** Rounds that are not counted: what scrapes every half minute is compiled. */
const WARM_UP = 200;

const folder = join(
  process.env.CONFORMANCE ??
    resolve(__dirname, '../../../../shared/conformance'),
  'metrics/odh-2026-08',
);

/** Prints a line. */
function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Splits and matches with one regular expression: what one writes in five minutes, and what it costs. */
function parseByRegularExpression(text: string): unknown[] {
  const samples: unknown[] = [];
  for (const line of text.split('\n')) {
    const sample = /^([^\s{#]+)(?:\{(.*)\})?\s+(\S+)/.exec(line);
    if (!sample) continue;
    const labels: Record<string, string> = {};
    for (const [, name, value] of (sample[2] ?? '').matchAll(
      /([^=,]+)="((?:[^"\\]|\\.)*)"/g,
    )) {
      labels[name] = value;
    }
    samples.push({ name: sample[1], labels, value: Number(sample[3]) });
  }
  return samples;
}

/** The values of a text by the other parser, in order, for comparison. */
function otherValues(text: string): string[] {
  // Without comments it gives every line as it stands.
  const bare = text.replace(/^#.*\n/gm, '');
  return parsePrometheusTextFormat(bare).flatMap(({ name, metrics }) =>
    metrics.map(({ labels = {}, value }) =>
      JSON.stringify([name, labels, Number(value)]),
    ),
  );
}

function ourValues(text: string): string[] {
  return parseExposition(text).flatMap(({ samples }) =>
    samples.map(({ name, labels, value }) =>
      JSON.stringify([name, labels, value]),
    ),
  );
}

function median(numbers: number[]): number {
  return numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
}

function measure(file: string, filter: typeof ROUTER_EXPOSITION): void {
  const text = readFileSync(join(folder, file), 'utf8');
  const same = String(ourValues(text)) === String(otherValues(text));
  const contenders: [string, () => unknown][] = [
    ['parse-prometheus-text-format', () => parsePrometheusTextFormat(text)],
    ['one regular expression a line', () => parseByRegularExpression(text)],
    ['parseExposition, full', () => parseExposition(text)],
    ['parseExposition, filtered', () => parseExposition(text, filter)],
  ];
  // In turns, so that whatever else the machine does falls on all alike.
  const times = contenders.map((): number[] => []);
  for (let round = -WARM_UP; round < ROUNDS; round++) {
    for (const [at, [, run]] of contenders.entries()) {
      const start = performance.now();
      run();
      const time = performance.now() - start;
      if (round >= 0) times[at].push(time);
    }
  }
  const megabytes = Buffer.byteLength(text) / 1e6;
  print(
    `\n${file}: ${Math.round(megabytes * 1000)} kB, values ${
      same ? 'identical' : 'DIFFERENT'
    }`,
  );
  print('MB/s is the median of 200 rounds, the best in brackets.\n');
  const library = { median: median(times[0]), best: Math.min(...times[0]) };
  for (const [at, [name]] of contenders.entries()) {
    const [middle, best] = [median(times[at]), Math.min(...times[at])];
    print(
      [
        name.padEnd(32),
        (megabytes / (middle / 1000)).toFixed(0).padStart(6),
        `(${(megabytes / (best / 1000)).toFixed(0)})`.padStart(7),
        'MB/s',
        `${(library.median / middle).toFixed(1)} ×`.padStart(9),
        `(${(library.best / best).toFixed(1)} ×)`.padStart(9),
      ].join(' '),
    );
  }
}

if (existsSync(folder)) {
  measure('scheduler_metrics.txt', ROUTER_EXPOSITION);
  measure('vllm_metrics.txt', ENGINE_EXPOSITION);
} else {
  print(`No scrapes in ${folder}: set CONFORMANCE.`);
}
