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

import type { EngineMetrics } from '../metrics';
import type { Observation } from '../observation';
import { reasonsForTooLittle, reasonsForTooMuch } from './predictionReasons';
import {
  engineSamples,
  observe,
  pickerContainer,
  pickerPod,
  routerSamples,
} from './testing/cluster';

/** A picker whose plugin has these parameters; none where it is not told by blocks at all. */
function picker(type: string, parameters?: object) {
  const config = {
    apiVersion: 'llm-d.ai/v1alpha1',
    kind: 'EndpointPickerConfig',
    plugins: [{ type, parameters }],
    schedulingProfiles: [],
  };
  return pickerPod('chat', {
    container: pickerContainer({
      args: ['--config-text', JSON.stringify(config)],
    }),
  });
}
/** 64 tokens a piece, and so 6,400 remembered for each engine. */
const REMEMBERS_6400 = picker('prefix-cache-scorer', {
  lruCapacityPerServer: 100,
});
const PRECISE = picker('precise-prefix-cache-scorer', {
  tokenProcessorConfig: { blockSize: 64 },
});
const NO_PREFIXES = picker('queue-scorer');

/** What each engine has counted; promptTokens over 100 requests. */
function seen(
  pod: ReturnType<typeof picker>,
  ...engines: Partial<EngineMetrics>[]
): Observation {
  return observe(
    { picker: pod },
    {
      endpoints: [
        routerSamples('chat-epp-0', undefined, {}),
        ...engines.map((engine, index) =>
          engineSamples(
            `chat-kserve-${index}`,
            { requests: 0, promptTokens: 0 },
            { requests: 100, ...engine },
          ),
        ),
      ],
    },
  );
}
const cache = (cacheBlocks: number) => ({ blockSize: 16, cacheBlocks });
const remembers = (remembered: number, held: number) => [
  `the picker remembers ${remembered} tokens for each engine, whose cache holds ${held}`,
];
const average = (tokens: number, block: number) => [
  `prompts average ${tokens} tokens, and a block holds ${block}`,
];

type Case = [title: string, reasons: string[], Observation];

describe('why a picker may believe in hits that are not delivered', () => {
  it.each<Case>([
    ['nothing was counted', [], observe()],
    ['nothing of it was reported', [], seen(REMEMBERS_6400, {})],
    [
      'prompts shorter than a piece',
      average(63, 64),
      seen(REMEMBERS_6400, { promptTokens: 6_300 }),
    ],
    [
      'prompts as long as a piece',
      [],
      seen(REMEMBERS_6400, { promptTokens: 6_400 }),
    ],
    [
      'prompts of which nobody counted the tokens',
      [],
      seen(REMEMBERS_6400, { promptTokens: undefined }),
    ],
    [
      'shorter than the smallest block of the engines, where the picker has none',
      average(10, 16),
      seen(
        NO_PREFIXES,
        { promptTokens: 1_000, blockSize: 32 },
        { promptTokens: 1_000, blockSize: 16 },
      ),
    ],
    [
      'longer than that',
      [],
      seen(
        NO_PREFIXES,
        { promptTokens: 2_000, blockSize: 32 },
        { promptTokens: 2_000, blockSize: 16 },
      ),
    ],
    [
      'more is remembered than the smallest cache holds',
      remembers(6_400, 1_600),
      seen(REMEMBERS_6400, cache(1_000), cache(100)),
    ],
    [
      'as much is remembered as a cache holds',
      [],
      seen(REMEMBERS_6400, cache(400)),
    ],
    [
      'a cache of which only the blocks are known',
      [],
      seen(REMEMBERS_6400, { cacheBlocks: 100 }),
    ],
    [
      'a cache of which only the block’s size is known',
      [],
      seen(REMEMBERS_6400, { blockSize: 16 }),
    ],
    [
      'more than one cache holds, while the others are not known',
      remembers(6_400, 1_600),
      seen(REMEMBERS_6400, { blockSize: 16 }, cache(100), { cacheBlocks: 9 }),
    ],
    [
      'a picker that follows the engines forgets with them',
      [],
      seen(PRECISE, cache(100)),
    ],
    [
      'every cache is full',
      ['the KV caches are 90 % full, so blocks are evicted early'],
      seen(REMEMBERS_6400, { kvUsage: 0.95 }, { kvUsage: 0.9 }),
    ],
    [
      'the cache is full of which that is known',
      ['the KV caches are 95 % full, so blocks are evicted early'],
      seen(REMEMBERS_6400, {}, { kvUsage: 0.95 }),
    ],
    [
      'one cache has room',
      [],
      seen(REMEMBERS_6400, { kvUsage: 0.95 }, { kvUsage: 0.89 }),
    ],
    [
      'all at once, nearest first',
      [
        ...average(1, 64),
        ...remembers(6_400, 1_600),
        'the KV caches are 100 % full, so blocks are evicted early',
      ],
      seen(REMEMBERS_6400, { ...cache(100), promptTokens: 100, kvUsage: 1 }),
    ],
  ])('%s', (_, reasons, observation) => {
    expect(reasonsForTooMuch(observation)).toEqual(reasons);
  });
});

describe('why engines may deliver hits that the picker does not know of', () => {
  it.each<Case>([
    ['nothing was counted', [], observe()],
    [
      'less is remembered than the smallest cache holds',
      remembers(6_400, 16_000),
      seen(REMEMBERS_6400, cache(1_000), cache(2_000)),
    ],
    [
      'as much is remembered as a cache holds',
      [],
      seen(REMEMBERS_6400, cache(400)),
    ],
    [
      'more is remembered than a cache holds',
      [],
      seen(REMEMBERS_6400, cache(100)),
    ],
    [
      'a picker that follows the engines knows what they hold',
      [],
      seen(PRECISE, cache(100_000)),
    ],
    [
      'a cache whose size is not known',
      [],
      seen(REMEMBERS_6400, { blockSize: 16 }),
    ],
  ])('%s', (_, reasons, observation) => {
    expect(reasonsForTooLittle(observation)).toEqual(reasons);
  });
});
