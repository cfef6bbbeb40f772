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

import { generatedNames } from '../kubernetes';
import { gapFor } from '../observation';
import type { Observation } from '../observation';
import { countersOf } from './counters';
import { gapEvidence, judge, kubectl, listed } from './judgement';
import { reasonsForTooLittle, reasonsForTooMuch } from './predictionReasons';
import { percent } from './routingDeliveredHits';
import type { Check, CheckContext, Judgement } from './types';

function notKnown(
  observation: Observation,
  predicted: number | undefined,
): Judgement {
  const what = predicted === undefined ? 'metrics/router' : 'metrics/engine';
  const gap = gapFor(observation, what);
  if (gap) {
    return judge(
      'inconclusive',
      `Can't compare prediction and delivery: ${
        what === 'metrics/router' ? "the picker's" : "the engines'"
      } metrics did not answer.`,
      gap.message.replace(/\.$/, ''),
      { evidence: [gapEvidence(gap)], remedy: gap.remedy },
    );
  }
  return judge(
    'inconclusive',
    predicted === undefined
      ? 'The Endpoint Picker predicted nothing between the two samples.'
      : 'The engines looked nothing up between the two samples.',
    'not sampled twice, or no requests',
  );
}

function judgeGap({ observation, thresholds }: CheckContext): Judgement {
  if (observation.source === 'manifests') {
    return judge(
      'skipped',
      'Not decided from files: only traffic shows what was predicted.',
      'not looked for',
    );
  }
  const { engine, predictedHitRatio: predicted } = countersOf(
    observation.endpoints,
  );
  const { deliveredHitRatio: delivered, queryTokens = 0 } = engine;
  if (predicted === undefined || delivered === undefined) {
    return notKnown(observation, predicted);
  }
  if (queryTokens < thresholds.minimumQueryTokens) {
    return judge(
      'inconclusive',
      'Too few prompt tokens between the two samples to compare them.',
      `${queryTokens} prompt tokens looked up`,
    );
  }
  const actual = `${percent(predicted)} predicted, ${percent(
    delivered,
  )} delivered`;
  const evidence = [
    {
      subject: "the picker's prediction, mean of requests",
      value: percent(predicted),
    },
    {
      subject: "the engines' delivery, share of prompt tokens",
      value: percent(delivered),
    },
  ];
  if (Math.abs(predicted - delivered) < thresholds.predictionGap) {
    return judge(
      'pass',
      'What the Endpoint Picker predicts is what the engines deliver.',
      actual,
      { evidence },
    );
  }
  const tooMuch = predicted > delivered;
  const reasons = (tooMuch ? reasonsForTooMuch : reasonsForTooLittle)(
    observation,
  );
  return judge(
    'warn',
    tooMuch
      ? 'The Endpoint Picker expects far more hits than the engines deliver.'
      : 'The engines deliver far more hits than the Endpoint Picker knows of.',
    reasons.length > 0 ? `${actual}; ${listed(reasons)}` : actual,
    {
      evidence: [
        ...evidence,
        ...reasons.map(value => ({ subject: 'a reason for it', value })),
      ],
      remedy: tooMuch
        ? 'Give the engines more KV cache, or let the picker remember less (lruCapacityPerServer); after a restart of engines the gap closes by itself.'
        : 'Look for a picker that restarted, pickers that do not share what they know, or requests that reach engines another way.',
    },
  );
}

/** Whether the picker's belief and the engines' counters agree. */
export const routingPredictionGap: Check = {
  id: 'routing.prediction-gap',
  component: 'routing',
  requirement: 'advice',
  title: 'Predicted hits are delivered',
  expected:
    'the predicted and the delivered hit ratio lie close together; they are two figures and never one',
  responsible: 'platform',
  judge: judgeGap,
  commands: ({ target }) => [
    kubectl(
      "the picker's configuration: block size and index capacity",
      'get',
      'deployment',
      generatedNames(target.name).picker,
      '-n',
      target.namespace,
      '-o',
      'yaml',
    ),
  ],
};
