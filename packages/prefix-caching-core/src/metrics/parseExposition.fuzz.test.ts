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
  examine,
  fuzzedExposition,
  fuzzExpositions,
  randomFrom,
} from './__testUtils__/expositionFuzzer';
import {
  conformanceFile,
  describeConformance,
} from './__testUtils__/otherParser';

describe('parseExposition, fuzzed', () => {
  it('stands 100,000 generated and damaged expositions', () => {
    expect(fuzzExpositions(100_000, 1)).toEqual([]);
  }, 120_000);

  it('is fuzzed with texts that parse and texts that do not', () => {
    let parsed = 0;
    for (let seed = 1; seed <= 2000; seed++) {
      const text = fuzzedExposition(randomFrom(seed));
      try {
        if (parseExposition(text).length > 0) parsed++;
      } catch {
        // Counted by what is left.
      }
    }
    expect(parsed).toBeGreaterThan(400);
    expect(parsed).toBeLessThan(1800);
  });

  it.each([
    ['a text beyond its limit', 'a 1\n'.repeat(6000)],
    ['more samples than allowed', 'a 1\n'.repeat(61)],
    ['more labels than allowed', `a{${'b="",'.repeat(13)}} 1\n`],
  ])('has %s refused by an ExpositionError', (_, text) => {
    expect(examine(text)).toBeUndefined();
    expect(() =>
      parseExposition(text, {
        maxBytes: 20_000,
        maxSamples: 60,
        maxLabels: 12,
      }),
    ).toThrow();
  });
});

describeConformance('parseExposition, fuzzed with real scrapes', () => {
  it('stands what is left of them after damage', () => {
    const scrapes = ['scheduler_metrics.txt', 'vllm_metrics.txt'].map(file =>
      conformanceFile('odh-2026-08', file),
    );
    expect(fuzzExpositions(3_000, 1_000_000, scrapes)).toEqual([]);
  }, 120_000);
});
