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

import {
  assumePrefixMatch,
  type EndpointFigures,
  endpointFigures,
  rankEndpoints,
  scoreEndpoints,
  unknownScorers,
  whatIf,
  withWeights,
} from './index';

/** `queue 2, prefix-cache 3` as a config of one profile. */
function profile(weights: string) {
  const scorers = weights.split(', ').map(each => {
    const [name, weight] = each.split(' ');
    const type = `${name}-scorer`;
    return { name: type, type, weight: Number(weight) };
  });
  return { profiles: [{ name: 'default', scorers }] };
}

/** One waits on the warm replica, nobody on the other. */
const WARM_BUSY: EndpointFigures[] = [
  { name: 'warm', prefixMatch: 0.6, waiting: 1, kvUsage: 0.5 },
  { name: 'other', prefixMatch: 0, waiting: 0, kvUsage: 0.25 },
];

describe('endpointFigures', () => {
  it('joins what the picker and the engines say of each pod', () => {
    expect(
      endpointFigures(
        {
          queueByEndpoint: { a: 3 },
          inflightByEndpoint: { a: 2 },
          picksByEndpoint: {},
        },
        {
          a: { waiting: 1, running: 4, kvUsage: 0.5 },
          b: { waiting: 2, running: 0, kvUsage: 0 },
          constructor: undefined,
        },
        { a: 0.75 },
      ),
    ).toEqual([
      {
        name: 'a',
        prefixMatch: 0.75,
        waiting: 3,
        running: 4,
        kvUsage: 0.5,
        active: 2,
      },
      { name: 'b', waiting: 2, running: 0, kvUsage: 0, active: 0 },
      { name: 'constructor', active: 0 },
    ]);
  });

  it('leaves open what nobody says', () => {
    expect(endpointFigures(undefined, { a: { kvUsage: 0.5 } })).toEqual([
      { name: 'a', kvUsage: 0.5 },
    ]);
  });

  it('takes the replica picked most often for warm, by what is predicted', () => {
    const router = {
      predictedHitRatio: { mean: 0.8 },
      picksByEndpoint: { b: 5, a: 2, gone: 90 },
    };
    expect(assumePrefixMatch(router, ['a', 'b'])).toEqual({ a: 0, b: 0.8 });
    expect(assumePrefixMatch(router, ['c'])).toBeUndefined();
    expect(
      assumePrefixMatch({ ...router, predictedHitRatio: undefined }, ['a']),
    ).toBeUndefined();
    expect(assumePrefixMatch(undefined, ['a'])).toBeUndefined();
  });
});

describe('rankEndpoints', () => {
  it('lets those share a rank that differ by rounding alone', () => {
    const scores = scoreEndpoints(profile('prefix-cache 3'), [
      { name: 'a', prefixMatch: 0.1 + 0.2 },
      { name: 'b', prefixMatch: 0.3 },
      { name: 'c', prefixMatch: 0 },
    ]);
    expect(rankEndpoints(scores)).toEqual({
      ranking: [
        { endpoint: 'a', score: expect.closeTo(0.9), rank: 1 },
        { endpoint: 'b', score: expect.closeTo(0.9), rank: 1 },
        { endpoint: 'c', score: 0, rank: 3 },
      ],
      takenAsEqual: [],
    });
  });

  it('leaves a scorer out for all when one endpoint lacks its figure', () => {
    const scores = scoreEndpoints(
      profile('prefix-cache 3, kv-cache-utilization 2'),
      [
        { name: 'a', prefixMatch: 0, kvUsage: 0 },
        { name: 'b', prefixMatch: 0.5 },
      ],
    );
    expect(rankEndpoints(scores)).toEqual({
      ranking: [
        { endpoint: 'b', score: 1.5, rank: 1 },
        { endpoint: 'a', score: 0, rank: 2 },
      ],
      takenAsEqual: ['kv-cache-utilization-scorer'],
    });
    expect(rankEndpoints([])).toEqual({ ranking: [], takenAsEqual: [] });
  });
});

describe('whatIf', () => {
  it('says in numbers who wins before and after', () => {
    // KServe 0.17: 3·0.6 + 2·0 = 1.8 against 3·0 + 2·1 = 2;
    // with a prefix weight of 4 it is 2.4 against 2.
    const [outcome] = whatIf(profile('queue 2, prefix-cache 3'), WARM_BUSY, {
      'prefix-cache-scorer': 4,
    });
    expect(outcome.summary).toBe(
      'With the present weights other wins with 2.00 against 1.80 of warm, 0.20 ahead. With prefix-cache-scorer 4 warm wins with 2.40 against 2.00 of other, 0.40 ahead.',
    );
    expect(outcome.before.ranking.map(({ endpoint }) => endpoint)).toEqual([
      'other',
      'warm',
    ]);
    expect(outcome.before.affinity.prefixMatchNeededOneWaiting).toBeCloseTo(
      2 / 3,
      12,
    );
    expect(outcome.after.affinity.prefixMatchNeededOneWaiting).toBe(0.5);
    expect(outcome.after.scores[0].total).toBeCloseTo(2.4, 12);
  });

  it.each<[string, string, EndpointFigures[], Record<string, number>, string]>([
    [
      'a tie',
      'queue 1, prefix-cache 1',
      [
        { name: 'warm', prefixMatch: 1, waiting: 1 },
        { name: 'other', prefixMatch: 0, waiting: 0 },
      ],
      {},
      'With the present weights warm and other tie at 1.00: chance decides; nothing was changed.',
    ],
    [
      'a single replica',
      'prefix-cache 2',
      [{ name: 'only', prefixMatch: 0.5 }],
      { 'prefix-cache-scorer': 4 },
      'With the present weights only gets 1.00, and there is no other replica. With prefix-cache-scorer 4 only gets 2.00, and there is no other replica.',
    ],
    [
      'a formula that is not known',
      'prefix-cache 2, acme 9',
      WARM_BUSY,
      {},
      'With the present weights warm wins with 1.20 against 0.00 of other, 1.20 ahead, acme-scorer left out; nothing was changed.',
    ],
    [
      'no replica',
      'queue 1',
      [],
      {},
      'With the present weights there is no replica to score; nothing was changed.',
    ],
  ])('tells of %s', (_, weights, endpoints, changes, summary) => {
    expect(whatIf(profile(weights), endpoints, changes)[0].summary).toBe(
      summary,
    );
  });

  it('weighs by name before type, and by nothing an object inherits', () => {
    const config = {
      profiles: [
        {
          name: 'default',
          scorers: [
            { name: 'mine', type: 'queue-scorer', weight: 1 },
            { name: 'toString', type: 'constructor', weight: 1 },
          ],
        },
      ],
    };
    const weights = { mine: 5, 'queue-scorer': 7 };
    expect(
      withWeights(config, weights).profiles[0].scorers.map(
        ({ weight }) => weight,
      ),
    ).toEqual([5, 1]);
    expect(
      withWeights(config, { 'queue-scorer': 7 }).profiles[0].scorers[0].weight,
    ).toBe(7);
    expect(unknownScorers(config, { ...weights, 'least-requests': 1 })).toEqual(
      ['least-requests'],
    );
  });
});
