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

import { LABELS } from '../kubernetes';
import { gapFor } from '../observation';
import type { Observation } from '../observation';
import { gapEvidence, judge, kubectl } from './judgement';
import { percent } from './routingDeliveredHits';
import { sharesOf } from './shares';
import type { Check, Judgement } from './types';

/** Below this, chance alone leaves replicas without requests. */
const FEWEST_REQUESTS = 20;
/** A replica is hot from twice its even share on, or from nearly all where there are two. */
const HOT = { timesEven: 2, atMost: 0.9 };

function waitingOn(observation: Observation, pod: string): number | undefined {
  return observation.endpoints.find(
    endpoint => endpoint.role === 'engine' && endpoint.pod === pod,
  )?.engine?.current?.metrics.waiting;
}

function notCounted(observation: Observation): Judgement {
  const gap = gapFor(observation, 'metrics/engine');
  return gap
    ? judge(
        'inconclusive',
        "Can't tell how requests are spread: the engines' metrics did not answer.",
        gap.message.replace(/\.$/, ''),
        { evidence: [gapEvidence(gap)], remedy: gap.remedy },
      )
    : judge(
        'inconclusive',
        'Not sampled twice yet, so no share is known.',
        'fewer than two samples',
      );
}

function judgeDistribution({
  observation,
}: {
  observation: Observation;
}): Judgement {
  if (observation.source === 'manifests') {
    return judge(
      'skipped',
      'Not decided from files: only traffic shows how requests are spread.',
      'not looked for',
    );
  }
  const shares = sharesOf(observation);
  if (!shares) return notCounted(observation);
  const { byPod, total, unit } = shares;
  const replicas = byPod.size;
  if (replicas < 2) {
    return judge(
      'skipped',
      'There is one replica, so there is nothing to spread over.',
      '1 replica',
    );
  }
  if (total < FEWEST_REQUESTS) {
    return judge(
      'inconclusive',
      'Too few requests between the two samples to judge how they are spread.',
      `${total} ${unit}`,
    );
  }
  const sorted = [...byPod].sort(([, a], [, b]) => b - a);
  const evidence = sorted.map(([pod, n]) => ({
    subject: `Pod ${pod}`,
    value: `${percent(n / total)} of ${total} ${unit}`,
  }));
  const [[busiest, most]] = sorted;
  const share = most / total;
  const actual = `busiest replica ${percent(share)}, even would be ${percent(
    1 / replicas,
  )}`;
  if (share < Math.min(HOT.timesEven / replicas, HOT.atMost)) {
    return judge('pass', 'Requests are spread over the replicas.', actual, {
      evidence,
    });
  }
  const waiting = waitingOn(observation, busiest);
  if (waiting === 0) {
    return judge(
      'pass',
      `One of ${replicas} replicas takes ${percent(
        share,
      )} of requests, and none waits there.`,
      actual,
      { evidence },
    );
  }
  return judge(
    'warn',
    `One of ${replicas} replicas takes ${percent(share)} of requests${
      waiting === undefined ? '.' : ', and others wait for it.'
    }`,
    `${actual}; ${busiest}${
      waiting === undefined ? '' : ` has ${waiting} waiting`
    }`,
    {
      evidence,
      remedy:
        'Where all prompts begin alike this is what affinity does: give the queue scorer more weight, so that a waiting line outweighs a cached prefix.',
    },
  );
}

/** How requests are spread over the replicas. */
export const routingDistribution: Check = {
  id: 'routing.distribution',
  component: 'routing',
  requirement: 'advice',
  title: 'Replicas share the load',
  expected:
    'no replica with twice its even share or more while requests wait for it',
  responsible: 'owner',
  judge: judgeDistribution,
  commands: ({ target }) => [
    kubectl(
      'the engines; their counters are at port 8000, /metrics',
      'get',
      'pods',
      '-n',
      target.namespace,
      '-l',
      `${LABELS.name}=${target.name},${LABELS.kserveComponent}=workload`,
      '-o',
      'wide',
    ),
  ],
};
