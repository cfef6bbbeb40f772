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

import {
  containerFlags,
  generatedNames,
  LABEL_VALUES,
  LABELS,
} from '../kubernetes';
import type { KubernetesObject } from '../kubernetes';
import {
  imageOf,
  isReady,
  mainContainer,
  pickerDeployment,
  restartsOf,
  routerPods,
  troubleOf,
} from '../observation';
import type { Observation } from '../observation';
import { count, judge, kubectl, objectEvidence } from './judgement';
import { notAskedFor } from './pickerAsked';
import { isNew, isOrAre, withoutPods } from './pickerDeployments';
import type { Check, Evidence, Judgement } from './types';

/** A picker forgets its index when it restarts: this often is worth a word. */
const MANY_RESTARTS = 3;
function evidenceOf(pod: KubernetesObject): Evidence {
  const component = pod.metadata.labels?.[LABELS.component];
  const label =
    component === LABEL_VALUES.documentedPicker
      ? ", by the document's label"
      : '';
  const state = isReady(pod) ? 'ready' : troubleOf(pod)?.reason ?? 'not ready';
  return objectEvidence(
    pod,
    `${state}, ${count(restartsOf(pod), 'restart')}, image ${
      imageOf(mainContainer(pod.spec)) ?? 'unknown'
    }${label}`,
  );
}

function judgeAvailable({
  observation,
}: {
  observation: Observation;
}): Judgement {
  const refused = notAskedFor(observation);
  const pods = routerPods(observation);
  if (pods.length === 0) {
    if (refused) return refused;
    return observation.source === 'manifests'
      ? judge(
          'skipped',
          'Not decided from files: an Endpoint Picker is asked for; whether one runs shows in a cluster.',
          'spec.router.scheduler is present',
        )
      : withoutPods(observation);
  }
  const ready = pods.filter(isReady);
  const actual = `${ready.length} of ${pods.length} ready`;
  const evidence = pods.map(evidenceOf);
  if (ready.length === 0) {
    const trouble = pods.map(troubleOf).find(Boolean);
    if (
      !trouble &&
      isNew(pickerDeployment(observation), observation.observedAt)
    ) {
      return judge('inconclusive', 'The Endpoint Picker is starting.', actual, {
        evidence,
      });
    }
    return judge(
      'fail',
      `No Endpoint Picker is available${
        trouble ? ` (${trouble.reason})` : ''
      }.`,
      trouble ? `${actual}; ${trouble.reason}` : actual,
      {
        evidence: trouble?.message
          ? [...evidence, objectEvidence(pods[0], trouble.message, true)]
          : evidence,
        remedy:
          'Read the log and the events of the picker: requests meanwhile go to any replica.',
      },
    );
  }
  const elects = containerFlags(mainContainer(ready[0].spec)).isOn(
    'ha-enable-leader-election',
    false,
  );
  if (ready.length > 1 && !elects) {
    return judge(
      'warn',
      `${count(
        ready.length,
        'Endpoint Picker',
      )} serve without a leader, and each knows only its own picks.`,
      `${actual}, no leader election`,
      {
        evidence,
        remedy:
          'Run one, or switch leader election on (--ha-enable-leader-election).',
      },
    );
  }
  const restarts = pods.reduce((sum, pod) => sum + restartsOf(pod), 0);
  return restarts >= MANY_RESTARTS
    ? judge(
        'warn',
        `The Endpoint Picker restarted ${restarts} times, and forgot its index each time.`,
        `${actual}, ${restarts} restarts`,
        {
          evidence,
          remedy: 'Read why it ended: its memory limit is the usual reason.',
        },
      )
    : judge('pass', isOrAre(ready.length), actual, { evidence });
}

/** Whether there is an Endpoint Picker at all. */
export const routerAvailable: Check = {
  id: 'router.available',
  component: 'router',
  requirement: 'required',
  title: 'Endpoint Picker is available',
  expected: 'asked for by spec.router.scheduler, and one or more ready',
  responsible: 'platform',
  judge: judgeAvailable,
  commands: ({ target }) => [
    kubectl(
      "the picker's pods",
      'get',
      'pods',
      '-n',
      target.namespace,
      '-l',
      `${LABELS.name}=${target.name},${LABELS.component}=${LABEL_VALUES.picker}`,
    ),
    kubectl(
      "the picker's Deployment and its events",
      'describe',
      'deployment',
      generatedNames(target.name).picker,
      '-n',
      target.namespace,
    ),
  ],
};
