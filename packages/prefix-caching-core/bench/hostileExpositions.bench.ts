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
 * How long texts of 16 MB take that were made to take long: each is read, or
 * refused by a limit, in a time that its length bounds. Run by `npm run bench`.
 */
import { parseExposition } from '../src/metrics';

const CHARACTERS = 16 * 1024 * 1024;

/** As many lines as fit. */
function lines(lineOf: (index: number) => string): string {
  const all: string[] = [];
  let length = 0;
  for (let index = 0; ; index++) {
    const line = `${lineOf(index)}\n`;
    length += line.length;
    if (length > CHARACTERS) return all.join('');
    all.push(line);
  }
}

/** A sample with so many labels, named by their place. */
function sample(labels: number, nameOf: (place: number) => string): string {
  const all = Array.from({ length: labels }, (_, at) => `${nameOf(at)}=""`);
  return `a{${all}} 1`;
}

const TEXTS: Record<string, () => string> = {
  'label names, ever new': () =>
    lines(line => sample(120, at => `l${line * 120 + at}`)),
  'labels in ever new order': () =>
    lines(line =>
      sample(120, at => `l${(at * ((line % 97) + 1) + line) % 127}`),
    ),
  'two shapes in turns': () =>
    lines(line => sample(12, at => `l${at + (line % 2) * 20}`)),
  'long label names': () =>
    lines(line => sample(1, () => 'x'.repeat(1000 + (line % 9)))),
  'families, ever new': () =>
    lines(line => `# TYPE a${line} gauge\na${line} 1`),
  'sample names, ever new': () => lines(line => `a${line} 1`),
  'escapes alone': () => lines(() => `a{x="${'\\n'.repeat(100)}"} 1`),
  'empty comments': () => lines(() => '#'),
  'empty lines': () => lines(() => ''),
};

/** What became of a text, and the processor's time for it in milliseconds. */
function attempt(text: string, families?: () => boolean) {
  const before = process.cpuUsage();
  let outcome = 'read';
  try {
    parseExposition(text, { families });
  } catch (error) {
    outcome = String(error).slice(0, 60);
  }
  const { user, system } = process.cpuUsage(before);
  return { outcome, time: `${Math.round((user + system) / 1000)} ms` };
}

process.stdout.write('CPU time for 16 MB: all families, and none of them.\n\n');
for (const [name, textOf] of Object.entries(TEXTS)) {
  const text = textOf();
  const all = attempt(text);
  const none = attempt(text, () => false);
  process.stdout.write(
    `${name.padEnd(26)}${all.time.padStart(8)}${none.time.padStart(8)}  ${
      all.outcome
    }\n`,
  );
}
