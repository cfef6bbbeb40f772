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

import fc from 'fast-check';
import {
  ExpositionError,
  type ExpositionOptions,
  type MetricFamily,
  parseExposition,
} from './index';

const bareName = fc.stringMatching(/^[a-zA-Z_:][a-zA-Z0-9_:]{0,12}$/);
const anyName = fc.oneof(bareName, fc.string({ unit: 'binary', minLength: 1 }));
const familyArbitrary = fc.record({
  name: anyName,
  type: fc.constantFrom('gauge' as const, 'unknown' as const),
  help: fc.string({ unit: 'binary' }).map(text => text.trim()),
  samples: fc.array(
    fc.record(
      {
        labels: fc.dictionary(anyName, fc.string({ unit: 'binary' })),
        value: fc.double(),
        timestamp: fc.integer({ min: 0, max: 2_000_000_000 }),
      },
      { requiredKeys: ['labels', 'value'] },
    ),
    { maxLength: 4 },
  ),
});

/** What was read, or `undefined` where an ExpositionError says why not. Others pass through. */
function attempt(text: string, options?: ExpositionOptions) {
  try {
    return parseExposition(text, options);
  } catch (error) {
    if (error instanceof ExpositionError) return undefined;
    throw error;
  }
}

describe('parseExposition, for any input', () => {
  const quote = (text: string) =>
    `"${text.replace(/[\\"]/g, '\\$&').replace(/\n/g, '\\n')}"`;
  const writeValue = (value: number) =>
    Object.is(value, -0) ? '-0' : String(value).replace('Infinity', 'Inf');

  it('reads back what was written', () => {
    const families = fc.uniqueArray(familyArbitrary, {
      selector: family => family.name,
      maxLength: 4,
    });
    fc.assert(
      fc.property(families, written => {
        const text = written
          .flatMap(({ name, type, help, samples }) => [
            `# HELP ${quote(name)} ${help
              .replace(/\\/g, '\\\\')
              .replace(/\n/g, '\\n')}`,
            `# TYPE ${quote(name)} ${type}`,
            ...samples.map(({ labels, value, timestamp }) => {
              const all = Object.entries(labels).map(
                ([label, each]) => `,${quote(label)}=${quote(each)}`,
              );
              const at = timestamp === undefined ? '' : ` ${timestamp}`;
              return `{${quote(name)}${all.join('')}} ${writeValue(
                value,
              )}${at}`;
            }),
          ])
          .concat('# EOF', '')
          .join('\n');
        expect(parseExposition(text)).toEqual(
          written.map(family => ({
            ...family,
            samples: family.samples.map(each => ({
              ...each,
              name: family.name,
            })),
          })),
        );
      }),
      { seed: 20261122 },
    );
  });

  it('throws nothing but ExpositionError', () => {
    const pieces = fc.constantFrom(
      'a',
      '{',
      '}',
      '"',
      '\\',
      ',',
      '=',
      '#',
      ' ',
      '\n',
      '1',
      '# TYPE ',
      '# HELP ',
      '# EOF',
      'NaN',
      '+Inf',
      '\r',
      '\u0000',
      'é',
    );
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(pieces, { maxLength: 60 }).map(all => all.join('')),
    );
    fc.assert(
      fc.property(texts, text => {
        expect(() => attempt(text)).not.toThrow();
      }),
      { numRuns: 2000, seed: 20261122 },
    );
  });

  it('never reads a wrong figure out of a body that was cut off', () => {
    const text =
      '# TYPE a counter\na{x="é",y="\\"}"} 220240.0\na{x="2"} 1e+06 1395066363000\nb 12\n';
    const whole = parseExposition(text).flatMap(family => family.samples);
    for (let end = 1; end < text.length; end++) {
      const cut = text.slice(0, end);
      const read = attempt(cut, { requireFinalNewline: true });
      const samples = (read ?? []).flatMap(family => family.samples);
      expect(samples).toEqual(whole.slice(0, samples.length));
      expect(read !== undefined).toBe(cut.endsWith('\n'));
    }
  });

  it('reads of a filtered family what it reads of it unfiltered', () => {
    const names = ['a', 'a_b', 'a_sum', 'a_bucket', 'b', 'b c'];
    const quoted = (of: string) => (of.includes(' ') ? `"${of}"` : of);
    const blank = fc.constantFrom(' ', ' ', ' ', '  ', '\t');
    const comment = fc
      .tuple(
        fc.constantFrom('# HELP', '# TYPE', '#  TYPE', '# NOTE'),
        blank,
        blank,
        fc.constantFrom('counter', 'histogram', 'untyped', 'b\\n\\\\', ''),
        fc.constantFrom('', '', '', '\r'),
      )
      .map(([keyword, first, second, word, end]) => ({
        line: (of: string) =>
          `${keyword}${first}${quoted(of)}${word && second}${word}${end}`,
      }));
    const sample = fc
      .tuple(
        fc.constantFrom('', '', '_bucket', '_sum', '_count', '_total'),
        fc.constantFrom('', '{x="1"}', '{x="\\n#"}', ' '),
      )
      .map(([suffix, labels]) => ({
        line: (of: string, value: number) =>
          of.includes(' ')
            ? `{"${of}${suffix}",x="1"} ${value}`
            : `${of}${suffix}${labels} ${value}`,
      }));
    const family = fc.tuple(
      fc.constantFrom(...names),
      fc.array(comment, { maxLength: 3 }),
      fc.array(sample, { maxLength: 4 }),
    );
    // Both formats demand that the lines of a family stand together, as those of
    // the histogram `a` do not where `a_sum` follows after another family. So
    // that it is seen, every sample has the number of its line for a value.
    const standTogether = (blocks: string[], read: MetricFamily[]) => {
      const ofLine = [...blocks];
      for (const { name, samples } of read) {
        for (const { value } of samples) ofLine[value] = name;
      }
      return ofLine.every(
        (name, line) =>
          name === ofLine[line - 1] || ofLine.indexOf(name) === line,
      );
    };
    fc.assert(
      fc.property(
        fc.uniqueArray(family, { selector: ([of]) => of, maxLength: 5 }),
        fc.subarray(names),
        (families, wanted) => {
          const lines = families.flatMap(([of, comments, samples]) =>
            [...comments, ...samples].map(({ line }) => ({ of, line })),
          );
          const text = lines
            .map(({ of, line }, number) => `${line(of, number)}\n`)
            .join('');
          const all = parseExposition(text);
          const blocks = lines.map(({ of }) => of);
          fc.pre(standTogether(blocks, all));
          const isWanted = (of: string) => wanted.includes(of);
          expect(parseExposition(text, { families: isWanted })).toEqual(
            all.filter(read => isWanted(read.name)),
          );
        },
      ),
      { numRuns: 2000, seed: 20261122 },
    );
  });

  it('stands label names in ever new order', () => {
    const names = Array.from({ length: 12 }, (_, at) => `l${at}`);
    const text = Array.from({ length: 10_000 }, (_, line) => {
      const shuffled = names.map((__, at) => names[(at * 5 + line * 7) % 12]);
      return `a{${shuffled.map(name => `${name}="${line}"`)}} 1\n`;
    }).join('');
    const [{ samples }] = parseExposition(text);
    expect(samples).toHaveLength(10_000);
    expect(samples[9_999].labels).toEqual(
      Object.fromEntries(names.map(name => [name, '9999'])),
    );
    expect(samples[9_999].labels).toHaveProperty('constructor', Object);
  });

  // What takes the square of its length for these never ends; how long it
  // takes is printed by the benchmark of hostile expositions.
  it.each([
    'a{x="1\n',
    '"',
    '{"a',
    '\\',
    '#',
    'a{x="\\',
    'a{',
    '{',
    ' ',
    'a_sum_count_total ',
    '# HELP a',
    '# TYPE a counter\n',
  ])('ends with a megabyte of %j', piece => {
    const text = piece.repeat(Math.ceil(1_000_000 / piece.length));
    expect(() => attempt(text)).not.toThrow();
    expect(() => attempt(text, { families: [] })).not.toThrow();
  });
});
