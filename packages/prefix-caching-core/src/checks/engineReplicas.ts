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
import type { KubernetesObject } from '../kubernetes';
import {
  desiredReplicas,
  enginePods,
  isGuest,
  isJustCreated,
  isReady,
  isStarting,
  troubleOf,
} from '../observation';
import type { Observation } from '../observation';
import {
  count,
  judge,
  kubectl,
  listed,
  objectEvidence,
  unanswered,
} from './judgement';
import { misplaced, unplaceable } from './misplacedPods';
import type { Check, Evidence, Judgement } from './types';

/** Below this there is nothing to choose between. */
const MINIMUM = 2;

function podEvidence(pod: KubernetesObject): Evidence {
  const trouble = troubleOf(pod);
  const state = isReady(pod) ? 'ready' : trouble?.reason ?? 'not ready';
  return objectEvidence(
    pod,
    trouble?.restarts
      ? `${state}, ${count(trouble.restarts, 'restart')}`
      : state,
  );
}

/** `2 of 3 engine replicas`. */
function share(some: number, all: number): string {
  return `${some} of ${count(all, 'engine replica')}`;
}

function fromManifests(observation: Observation): Judgement {
  const contradiction = unplaceable(observation);
  if (contradiction) {
    return judge(
      'fail',
      'No replica can start: the nodes that are selected do not have the device that is asked for.',
      contradiction,
      {
        remedy:
          'Select nodes of the accelerator whose device the container asks for, or ask for the device of the nodes.',
      },
    );
  }
  const desired = desiredReplicas(observation);
  if (desired === undefined) {
    return judge(
      'skipped',
      'Not decided from files: they do not say how many replicas there will be.',
      'no replicas given',
    );
  }
  if (desired === 0) {
    // Without an autoscaler that is a stopped service, and nothing is asked of it.
    return judge(
      'warn',
      'It may be scaled to no replica: whoever comes next waits for an engine with an empty cache.',
      'at least 0 replicas',
      { remedy: 'Let the autoscaler keep two replicas or more.' },
    );
  }
  return desired < MINIMUM
    ? judge(
        'warn',
        'Only one replica is asked for: the Endpoint Picker has nothing to choose between.',
        '1 replica',
        { remedy: 'Ask for two replicas or more.' },
      )
    : judge(
        'pass',
        `${count(desired, 'replica')} are asked for.`,
        count(desired, 'replica'),
      );
}

function judgeReplicas({
  observation,
}: {
  observation: Observation;
}): Judgement {
  const pods = enginePods(observation).filter(
    pod => !isGuest(observation, pod),
  );
  if (pods.length === 0) {
    if (observation.source === 'manifests') return fromManifests(observation);
    const unread = unanswered(observation, ['Pod'], 'the engines are ready');
    if (unread) return unread;
    if (observation.service === undefined && observation.objects.length === 0) {
      const { namespace, name } = observation.target;
      return (
        unanswered(
          observation,
          ['LLMInferenceService'],
          'the service exists',
        ) ??
        judge(
          'fail',
          'No LLMInferenceService of this name exists.',
          `no LLMInferenceService ${namespace}/${name}`,
          {
            remedy:
              'Correct the name in the annotation, or apply the manifests.',
          },
        )
      );
    }
    const deployed =
      observation.service !== undefined && !isJustCreated(observation);
    const summary = deployed
      ? 'No engine pod exists.'
      : 'No engine pod exists yet.';
    return judge(
      observation.service?.metadata.creationTimestamp && deployed
        ? 'fail'
        : 'inconclusive',
      summary,
      '0 pods',
      {
        remedy:
          "Read the service's conditions and the events of its Deployment.",
      },
    );
  }
  const ready = pods.filter(isReady);
  const desired = desiredReplicas(observation) ?? pods.length;
  const actual = `${ready.length} of ${desired} ready`;
  const evidence = pods.map(podEvidence);
  const stuck = pods.flatMap(pod => {
    const trouble = isReady(pod) ? undefined : troubleOf(pod);
    return trouble ? [{ pod, trouble }] : [];
  });
  if (stuck.length > 0) {
    const [{ pod, trouble }] = stuck;
    const names = listed(stuck.map(entry => entry.pod.metadata.name));
    return judge(
      'fail',
      trouble.reason === 'Unschedulable'
        ? `No node takes ${share(stuck.length, pods.length)}.`
        : `${share(stuck.length, pods.length)} cannot run (${trouble.reason}).`,
      `${actual}; ${names}: ${trouble.reason}${
        trouble.reason === 'Unschedulable'
          ? `, ${trouble.message ?? 'no reason given'}`
          : ''
      }`,
      {
        evidence: trouble.message
          ? [...evidence, objectEvidence(pod, trouble.message, true)]
          : evidence,
        remedy:
          trouble.reason === 'Unschedulable'
            ? 'Add nodes of this accelerator, or ask for fewer replicas.'
            : "Read the container's last words; the engine says why it stopped.",
        responsible: trouble.reason === 'Unschedulable' ? 'platform' : 'owner',
      },
    );
  }
  const wrong = misplaced(observation, pods);
  if (wrong.length > 0) {
    return judge(
      'fail',
      `${
        wrong.length === 1
          ? 'One engine replica is'
          : `${wrong.length} engine replicas are`
      } not on the accelerator asked for.`,
      listed(wrong),
      {
        evidence,
        remedy:
          'Restart the pods, so that they follow the template, and correct its node selector where it is wrong.',
      },
    );
  }
  const needed = Math.min(MINIMUM, desired);
  const starting = pods.some(
    pod => !isReady(pod) && isStarting(pod, observation.observedAt),
  );
  if (ready.length < needed) {
    return starting
      ? judge(
          'inconclusive',
          `Starting: ${share(ready.length, desired)} ready.`,
          actual,
          { evidence },
        )
      : judge(
          'fail',
          `Only ${share(ready.length, desired)} ${
            ready.length === 1 ? 'is' : 'are'
          } ready.`,
          actual,
          {
            evidence,
            remedy: 'Read the events and logs of the pods that are not ready.',
          },
        );
  }
  if (ready.length < desired) {
    return judge(
      'warn',
      `Only ${share(ready.length, desired)} ${
        ready.length === 1 ? 'is' : 'are'
      } ready.`,
      actual,
      { evidence },
    );
  }
  return desired < MINIMUM
    ? judge(
        'warn',
        'Only one engine replica runs: the Endpoint Picker has nothing to choose between.',
        actual,
        {
          evidence,
          remedy: 'Ask for two replicas or more.',
        },
      )
    : judge('pass', `All ${ready.length} engine replicas are ready.`, actual, {
        evidence,
      });
}

/** Whether there are engines to choose between, on the accelerator asked for. */
export const engineReplicas: Check = {
  id: 'engine.replicas',
  component: 'engine',
  requirement: 'required',
  title: 'Replicas are ready',
  expected:
    'at least two ready, none crash-looping, each on the accelerator asked for',
  responsible: 'owner',
  judge: judgeReplicas,
  commands: ({ target }) => [
    kubectl(
      'the engines and their nodes',
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
