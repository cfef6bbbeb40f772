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

import { ExpositionError, parseExposition } from '../index';
import type { ExpositionOptions } from '../index';

/** What a run may not exceed; small, so that every limit is met often. */
export const FUZZ_LIMITS = {
  maxBytes: 20_000,
  maxSamples: 60,
  maxLabels: 12,
} satisfies ExpositionOptions;

/** Milliseconds that one text of that size may take, in the fastest of some attempts. */
const TOO_LONG = 1_000;
const ATTEMPTS = 5;

/** What may go wrong: each is a defect of the parser. */
export interface FuzzFailure {
  seed: number;
  what: string;
  text: string;
}

/** Numbers from 0 to 1 that a seed determines (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) % 0x100000000;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const PIECES = [
  '# TYPE ',
  '# HELP ',
  '# EOF\n',
  '# UNIT ',
  ' # {trace_id="x"} 1 2',
  '{',
  '}',
  '"',
  '\\',
  '\\n',
  '\\"',
  ',',
  '=',
  '#',
  ' ',
  '\t',
  '\r\n',
  '\n',
  'NaN',
  '+Inf',
  '-Inf',
  '1e400',
  '1_000',
  '0x10',
  '__proto__',
  'constructor',
  '_bucket',
  '_sum',
  '_total',
  'le="1"',
  'é',
  '\u{1f600}',
  '\u0000',
  '\ud800',
];

const NAMES = ['a', 'a_b', 'a_total', 'a:b', 'x_bucket', 'x', '__proto__'];
const TYPES = ['counter', 'gauge', 'histogram', 'summary', 'info', 'untyped'];
const VALUES = [
  '1',
  '0.5',
  '-1',
  '+Inf',
  'NaN',
  '1e3',
  '1.784023387e+09',
  '.5',
];

/** An exposition that a seed determines: generated, and then most often damaged. */
export function fuzzedExposition(
  random: () => number,
  templates: readonly string[] = [],
): string {
  const pick = <T>(all: readonly T[]): T =>
    all[Math.floor(random() * all.length)];
  let text =
    templates.length > 0 && random() < 0.3
      ? excerpt(pick(templates), random)
      : generated(random, pick);
  const damages = Math.floor(random() * 6);
  for (let i = 0; i < damages; i++) {
    const at = Math.floor(random() * (text.length + 1));
    const length = Math.floor(random() * 8);
    const kind = random();
    if (kind < 0.4) text = text.slice(0, at) + pick(PIECES) + text.slice(at);
    else if (kind < 0.7) text = text.slice(0, at) + text.slice(at + length);
    else if (kind < 0.8) text = text.slice(0, at);
    else {
      const repeated = text.slice(at, at + length * 4) || pick(PIECES);
      text = text.slice(0, at) + repeated.repeat(1 + Math.floor(random() * 30));
    }
  }
  return text;
}

function generated(
  random: () => number,
  pick: <T>(all: readonly T[]) => T,
): string {
  const lines: string[] = [];
  const families = Math.floor(random() * 4);
  for (let family = 0; family < families; family++) {
    const name = pick(NAMES);
    if (random() < 0.5) lines.push(`# HELP ${name} What it is.`);
    if (random() < 0.7) lines.push(`# TYPE ${name} ${pick(TYPES)}`);
    const samples = Math.floor(random() * 5);
    for (let sample = 0; sample < samples; sample++) {
      const labels: string[] = [];
      while (random() < 0.5) labels.push(`${pick(NAMES)}="${pick(PIECES)}"`);
      const suffix = pick(['', '', '_bucket', '_sum', '_count', '_total']);
      const braces = labels.length || random() < 0.2 ? `{${labels}}` : '';
      const time = random() < 0.2 ? ' 1395066363000' : '';
      lines.push(`${name}${suffix}${braces} ${pick(VALUES)}${time}`);
    }
  }
  if (random() < 0.3) lines.push('# EOF');
  return `${lines.join('\n')}\n`;
}

function excerpt(text: string, random: () => number): string {
  const start = Math.floor(random() * text.length);
  return text.slice(start, start + Math.floor(random() * 1500));
}

/**
 * Parses one text and looks at what came of it: nothing but an
 * `ExpositionError` may be thrown, no limit exceeded, no number missing, and
 * no name or label value made up that does not stand in the text.
 */
export function examine(text: string): string | undefined {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const start = performance.now();
    const what = examineOnce(text);
    // The machine may have been busy with something else.
    if (what || performance.now() - start < TOO_LONG) return what;
  }
  return 'too slow';
}

function examineOnce(text: string): string | undefined {
  try {
    const families = parseExposition(text, FUZZ_LIMITS);
    const samples = families.flatMap(family => family.samples);
    if (text.length > FUZZ_LIMITS.maxBytes) return 'a text beyond maxBytes';
    if (samples.length > FUZZ_LIMITS.maxSamples) return 'too many samples';
    if (families.length > FUZZ_LIMITS.maxSamples) return 'too many families';
    for (const { labels, value, name } of samples) {
      if (Object.keys(labels).length > FUZZ_LIMITS.maxLabels) {
        return 'too many labels';
      }
      if (Object.getPrototypeOf(labels) !== Object.prototype) {
        return 'labels with another prototype';
      }
      if (typeof value !== 'number') return 'a value that is no number';
      if (!text.includes('\\') && !text.includes(name)) return 'a made-up name';
    }
  } catch (error) {
    if (!(error instanceof ExpositionError)) return `threw ${String(error)}`;
    if (error.message.length > 600) return 'an error longer than its cause';
  }
  return undefined;
}

/** Examines `count` texts; the seed of the run makes it repeatable. */
export function fuzzExpositions(
  count: number,
  seed: number,
  templates: readonly string[] = [],
): FuzzFailure[] {
  const failures: FuzzFailure[] = [];
  const { stackTraceLimit } = Error;
  // Half the texts end in an error, and noting where costs more than the rest.
  Error.stackTraceLimit = 0;
  for (let at = 0; at < count && failures.length < 10; at++) {
    const text = fuzzedExposition(randomFrom(seed + at), templates);
    const what = examine(text);
    if (what) failures.push({ seed: seed + at, what, text });
  }
  Error.stackTraceLimit = stackTraceLimit;
  return failures;
}
