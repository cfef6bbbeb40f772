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

import { numberAt } from '../kubernetes';
import type { KubernetesObject } from '../kubernetes';
import {
  imageOf,
  pickerContainers,
  pickerDeployment,
  secondsBetween,
} from '../observation';
import type { Observation } from '../observation';
import { count, judge, objectEvidence, unanswered } from './judgement';
import type { Judgement } from './types';

/** How long a new picker may take: KServe's readiness probe waits 30 s. */
const START_SECONDS = 300;

/** That pickers are there, as a sentence. */
export function isOrAre(available: number): string {
  return available === 1
    ? 'The Endpoint Picker is available.'
    : `${count(available, 'Endpoint Picker')} are available.`;
}

/** Whether an object was made so lately that what it makes may still be starting. */
export function isNew(
  deployment: KubernetesObject | undefined,
  observedAt: string,
): boolean {
  const age = secondsBetween(
    deployment?.metadata.creationTimestamp,
    observedAt,
  );
  return age !== undefined && age < START_SECONDS;
}

/** What the Deployment of the picker tells where no pod of it was seen. */
export function withoutPods(observation: Observation): Judgement {
  const deployment = pickerDeployment(observation);
  const replicas = numberAt(deployment, 'spec', 'replicas');
  const available = numberAt(deployment, 'status', 'availableReplicas') ?? 0;
  const evidence = deployment
    ? [
        objectEvidence(
          deployment,
          `${available} available, image ${
            imageOf(pickerContainers(observation)[0]?.container) ?? 'unknown'
          }`,
        ),
      ]
    : [];
  const unread = unanswered(
    observation,
    ['Deployment'],
    'an Endpoint Picker runs',
  );
  if (replicas === 0) {
    return judge(
      'fail',
      'No Endpoint Picker runs: its Deployment is scaled to zero.',
      '0 replicas asked for',
      {
        evidence,
        remedy: 'Scale the Deployment back, or remove what scales it.',
      },
    );
  }
  const observed = numberAt(deployment, 'status', 'observedGeneration');
  if (deployment && observed !== undefined) {
    if (available > 0) {
      return judge('pass', isOrAre(available), `${available} available`, {
        evidence,
      });
    }
    return isNew(deployment, observation.observedAt)
      ? judge(
          'inconclusive',
          'The Endpoint Picker is starting.',
          '0 available',
          { evidence },
        )
      : judge('fail', 'No Endpoint Picker is available.', '0 available', {
          evidence,
          remedy: "Read the events of the picker's Deployment.",
        });
  }
  if (unread) return unread;
  return (
    unanswered(observation, ['Pod'], 'an Endpoint Picker runs') ??
    (deployment || !observation.service?.metadata.creationTimestamp
      ? judge(
          'inconclusive',
          'No Endpoint Picker pod was seen, and its Deployment reports no state.',
          '0 pods',
          { evidence },
        )
      : judge(
          isNew(observation.service, observation.observedAt)
            ? 'inconclusive'
            : 'fail',
          'No Endpoint Picker exists: its Deployment is missing.',
          'no Deployment, no pod',
          {
            remedy:
              "Read the service's conditions: the controller says why it made none.",
          },
        ))
  );
}
