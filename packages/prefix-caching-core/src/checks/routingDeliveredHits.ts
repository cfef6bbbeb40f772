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

import { enginePods, gapFor } from '../observation';
import type { Observation } from '../observation';
import { countersOf } from './counters';
import { gapEvidence, judge, kubectl } from './judgement';
import type { Check, CheckContext, Judgement } from './types';

/** `63 %`. */
export function percent(ratio: number): string {
  return `${Math.round(ratio * 100)} %`;
}

/** Delivered hit ratio of a target between its two samples, 0 to 1. */
export function deliveredHitRatio(
  observation: Observation,
): number | undefined {
  return countersOf(observation.endpoints).engine.deliveredHitRatio;
}

function notEnough(
  observation: Observation,
  tokens: number | undefined,
): Judgement {
  const gap = gapFor(observation, 'metrics/engine');
  if (tokens === undefined && gap) {
    return judge(
      'inconclusive',
      "Can't tell what the engines deliver: their metrics did not answer.",
      gap.message.replace(/\.$/, ''),
      {
        evidence: [gapEvidence(gap)],
        remedy: gap.remedy,
      },
    );
  }
  return tokens === undefined
    ? judge(
        'inconclusive',
        'Not sampled twice yet, so no hit ratio is known.',
        'fewer than two samples',
      )
    : judge(
        'inconclusive',
        'Too few prompt tokens between the two samples to judge a hit ratio.',
        `${tokens} prompt tokens looked up`,
      );
}

function judgeDelivered({ observation, thresholds }: CheckContext): Judgement {
  if (observation.source === 'manifests') {
    return judge(
      'skipped',
      'Not decided from files: only traffic shows what the cache delivers.',
      'not looked for',
    );
  }
  const { engine, predictedHitRatio } = countersOf(observation.endpoints);
  const { queryTokens, hitTokens, deliveredHitRatio: ratio } = engine;
  if (
    ratio === undefined ||
    queryTokens === undefined ||
    queryTokens < thresholds.minimumQueryTokens
  ) {
    return notEnough(observation, queryTokens);
  }
  const { hitRatioGood, hitRatioPoor, predictionGap } = thresholds;
  const predicted =
    predictedHitRatio === undefined
      ? 'predicted not known'
      : `${percent(predictedHitRatio)} predicted`;
  const actual = `${percent(ratio)} delivered, ${predicted}`;
  const extra = {
    expected: `${percent(hitRatioGood)} or more is good, below ${percent(
      hitRatioPoor,
    )} is poor`,
    evidence: [
      {
        subject: 'prefix cache counters between two samples',
        value: `${hitTokens} of ${queryTokens} prompt tokens came from cache`,
      },
      {
        subject: "the picker's prediction for the same time",
        value: predicted,
      },
    ],
  };
  if (ratio >= hitRatioGood) {
    return judge(
      'pass',
      `${percent(ratio)} of prompt tokens came from cache.`,
      actual,
      extra,
    );
  }
  if (ratio >= hitRatioPoor) {
    return judge(
      'warn',
      `Only ${percent(ratio)} of prompt tokens came from cache.`,
      actual,
      {
        ...extra,
        remedy:
          'Compare with what prompts share: a longer common beginning gives more hits.',
      },
    );
  }
  if (predictedHitRatio === undefined) {
    return judge(
      'warn',
      `Only ${percent(
        ratio,
      )} of prompt tokens came from cache; the Endpoint Picker's prediction is not known.`,
      actual,
      {
        ...extra,
        remedy:
          "Make the picker's metrics readable: they tell a fault from prompts that share little.",
      },
    );
  }
  return predictedHitRatio - ratio >= predictionGap
    ? judge(
        'fail',
        `The Endpoint Picker predicts ${percent(
          predictedHitRatio,
        )}, and the engines deliver ${percent(ratio)} from cache.`,
        actual,
        {
          ...extra,
          remedy:
            'The right replica is picked and its cache does not hold the prefix: look for eviction (KV cache too small), engine restarts, or a block larger than the shared prefix.',
        },
      )
    : judge(
        'warn',
        `There is little to reuse: prompts share little, and ${percent(
          ratio,
        )} of their tokens came from cache.`,
        actual,
        {
          ...extra,
          remedy:
            'Not a fault: put what prompts have in common at their beginning.',
        },
      );
}

/** What the engines' own counters say came from cache. */
export const routingDeliveredHits: Check = {
  id: 'routing.delivered-hits',
  component: 'routing',
  requirement: 'required',
  title: 'Engines deliver from cache',
  expected:
    '60 % or more of prompt tokens from cache is good, below 30 % is poor',
  responsible: 'owner',
  judge: judgeDelivered,
  commands: observation => {
    const { namespace } = observation.target;
    const [pod] = enginePods(observation);
    return [
      kubectl(
        "the engines' own counters: vllm:prefix_cache_hits_total and vllm:prefix_cache_queries_total",
        'get',
        '--raw',
        `/api/v1/namespaces/${namespace}/pods/${
          pod?.metadata.name ?? 'POD'
        }:8000/proxy/metrics`,
      ),
    ];
  },
};
