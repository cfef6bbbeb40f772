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

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import parsePrometheusTextFormat from 'parse-prometheus-text-format';

const conformance = resolve(
  __dirname,
  '../../../../../../shared/conformance/metrics',
);

/** The tests on conformance files are left out where the files are not there. */
export const describeConformance = existsSync(conformance)
  ? describe
  : describe.skip;

export function conformanceFile(...path: string[]): string {
  return readFileSync(join(conformance, ...path), 'utf8');
}

/** The golden expositions of a folder, one metric each, by file name. */
export function goldenFiles(folder: string): [file: string, text: string][] {
  if (!existsSync(conformance)) return [];
  return readdirSync(join(conformance, folder))
    .filter(name => !name.includes('.'))
    .map(name => [
      `${folder}/${name}`,
      `${conformanceFile(folder, name).trimEnd()}\n`,
    ]);
}

export interface OtherSample {
  name: string;
  labels: Record<string, string>;
  value: number;
}

/**
 * The samples of a text as an independent parser reads them. It folds
 * histograms and drops their label sets: without the comments it gives every
 * line as it stands.
 */
export function otherSamples(text: string): OtherSample[] {
  const bare = text
    .replace(/^#.*$/gm, '')
    // Golden files hold blanks between labels, which it does not know.
    .replace(/", (?=\w+=")/g, '",');
  return parsePrometheusTextFormat(bare).flatMap(({ name, metrics }) =>
    metrics.map(({ labels = {}, value }) => ({
      name,
      labels,
      value: Number(value),
    })),
  );
}

/** The sum of a metric over all its label sets, or those with a label's value. */
export function otherSum(
  samples: readonly OtherSample[],
  name: string,
  labels: Record<string, string> = {},
): number {
  const found = samples.filter(
    each =>
      each.name === name &&
      Object.entries(labels).every(
        ([key, value]) => each.labels[key] === value,
      ),
  );
  if (!found.length) throw new Error(`There is no sample ${name}`);
  return found.reduce((sum, { value }) => sum + value, 0);
}
