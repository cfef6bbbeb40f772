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

import { findScorer, isPrefixScorer, PREFIX_FILTERS, SCORERS } from './index';
import type { EndpointFigures } from './types';

type Figures = Omit<EndpointFigures, 'name'>;

describe('scorers, by the formulas of their sources', () => {
  it.each<[string, string, Figures[], (number | undefined)[]]>([
    [
      'prefix-cache-scorer',
      'the match itself',
      [{ prefixMatch: 0.78 }],
      [0.78],
    ],
    [
      'precise-prefix-cache-scorer',
      'the match itself',
      [{ prefixMatch: 1 }],
      [1],
    ],
    [
      'queue-scorer',
      'spread between shortest and longest',
      [{ waiting: 0 }, { waiting: 1 }, { waiting: 4 }],
      [1, 0.75, 0],
    ],
    ['queue-scorer', 'all equal', [{ waiting: 3 }, { waiting: 3 }], [1, 1]],
    [
      'queue-scorer',
      'one queue unknown, so the spread is',
      [{ waiting: 3 }, {}],
      [undefined, undefined],
    ],
    [
      'kv-cache-utilization-scorer',
      'what is free',
      [{ kvUsage: 0.05 }, {}],
      [0.95, undefined],
    ],
    [
      'running-requests-size-scorer',
      'spread between fewest and most',
      [{ running: 2 }, { running: 6 }],
      [1, 0],
    ],
    [
      'load-aware-scorer',
      'one half, falling to zero at 128',
      [{ waiting: 0 }, { waiting: 32 }, { waiting: 128 }, { waiting: 500 }, {}],
      [0.5, 0.375, 0, 0, undefined],
    ],
    [
      'active-request-scorer',
      'idle first, then by the busiest',
      [{ active: 0 }, { active: 1 }, { active: 4 }],
      [1, 0.75, 0],
    ],
    [
      'active-request-scorer',
      'one unknown',
      [{ active: 1 }, {}],
      [undefined, undefined],
    ],
    [
      'lora-affinity-scorer',
      'by what it has to do for the adapter',
      [
        { lora: 'active' },
        { lora: 'capacity' },
        { lora: 'waiting' },
        { lora: 'none' },
        {},
      ],
      [1, 0.8, 0.6, 0, undefined],
    ],
    [
      'no-hit-lru-scorer',
      'neutral on any hit',
      [{ prefixMatch: 0.1 }, { prefixMatch: 0 }, {}],
      [0.5, 0.5, 0.5],
    ],
    [
      'no-hit-lru-scorer',
      'least recently used first when cold',
      [
        { prefixMatch: 0, coldRank: 0 },
        { prefixMatch: 0, coldRank: 1 },
        { prefixMatch: 0, coldRank: 2 },
      ],
      [1, 0.5, 0],
    ],
    [
      'no-hit-lru-scorer',
      'cold with an unknown order',
      [{ prefixMatch: 0 }, { prefixMatch: 0 }],
      [undefined, undefined],
    ],
    [
      'no-hit-lru-scorer',
      'unknown matches',
      [{ coldRank: 0 }, { coldRank: 1 }],
      [undefined, undefined],
    ],
    ['no-hit-lru-scorer', 'a single replica', [{ prefixMatch: 0 }], [1]],
    [
      'token-load-scorer',
      'falling to zero at 4,194,304',
      [{ activeTokens: 0 }, { activeTokens: 1_048_576 }, { activeTokens: 9e9 }],
      [1, 0.75, 0],
    ],
  ])('%s: %s', (type, _, figures, expected) => {
    const endpoints = figures.map((each, at) => ({
      ...each,
      name: `pod-${at}`,
    }));
    expect(
      endpoints.map(each => findScorer(type)?.score(each, endpoints)),
    ).toEqual(expected);
  });

  it('describes each plugin once, in sentences', () => {
    const all = [...SCORERS, ...PREFIX_FILTERS];
    expect(new Set(all.map(({ type }) => type)).size).toBe(all.length);
    for (const { purpose, method, formula, source } of all) {
      expect(purpose).toMatch(/^[A-Z].*\.$/);
      expect(method).toMatch(/^[A-Z].*\.$/);
      expect(formula && source).toBeTruthy();
    }
  });

  it('knows which of them score prefixes', () => {
    const prefix = SCORERS.map(({ type }) => type).filter(isPrefixScorer);
    expect(prefix).toEqual([
      'prefix-cache-scorer',
      'precise-prefix-cache-scorer',
    ]);
    expect(isPrefixScorer('mm-embeddings-cache-scorer')).toBe(false);
    expect(findScorer('least-requests')).toBeUndefined();
  });
});
