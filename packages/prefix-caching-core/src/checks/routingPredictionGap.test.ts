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
import { routingPredictionGap } from './routingPredictionGap';
import {
  engineSamples,
  observe,
  pickerContainer,
  pickerPod,
  routerSamples,
} from './testing/cluster';
import { judgedCase, wanted } from './testing/judging';
import type { Case } from './testing/judging';

function samples(
  predicted: number | undefined,
  delivered: number | undefined,
  engine: Partial<EngineMetrics> = {},
) {
  const before = { requests: 0, queryTokens: 0, hitTokens: 0, promptTokens: 0 };
  const after = {
    requests: 100,
    queryTokens: 10_000,
    hitTokens: 10_000 * (delivered ?? 0),
    promptTokens: 10_000,
    ...engine,
  };
  return [
    ...(predicted === undefined
      ? []
      : [
          routerSamples(
            'chat-epp-0',
            { requests: 0, predictedHitRatio: { mean: 0, count: 0 } },
            {
              requests: 100,
              predictedHitRatio: { mean: predicted, count: 100 },
            },
          ),
        ]),
    ...(delivered === undefined
      ? []
      : [engineSamples('chat-kserve-0', before, after)]),
  ];
}

const seen = (...given: Parameters<typeof samples>) =>
  observe({}, { endpoints: samples(...given) });
const gap = (what: string) => ({
  what,
  reason: 'not-configured' as const,
  message: `${what} has no token.`,
});
const smallIndex = pickerPod('chat', {
  container: pickerContainer({
    args: [
      '--config-text',
      JSON.stringify({
        apiVersion: 'llm-d.ai/v1alpha1',
        kind: 'EndpointPickerConfig',
        plugins: [
          {
            type: 'prefix-cache-scorer',
            parameters: { lruCapacityPerServer: 100 },
          },
        ],
        schedulingProfiles: [],
      }),
    ],
  }),
});

describe('routing.prediction-gap', () => {
  it.each<Case>([
    [
      'close together',
      seen(0.8, 0.7),
      'pass',
      '80 % predicted, 70 % delivered',
    ],
    [
      'just below the threshold, the other way round',
      seen(0.41, 0.7),
      'pass',
      '41 % predicted, 70 % delivered',
    ],
    [
      'far more predicted',
      seen(0.9, 0.2, { promptTokens: 50_000 }),
      'warn',
      'expects far more hits than the engines deliver. 90 % predicted, 20 % delivered',
    ],
    [
      'and the index is larger than the cache',
      seen(0.9, 0.2, {
        promptTokens: 50_000,
        blockSize: 16,
        cacheBlocks: 1_000,
      }),
      'warn',
      'the picker remembers 2000000 tokens for each engine, whose cache holds 16000',
    ],
    [
      'and the caches are full',
      seen(0.9, 0.2, { promptTokens: 50_000, kvUsage: 0.97 }),
      'warn',
      'the KV caches are 97 % full',
    ],
    [
      'and prompts are shorter than a block',
      seen(0.9, 0.2, { promptTokens: 2_000 }),
      'warn',
      'prompts average 20 tokens, and a block holds 64',
    ],
    [
      'far less predicted',
      seen(0.1, 0.8),
      'warn',
      'deliver far more hits than the Endpoint Picker knows of',
    ],
    [
      'and the index is smaller than the cache',
      observe(
        { picker: smallIndex },
        {
          endpoints: samples(0.1, 0.8, { blockSize: 16, cacheBlocks: 1_000 }),
        },
      ),
      'warn',
      'remembers 6400 tokens for each engine, whose cache holds 16000',
    ],
    [
      'and several pickers run',
      observe(
        {},
        {
          endpoints: [
            ...samples(0.1, 0.8),
            routerSamples('chat-epp-1', undefined, {}),
          ],
        },
      ),
      'warn',
      '2 pickers run, and each knows only its own picks',
    ],
    [
      'as far apart as is too far',
      seen(0.75, 0.5),
      'warn',
      'expects far more',
      { thresholds: { predictionGap: 0.25 } },
    ],
    [
      'close together, of the fewest tokens that tell',
      seen(0.8, 0.7),
      'pass',
      '80 % predicted, 70 % delivered',
      { thresholds: { minimumQueryTokens: 10_000 } },
    ],
    [
      'another threshold',
      seen(0.8, 0.7),
      'warn',
      'expects far more',
      { thresholds: { predictionGap: 0.05 } },
    ],
    [
      'too few tokens',
      seen(0.9, 0.2),
      'inconclusive',
      'Too few prompt tokens',
      { thresholds: { minimumQueryTokens: 20_000 } },
    ],
    [
      'nothing predicted',
      seen(undefined, 0.5),
      'inconclusive',
      'The Endpoint Picker predicted nothing',
    ],
    [
      'nothing looked up',
      seen(0.5, undefined),
      'inconclusive',
      'The engines looked nothing up',
    ],
    [
      'the picker may not be read',
      observe(
        {},
        {
          endpoints: samples(undefined, 0.5),
          gaps: [gap('metrics/router')],
        },
      ),
      'inconclusive',
      "the picker's metrics did not answer. metrics/router has no token",
    ],
    [
      'engines may not be read',
      observe(
        {},
        { endpoints: samples(0.5, undefined), gaps: [gap('metrics/engine')] },
      ),
      'inconclusive',
      "the engines' metrics did not answer",
    ],
    [
      'files',
      observe({}, { source: 'manifests' }),
      'skipped',
      'Not decided from files',
    ],
  ])('%s', (...given) => {
    expect(judgedCase(routingPredictionGap, given)).toEqual(wanted(given));
  });
});
