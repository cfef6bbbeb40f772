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

import { ExpositionCursor } from './ExpositionCursor';
import { ExpositionError } from './ExpositionError';
import { FamilyTable } from './FamilyTable';
import { LabelNames } from './LabelNames';
import { metricTypeOf } from './metricTypes';
import type { ExpositionOptions } from './parseExposition';
import { PlainCommentReader } from './PlainCommentReader';
import { PlainSampleReader } from './PlainSampleReader';
import { readSample, type SampleRules } from './readSample';
import { SampleNames } from './SampleNames';
import type { MetricFamily } from './types';

const QUOTE = 34;
const HASH = 35;
const OPEN_BRACE = 123;

/** Reads one exposition, line by line. */
export class ExpositionReader {
  readonly #openMetrics: boolean;
  readonly #maxSamples: number;
  readonly #rules: SampleRules;
  readonly #cursor: ExpositionCursor;
  readonly #families: FamilyTable;
  readonly #names: SampleNames;
  readonly #plain: PlainSampleReader;
  readonly #comments: PlainCommentReader | undefined;
  #samples = 0;
  #ended = false;

  constructor(text: string, options: ExpositionOptions, openMetrics: boolean) {
    const {
      maxLabels = 128,
      maxLabelNames = 2_000,
      maxSamples = 200_000,
    } = options;
    this.#openMetrics = openMetrics;
    this.#maxSamples = maxSamples;
    const labelNames = new LabelNames(maxLabelNames);
    const ticksPerSecond = openMetrics ? 1 : 1000;
    this.#rules = { maxLabels, ticksPerSecond, labelNames };
    this.#cursor = new ExpositionCursor(text);
    this.#families = new FamilyTable(options);
    this.#names = new SampleNames(text, this.#families);
    this.#plain = new PlainSampleReader(text, maxLabels, labelNames);
    // Tabs may stand where spaces do; nobody writes them, and then all is read with care.
    this.#comments = text.includes('\t')
      ? undefined
      : new PlainCommentReader(text, this.#families, this.#names);
  }

  read(): MetricFamily[] {
    const cursor = this.#cursor;
    while (!this.#ended && cursor.nextLine()) {
      if (cursor.here === HASH) this.#readComment();
      else if (cursor.here !== -1) this.#readSample();
    }
    if (this.#openMetrics && !this.#ended) {
      throw new ExpositionError(
        'expected the "# EOF" that ends OpenMetrics, but the text ends here: it was cut off.',
        cursor.line,
      );
    }
    return this.#families.wanted;
  }

  #readComment(): void {
    const cursor = this.#cursor;
    const next = this.#comments?.read(cursor.at) ?? cursor.at;
    this.#refuseTooMany(this.#families.size);
    if (next > cursor.at) {
      cursor.skipTo(next);
      return;
    }
    cursor.take(HASH);
    const keyword = cursor.takeWord();
    if (keyword !== 'HELP' && keyword !== 'TYPE') {
      this.#ended = keyword === 'EOF' && this.#openMetrics;
      return;
    }
    const bare = cursor.here !== QUOTE;
    const known = this.#families.declare(cursor.takeName('a metric name'));
    if (bare) this.#names.setComment(known);
    else this.#names.clear();
    this.#refuseTooMany(this.#families.size);
    const { family, wanted } = known;
    if (keyword === 'TYPE') {
      family.type = metricTypeOf(cursor.takeWord());
    } else if (wanted) {
      family.help = cursor.takeRest();
    }
  }

  #readSample(): void {
    const cursor = this.#cursor;
    const { at } = cursor;
    const seen = this.#names.find(at);
    if (seen) {
      const { name, family } = seen;
      if (!family) return;
      const sample = this.#plain.read(name, at + name.length, cursor.end);
      if (sample) {
        this.#keep(family, sample);
        return;
      }
    }

    const quoted = cursor.here === QUOTE;
    const inBraces = cursor.take(OPEN_BRACE);
    const name = cursor.takeName('a metric name');
    const family = this.#families.ofSample(name);
    this.#refuseTooMany(this.#families.size);
    if (!seen && !inBraces && !quoted) this.#names.add({ name, family });
    if (family) {
      this.#keep(family, readSample(cursor, name, inBraces, this.#rules));
    }
  }

  #keep(family: MetricFamily, sample: MetricFamily['samples'][number]): void {
    family.samples.push(sample);
    this.#refuseTooMany(++this.#samples);
  }

  #refuseTooMany(count: number): void {
    if (count <= this.#maxSamples) return;
    throw new ExpositionError(
      `more than ${
        this.#maxSamples
      } samples or families; ask for fewer families or raise maxSamples.`,
      this.#cursor.line,
    );
  }
}
