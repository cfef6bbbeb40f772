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

import { affinityMargin, finalScoreFormula, scoreEndpoints } from './index';

/** `queue 2, prefix-cache 3` as a config of one profile. */
function profile(weights: string) {
  const scorers = weights.split(', ').map(each => {
    const [name, weight] = each.split(' ');
    const type = `${name}-scorer`;
    return { name: type, type, weight: Number(weight) };
  });
  return { profiles: [{ name: 'default', scorers }] };
}

const KSERVE_020 = profile(
  'queue 2, kv-cache-utilization 2, prefix-cache 3, no-hit-lru 2',
);

describe('scoreEndpoints', () => {
  it('adds up what each scorer gives, as in the example of the interface', () => {
    const scores = scoreEndpoints(KSERVE_020, [
      { name: 'warm', prefixMatch: 0.78, waiting: 0, kvUsage: 0.05 },
      { name: 'other', prefixMatch: 0, waiting: 0, kvUsage: 0.03 },
      { name: 'third', prefixMatch: 0, waiting: 0, kvUsage: 0.05 },
    ]);
    expect(scores.map(({ total }) => total?.toFixed(2))).toEqual([
      '7.24',
      '4.94',
      '4.90',
    ]);
    expect(scores[0]).toMatchObject({ endpoint: 'warm', profile: 'default' });
    expect(scores[0].terms[2]).toEqual({
      scorer: 'prefix-cache-scorer',
      type: 'prefix-cache-scorer',
      weight: 3,
      score: 0.78,
      term: expect.closeTo(2.34, 12),
    });
  });

  it('holds scores to 0…1, and leaves open what it can not know', () => {
    const [over] = scoreEndpoints(profile('prefix-cache 3'), [
      { name: 'a', prefixMatch: 1.7 },
    ]);
    expect(over.total).toBe(3);
    const [unknown] = scoreEndpoints(profile('prefix-cache 3, acme 1'), [
      { name: 'a', prefixMatch: 1 },
    ]);
    expect(unknown.total).toBeUndefined();
    expect(unknown.terms[1]).toEqual({
      scorer: 'acme-scorer',
      type: 'acme-scorer',
      weight: 1,
    });
  });

  it('writes the sum out', () => {
    expect(finalScoreFormula(KSERVE_020.profiles[0])).toBe(
      'score = 2·queue + 2·kv-cache-utilization + 3·prefix-cache + 2·no-hit-lru',
    );
    expect(finalScoreFormula({ scorers: [] })).toBe('score = 0');
  });
});

describe('affinityMargin', () => {
  it.each<[string, string, number, number | undefined]>([
    // The arithmetic is that of the formulas: waiting costs ÷ prefix weight.
    [
      'KServe 0.16',
      'prefix-cache 2, load-aware 1',
      2 - 0.5 / 128,
      0.5 / 128 / 2,
    ],
    ['KServe 0.17 to 0.19', 'queue 2, prefix-cache 3', 1, 2 / 3],
    ['KServe 0.20, decode', 'active-request 2, prefix-cache 3', 1, 2 / 3],
    [
      'GAIE chart: a tie, even for a whole prompt',
      'queue 1, kv-cache-utilization 1, prefix-cache 1',
      0,
      1,
    ],
    ['a queue that always wins', 'queue 3, prefix-cache 1', -2, 3],
    [
      'a prefix scorer without weight',
      'queue 1, prefix-cache 0',
      -1,
      undefined,
    ],
    ['no prefix scorer', 'queue 1', -1, undefined],
    ['prefixes alone', 'prefix-cache 1', 1, 0],
  ])('with one request waiting, %s', (_, weights, margin, needed) => {
    const [result] = affinityMargin(profile(weights));
    expect(result.marginOneWaiting).toBeCloseTo(margin, 12);
    expect(result.prefixMatchNeededOneWaiting?.toFixed(12)).toBe(
      needed?.toFixed(12),
    );
  });

  it('takes the KV cache and today’s match into account, as in the example of the interface', () => {
    const [margin] = affinityMargin(KSERVE_020, {
      prefixMatch: 0.78,
      warmKvUsage: 0.05,
      otherKvUsage: 0.03,
    });
    expect(margin).toEqual({
      profile: 'default',
      marginIdle: expect.closeTo(2.3, 12),
      marginOneWaiting: expect.closeTo(0.3, 12),
      prefixMatchNeededIdle: expect.closeTo(0.04 / 3, 12),
      prefixMatchNeededOneWaiting: expect.closeTo(2.04 / 3, 12),
      takenAsEqual: [],
    });
  });

  it('names the scorers it can say nothing about', () => {
    const [margin] = affinityMargin(
      profile('queue 2, prefix-cache 3, lora-affinity 4, acme 1'),
    );
    expect(margin.marginIdle).toBe(3);
    expect(margin.takenAsEqual).toEqual([
      'lora-affinity-scorer',
      'acme-scorer',
    ]);
  });
});
