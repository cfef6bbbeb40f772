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
import { parseExposition } from './index';

const conformance = resolve(
  __dirname,
  '../../../../../shared/conformance/metrics',
);
const describeConformance = existsSync(conformance) ? describe : describe.skip;

describeConformance('parseExposition, on the conformance files', () => {
  it.each(['scheduler_metrics.txt', 'vllm_metrics.txt'])(
    'reads every sample of the real scrape %s as an independent parser does',
    file => {
      const text = readFileSync(join(conformance, 'odh-2026-08', file), 'utf8');
      const families = parseExposition(text);
      const lines = text.split('\n');

      // The other parser folds histograms and drops their label sets; without
      // the comments it gives every line as it stands.
      const bare = lines.filter(line => !line.startsWith('#')).join('\n');
      const other = parsePrometheusTextFormat(bare).flatMap(
        ({ name, metrics }) =>
          metrics.map(({ labels, value }) => [
            name,
            labels ?? {},
            Number(value),
          ]),
      );
      const samples = families.flatMap(family => family.samples);
      const ours = samples.map(({ name, labels, value }) => [
        name,
        labels,
        value,
      ]);
      expect(ours.map(each => JSON.stringify(each))).toEqual(
        other.map(each => JSON.stringify(each)),
      );

      const types = lines.filter(line => line.startsWith('# TYPE '));
      expect(families.map(each => `# TYPE ${each.name} ${each.type}`)).toEqual(
        types,
      );
      const helps = families.filter(each => each.help !== undefined);
      expect(helps.map(each => `# HELP ${each.name} ${each.help}`)).toEqual(
        lines.filter(line => line.startsWith('# HELP ')),
      );
    },
  );

  it.each(['gaie-v0.5.1', 'gaie-v1.0.2', 'llm-d-router'])(
    'reads the golden files of %s, one family for each name, none lost',
    folder => {
      const files = readdirSync(join(conformance, folder))
        .filter(name => !name.includes('.'))
        .map(name => readFileSync(join(conformance, folder, name), 'utf8'));
      const text = files.map(file => `${file.trimEnd()}\n`).join('');
      const names = text.match(/(?<=^# TYPE )\S+/gm) ?? [];
      const families = parseExposition(text, { requireFinalNewline: true });
      // One golden file misspells a sample, which makes a family without type.
      const typed = families.filter(({ type }) => type !== 'unknown');
      expect(typed.map(({ name }) => name)).toEqual([...new Set(names)]);
      expect(families.flatMap(({ samples }) => samples)).toHaveLength(
        (text.match(/^[^#\n].*$/gm) ?? []).length,
      );
    },
  );
});
