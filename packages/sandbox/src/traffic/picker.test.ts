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

import { seededRandom } from '../random';
import { BlockCache } from './blockCache';
import { EngineReplica } from './engine';
import { Picker, type Endpoint } from './picker';
import { readScorers } from './pickerConfig';
import { syntheticPrompt } from './prompt';

const SETTINGS = {
  modelName: 'tiny',
  blockSize: 16,
  tellsBlocks: false,
  kvBlocks: 1000,
  promptTokensDetails: true,
  maxNumSeqs: 2,
  prefixCaching: true,
  gpuMemoryUtilization: 0.9,
  prefillTokensPerSecond: 1000,
  overheadMs: 50,
  outputTokenMs: 10,
};
let serial = 0;
const prompt = (prefix: string, prefixTokens = 640, tailTokens = 64) => {
  serial += 1;
  return syntheticPrompt({
    prefix,
    prefixTokens,
    tailTokens,
    outputTokens: 10,
    serial,
  });
};

describe('BlockCache', () => {
  it('matches from the start, and gives up ends before beginnings', () => {
    const cache = new BlockCache(4);
    cache.keep(['a1', 'a2', 'a3']);
    expect(cache.match(['a1', 'a2', 'b3'])).toBe(2);
    expect(cache.match(['x', 'a2'])).toBe(0);
    cache.keep(['b1', 'b2']);
    expect(cache.size).toBe(4);
    expect(cache.match(['a1', 'a2', 'a3'])).toBe(2);
  });
});

describe('EngineReplica', () => {
  it('hits whole blocks only, never the last token, and answers a warm prompt sooner', () => {
    const engine = new EngineReplica(SETTINGS);
    const cold = engine.accept(prompt('p'), 0);
    const warm = engine.accept(prompt('p'), 60_000);
    expect(cold.cachedTokens).toBe(0);
    expect(warm.cachedTokens).toBe(640);
    expect(warm.timeToFirstToken).toBeLessThan(cold.timeToFirstToken);
    const short = prompt('short', 8, 4);
    engine.accept(short, 120_000);
    expect(engine.accept(short, 180_000).cachedTokens).toBe(0);
  });

  it('queues what exceeds its sequences', () => {
    const engine = new EngineReplica(SETTINGS);
    for (let count = 0; count < 5; count += 1) engine.accept(prompt('p'), 0);
    expect([engine.running(1), engine.waiting(1)]).toEqual([2, 3]);
    engine.advance(60_000);
    expect([engine.finished, engine.waiting(60_000)]).toEqual([5, 0]);
  });
});

describe('Picker', () => {
  const endpoints = (): Endpoint[] =>
    ['one', 'two', 'three'].map(pod => ({
      pod,
      engine: new EngineReplica({ ...SETTINGS, maxNumSeqs: 64 }),
    }));
  const config = (weights: Record<string, number>) =>
    readScorers(
      JSON.stringify({
        plugins: Object.keys(weights).map(type => ({ type })),
        schedulingProfiles: [
          {
            name: 'default',
            plugins: Object.entries(weights).map(([pluginRef, weight]) => ({
              pluginRef,
              weight,
            })),
          },
        ],
      }),
    );

  it.each([
    [
      'KServe 0.20',
      {
        'queue-scorer': 2,
        'kv-cache-utilization-scorer': 2,
        'prefix-cache-scorer': 3,
        'no-hit-lru-scorer': 2,
      },
      1,
    ],
    ['no prefix scorer', { 'queue-scorer': 2 }, 3],
    [
      'prefix scorer of weight 0',
      { 'queue-scorer': 2, 'prefix-cache-scorer': 0 },
      3,
    ],
  ])('with %s a prefix is spread as expected', (_name, weights, pods) => {
    const picker = new Picker(seededRandom(7));
    const pool = endpoints();
    for (let count = 0; count < 60; count += 1) {
      const one = prompt('shared');
      const now = count * 10_000;
      const chosen = picker.pick(one, pool, config(weights), now);
      chosen?.engine.accept(one, now);
      for (const { engine } of pool) engine.advance(now);
    }
    expect(picker.picks.size).toBe(pods);
    expect(picker.requests).toBe(60);
  });

  it('resolves a reference by the name of a plugin, and counts 1 for no weight', () => {
    const scorers = readScorers(`
plugins: [{ type: prefix-cache-scorer, name: affinity }, { type: max-score-picker }]
schedulingProfiles: [{ name: p, plugins: [{ pluginRef: affinity }, { pluginRef: max-score-picker }] }]`);
    expect(scorers).toEqual([
      { name: 'affinity', type: 'prefix-cache-scorer', weight: 1 },
    ]);
  });

  it.each([
    ['engines that tell of the same blocks', 16, true, 1],
    ['engines that tell nothing', 16, false, 3],
    ['engines of another block', 64, true, 3],
  ])(
    'in precise mode, with %s, a prefix is spread as expected',
    (_name, blockSize, tellsBlocks, pods) => {
      const scorers = readScorers(`
plugins:
  - type: precise-prefix-cache-producer
    parameters: { tokenProcessorConfig: { blockSize: ${blockSize} } }
  - type: prefix-cache-scorer
    parameters: { prefixMatchInfoProducerName: precise-prefix-cache-producer }
schedulingProfiles: [{ name: p, plugins: [{ pluginRef: prefix-cache-scorer }] }]`);
      expect(scorers[0].followsBlocksOf).toBe(blockSize);
      const picker = new Picker(seededRandom(7));
      const pool = ['one', 'two', 'three'].map(pod => ({
        pod,
        engine: new EngineReplica({ ...SETTINGS, tellsBlocks }),
      }));
      for (let count = 0; count < 60; count += 1) {
        const one = prompt('shared');
        picker.pick(one, pool, scorers, count)?.engine.accept(one, count);
      }
      expect(picker.picks.size).toBe(pods);
      // What it predicts it would have to remember, and it does not.
      expect(picker.hitRatio.count).toBe(0);
    },
  );

  it('counts an error when it knows no endpoint', () => {
    const picker = new Picker(seededRandom(1));
    expect(picker.pick(prompt('p'), [], [], 0)).toBeUndefined();
    expect([picker.requests, picker.errors]).toEqual([1, 1]);
  });
});
