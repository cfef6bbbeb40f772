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

import { gpuTarget } from '../__fixtures__';
import { withWeights } from 'prefix-caching-core/scoring';
import { crossingOf, marginOf } from './margin';
import { prefixProfile, scoresNow, typicalMatch } from './policyScores';

function profile(weights: Record<string, number>) {
  return {
    name: 'default',
    scorers: Object.entries(weights).map(([name, weight]) => ({
      name: `${name}-scorer`,
      type: `${name}-scorer`,
      weight,
    })),
  };
}

const KSERVE_020 = profile({
  queue: 2,
  'kv-cache-utilization': 2,
  'prefix-cache': 3,
  'no-hit-lru': 2,
});
const KV = { warmKv: 0.05, otherKv: 0.03 };

describe('the margin of the warm replica', () => {
  it.each([
    // 3·0.78 − 2·0.02
    [0.78, 0, 2.3],
    // and − 2 for the one that waits
    [0.78, 1, 0.3],
    [0.5, 1, -0.54],
    // A queue of two is still the longest of two queues.
    [0.78, 2, 0.3],
  ])('with a match of %d and %d waiting is %d', (match, waiting, margin) => {
    expect(marginOf(KSERVE_020, { match, waiting, ...KV })).toBeCloseTo(margin);
  });

  it.each([
    [KSERVE_020, 0, 0.04 / 3],
    [KSERVE_020, 1, 2.04 / 3],
    [profile({ queue: 3, 'prefix-cache': 1 }), 1, 3],
    [profile({ queue: 3 }), 1, undefined],
    [profile({ queue: 3, 'prefix-cache': 0 }), 1, undefined],
  ])('%# turns at a match', (of, waiting, crossing) => {
    const at = crossingOf(of, {
      waiting,
      ...(of === KSERVE_020 ? KV : { warmKv: 0, otherKv: 0 }),
    });
    expect(at?.toFixed(9)).toBe(crossing?.toFixed(9));
  });

  it('follows other weights, and leaves the live profile as it is', () => {
    const {
      profiles: [changed],
    } = withWeights({ profiles: [KSERVE_020] }, { 'queue-scorer': 0 });
    expect(marginOf(changed, { match: 0.5, waiting: 1, ...KV })).toBeCloseTo(
      1.46,
    );
    expect(KSERVE_020.scorers[0].weight).toBe(2);
  });
});

describe('scores of now', () => {
  it('puts the typical match on the replica that gets most requests', () => {
    const [live] = gpuTarget.policy?.config.profiles ?? [];
    const match = typicalMatch(gpuTarget) ?? 0;
    const now = scoresNow(gpuTarget, live, match);
    expect(now?.warm).toMatch(/vt8zn$/);
    expect(now?.scores[0].endpoint).toBe(now?.warm);
    // 2·1 + 3·0.783
    expect(now?.scores[0].score).toBeCloseTo(4.349);
    expect(now?.scores[1].score).toBeCloseTo(2);
    expect(scoresNow({ ...gpuTarget, engines: [] }, live, match)).toBe(
      undefined,
    );
  });

  it('finds the profile that weighs prefixes', () => {
    const prefill = profile({ queue: 1 });
    const decode = profile({ 'prefix-cache': 1 });
    expect(prefixProfile([prefill, decode])).toBe(decode);
    expect(prefixProfile([prefill])).toBe(prefill);
    expect(prefixProfile([])).toBeUndefined();
  });
});
