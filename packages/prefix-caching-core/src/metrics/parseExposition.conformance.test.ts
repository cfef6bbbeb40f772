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

import { parseExposition } from './index';
import {
  conformanceFile,
  describeConformance,
  goldenFiles,
  type OtherSample,
  otherSamples,
} from './__testUtils__/otherParser';

const GOLDEN = ['gaie-v0.5.1', 'gaie-v1.0.2', 'llm-d-router'];

function ourSamples(text: string) {
  return parseExposition(text, { requireFinalNewline: true })
    .flatMap(({ samples }) => samples)
    .map(({ name, labels, value }) => ({ name, labels, value }));
}

function sorted(samples: readonly OtherSample[]): string[] {
  return samples.map(each => JSON.stringify(each)).sort();
}

describeConformance('parseExposition, on the conformance files', () => {
  it.each(['scheduler_metrics.txt', 'vllm_metrics.txt'])(
    'reads every sample of the real scrape %s as an independent parser does',
    file => {
      const text = conformanceFile('odh-2026-08', file);
      expect(ourSamples(text)).toEqual(otherSamples(text));

      const families = parseExposition(text);
      const lines = text.split('\n');
      expect(families.map(each => `# TYPE ${each.name} ${each.type}`)).toEqual(
        lines.filter(line => line.startsWith('# TYPE ')),
      );
      const helps = families.filter(each => each.help !== undefined);
      expect(helps.map(each => `# HELP ${each.name} ${each.help}`)).toEqual(
        lines.filter(line => line.startsWith('# HELP ')),
      );
    },
  );

  it.each(GOLDEN)('reads the golden files of %s as it does, too', folder => {
    const files = goldenFiles(folder);
    expect(files.length).toBeGreaterThan(10);
    for (const [file, text] of files) {
      // A misspelt sample in one of them makes a family of its own, further down.
      expect([file, ...sorted(ourSamples(text))]).toEqual([
        file,
        ...sorted(otherSamples(text)),
      ]);
    }
  });

  it.each(GOLDEN)(
    'makes one family for each name of %s, however many files it comes in',
    folder => {
      const text = goldenFiles(folder)
        .map(([, file]) => file)
        .join('');
      const names = text.match(/(?<=^# TYPE )\S+/gm) ?? [];
      // One golden file misspells a sample, which makes a family without type.
      const typed = parseExposition(text).filter(
        ({ type }) => type !== 'unknown',
      );
      expect(typed.map(({ name }) => name)).toEqual([...new Set(names)]);
    },
  );

  it.each(['scheduler_metrics.txt', 'vllm_metrics.txt'])(
    'filtered, finds in %s what it finds in full',
    file => {
      const text = conformanceFile('odh-2026-08', file);
      const wanted = (name: string) => /ttft|time_to|request|info/.test(name);
      const some = parseExposition(text, { families: wanted });
      const all = parseExposition(text);
      expect(some).toEqual(all.filter(({ name }) => wanted(name)));
      expect(some.length).toBeLessThan(all.length / 2);
    },
  );
});
