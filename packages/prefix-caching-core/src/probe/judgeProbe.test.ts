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

import { judgeProbe, type ProbeJudgement } from './judgeProbe';
import { planProbe, prefixesFor } from './planProbe';
import type { ProbeAnswer, ProbeReading, ProbeSubject } from './types';

const PROMPT = 300;
const REUSED = 256;

interface World {
  replicas?: number;
  /** Where a request goes; by its prefix unless given. */
  route?: (answer: number, prefix: number) => number;
  caching?: boolean;
  /** What the answers say of themselves. */
  tells?: Partial<Record<'cachedTokens' | 'endpoint' | 'counters', boolean>>;
  /** Seconds for what is computed, and for what is reused. */
  seconds?: [cold: number, warm: number];
}

/** A service that answers a whole probe. */
function answersOf(world: World, subject?: Partial<ProbeSubject>) {
  const { replicas = 3, caching = true, seconds = [0.3, 0.1] } = world;
  const { route = (_, prefix) => prefix % replicas } = world;
  const tells = { cachedTokens: true, endpoint: true, ...world.tells };
  const plan = planProbe({ replicas, engineBlock: 16, ...subject });
  if ('impossible' in plan) throw new Error(plan.impossible);
  const held = new Set<string>();
  return plan.steps.map((step, index): ProbeAnswer => {
    const replica = route(index, step.prefix);
    const key = `${replica}/${step.prefix}`;
    const cached = caching && held.has(key) ? REUSED : 0;
    held.add(key);
    return {
      ...step,
      promptTokens: PROMPT,
      ...(tells.cachedTokens && { cachedTokens: cached }),
      ...(tells.counters && { countedHitTokens: cached }),
      ...(tells.endpoint && { endpoint: `pod-${replica}` }),
      firstToken: cached > 0 ? seconds[1] : seconds[0],
    };
  });
}

function judged(world: World, reading: Partial<ProbeReading> = {}) {
  return judgeProbe({
    replicas: world.replicas ?? 3,
    engineBlock: 16,
    otherTraffic: false,
    answers: answersOf(world),
    ...reading,
  });
}

/** Where a router goes that sends each repeat to the next replica. */
const elsewhere = (index: number, prefix: number) =>
  (index > 5 ? prefix + 1 : prefix) % 3;

describe('judgeProbe', () => {
  it('proves routing by prefix where nobody else was there', () => {
    expect(judged({})).toEqual({
      outcome: 'hit',
      summary:
        'All 5 repeats were answered from cache: routing by prefix is proved, with no other traffic.',
      evidence: 'cached-tokens',
      replicas: 3,
      prefixes: 5,
      prefixTokens: PROMPT,
      affine: 5,
      hits: 5,
      controlMissed: true,
      largeBodyHit: true,
      timeToFirstToken: { cold: 0.3, warm: 0.1 },
      requests: 13,
      promptTokens: 13 * PROMPT,
    });
  });

  it.each<
    [
      string,
      World,
      Partial<ProbeReading>,
      (
        | Partial<ProbeJudgement>
        | (Omit<Partial<ProbeJudgement>, 'summary'> & { summary: RegExp })
      ),
    ]
  >([
    [
      'other traffic: consistent with it, not proved',
      { tells: { endpoint: false } },
      { otherTraffic: true },
      {
        outcome: 'hit',
        summary: /consistent with .*, beside other traffic/,
        affine: 5,
      },
    ],
    [
      'traffic that cannot be told: consistent with it, not proved',
      {},
      { otherTraffic: undefined },
      {
        outcome: 'hit',
        summary: /consistent with .* cannot be ruled out/,
      },
    ],
    [
      'only counters tell',
      { tells: { cachedTokens: false, counters: true } },
      {},
      { outcome: 'hit', evidence: 'counters' },
    ],
    [
      'the cache is off, as the engines say',
      { caching: false, tells: { endpoint: false } },
      { prefixCaching: 'off', otherTraffic: true },
      { outcome: 'miss', summary: /caching is off/, hits: 0 },
    ],
    [
      'the cache is off, and nobody says so',
      { caching: false },
      {},
      {
        outcome: 'miss',
        summary: /All 5 repeats came to the replica.*5 of them were not/,
        affine: 5,
      },
    ],
    [
      'the cache is too small for the probe',
      { caching: false },
      { cacheTokens: 5 * PROMPT - 1 },
      { outcome: 'inconclusive', summary: /holds 1499 tokens, fewer/ },
    ],
    [
      'the router ignores prefixes',
      { route: elsewhere },
      {},
      { outcome: 'routing-at-fault', summary: /^\d of 5 repeats came to the/ },
    ],
    [
      'the router ignores prefixes, and endpoints are not known',
      {
        route: (index, prefix) =>
          prefix < 3 ? prefix % 3 : elsewhere(index, prefix),
        tells: { endpoint: false },
      },
      { otherTraffic: true },
      { outcome: 'routing-at-fault', summary: /the caches work/, hits: 3 },
    ],
    [
      'one repeat strayed beside other traffic',
      { route: (index, prefix) => (index === 6 ? 2 : prefix % 3) },
      { otherTraffic: true },
      { outcome: 'inconclusive', summary: /one went elsewhere/, affine: 4 },
    ],
    [
      'one repeat strayed with no other traffic',
      { route: (index, prefix) => (index === 6 ? 2 : prefix % 3) },
      {},
      { outcome: 'routing-at-fault', affine: 4 },
    ],
    [
      'one repeat strayed, and endpoints are not known',
      {
        route: (index, prefix) => (index === 6 ? 2 : prefix % 3),
        tells: { endpoint: false },
      },
      { otherTraffic: true },
      { outcome: 'inconclusive', hits: 4 },
    ],
    [
      'no hit, and endpoints are not known',
      { caching: false, tells: { endpoint: false } },
      { otherTraffic: true },
      { outcome: 'inconclusive', summary: /routing and engine look alike/ },
    ],
    [
      'the flag is off and counters are disturbed',
      { tells: { cachedTokens: false } },
      { otherTraffic: true },
      {
        outcome: 'inconclusive',
        summary: /--enable-prompt-tokens-details.*only hints/,
        evidence: 'time',
      },
    ],
    [
      'the flag is off and time says nothing either',
      { tells: { cachedTokens: false }, seconds: [0.3, 0.29] },
      {},
      { outcome: 'inconclusive', summary: /prompt-tokens-details\.$/ },
    ],
    [
      'one replica',
      {},
      { replicas: 1 },
      { outcome: 'inconclusive', summary: /nothing to route/ },
    ],
  ])('%s', (_name, world, reading, { summary = /./, ...expected }) => {
    const judgement = judged(world, reading);
    expect(judgement).toMatchObject(expected);
    expect(judgement.summary).toMatch(summary);
  });

  it('takes no hit for one where a prompt that must miss hits', () => {
    const answers = answersOf({}).map(answer =>
      answer.role === 'control' ? { ...answer, cachedTokens: REUSED } : answer,
    );
    expect(judged({}, { answers })).toMatchObject({
      outcome: 'inconclusive',
      controlMissed: false,
      summary: expect.stringContaining('a hit means nothing'),
    });
  });

  it('says that a large body did not come through', () => {
    const answers = answersOf({}).map(answer =>
      answer.role === 'large-warm' ? { ...answer, cachedTokens: 0 } : answer,
    );
    expect(judged({}, { answers })).toMatchObject({
      outcome: 'hit',
      largeBodyHit: false,
    });
  });

  it.each([16, 128])(
    'tells nothing by the example of the reference document, at blocks of %s',
    engineBlock => {
      // "Translate to French: Hello", then "… Goodbye": six tokens.
      const answers = answersOf({ caching: false }).map(answer => ({
        ...answer,
        promptTokens: 6,
      }));
      expect(judged({}, { answers, engineBlock })).toMatchObject({
        outcome: 'inconclusive',
        summary: `The prompt of 6 tokens is shorter than one block of ${engineBlock}, and only whole blocks are reused.`,
      });
    },
  );

  it('reads an empty probe as nothing known', () => {
    expect(judged({}, { answers: [] })).toMatchObject({
      outcome: 'inconclusive',
      evidence: 'none',
      prefixes: 0,
      requests: 0,
      timeToFirstToken: {},
    });
  });

  it.each(Array.from({ length: 19 }, (_, index) => index + 2))(
    'takes no gateway for a router that goes around %s replicas in turn',
    replicas => {
      for (const endpoint of [true, false]) {
        const { outcome, hits = NaN } = judged(
          { replicas, route: index => index % replicas, tells: { endpoint } },
          { replicas },
        );
        expect(outcome).not.toBe('hit');
        expect(hits).toBeLessThanOrEqual(1);
      }
    },
  );

  it.each([2, 3, 4, 6, 10])(
    'passes a router that ignores prefixes at most once in a hundred, with %s replicas',
    replicas => {
      // mulberry32: the same thousand runs each time.
      let state = 20261128 + replicas;
      const random = () => {
        state = (state + 0x6d2b79f5) | 0;
        let t = Math.imul(state ^ (state >>> 15), 1 | state);
        t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
        return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
      };
      const passes = Array.from({ length: 1000 }, () =>
        judged(
          {
            replicas,
            route: () => Math.floor(random() * replicas),
            tells: { endpoint: false },
          },
          { replicas },
        ),
      ).filter(({ outcome }) => outcome === 'hit');
      expect(passes.length).toBeLessThanOrEqual(10);
    },
  );
});

describe('prefixesFor', () => {
  it.each([
    [2, 7],
    [3, 5],
    [4, 4],
    [5, 3],
    [100, 3],
  ])('%s replicas need %s prefixes', (replicas, prefixes) => {
    expect(prefixesFor(replicas)).toBe(prefixes);
    expect(replicas ** -prefixes).toBeLessThanOrEqual(0.01);
  });
});
