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

import { listAt, textAt } from '../kubernetes';
import { isAbsent, isStopped } from '../observation';
import type { Observation } from '../observation';
import {
  absenceOf,
  judge,
  kubectl,
  listed,
  objectEvidence,
  unanswered,
} from './judgement';
import type { Check, Judgement, KubectlCommand } from './types';

interface Condition {
  type: string;
  status: string;
  reason: string;
  message: string;
}

function conditionsOf(observation: Observation): Condition[] {
  return listAt(observation.service, 'status', 'conditions').map(condition => ({
    type: textAt(condition, 'type') ?? '',
    status: textAt(condition, 'status') ?? 'Unknown',
    reason: textAt(condition, 'reason') ?? '',
    message: textAt(condition, 'message') ?? '',
  }));
}

function judgeConditions({
  observation,
}: {
  observation: Observation;
}): Judgement {
  const { service, target } = observation;
  if (observation.source === 'manifests') {
    return judge(
      'skipped',
      'Not decided from files: conditions are written by the running controller.',
      'not looked for',
    );
  }
  if (isAbsent(observation)) {
    return judge('fail', absenceOf(target), 'no such object', {
      requirement: 'required',
      expected: `an LLMInferenceService ${target.name} in namespace ${target.namespace}`,
      remedy:
        'Apply the manifests of the service, or correct its name where it is claimed.',
    });
  }
  if (!service) {
    return (
      unanswered(
        observation,
        ['LLMInferenceService'],
        'KServe finds the service ready',
      ) ??
      judge(
        'inconclusive',
        'The LLMInferenceService was not found, so it has no conditions.',
        'no such object',
      )
    );
  }
  const conditions = conditionsOf(observation);
  const evidence = conditions.map(({ type, status, reason }) =>
    objectEvidence(service, `${type}=${status}${reason ? ` (${reason})` : ''}`),
  );
  if (isStopped(observation)) {
    return judge(
      'skipped',
      'Stopped on purpose, so its conditions say nothing of health.',
      'stopped',
      { evidence },
    );
  }
  const ready = conditions.find(({ type }) => type === 'Ready');
  if (!ready || ready.status === 'Unknown') {
    return judge(
      'inconclusive',
      'KServe has not reported whether the service is ready.',
      ready ? 'Ready=Unknown' : 'no condition Ready',
      { evidence },
    );
  }
  if (ready.status === 'True') {
    return judge(
      'pass',
      'KServe finds the service ready; that proves nothing of the data path.',
      'Ready=True',
      { evidence },
    );
  }
  const bad = conditions.filter(
    ({ type, status }) => status === 'False' && type !== 'Ready',
  );
  const named = (bad.length > 0 ? bad : [ready]).map(
    ({ type, reason }) => `${type} (${reason || 'no reason'})`,
  );
  return judge(
    'fail',
    'KServe finds the service not ready.',
    `Ready=False, ${listed(named)}`,
    {
      evidence: [
        ...evidence,
        ...bad
          .filter(({ message }) => message)
          .map(({ message }) => objectEvidence(service, message)),
      ],
      remedy: 'Read the message of the first condition that is False.',
    },
  );
}

function servicesThere({ target }: Observation): KubectlCommand {
  return kubectl(
    'the services that are there',
    'get',
    'llmisvc',
    '-n',
    target.namespace,
  );
}

function itsConditions({ target }: Observation): KubectlCommand {
  return kubectl(
    'the conditions',
    'get',
    'llmisvc',
    target.name,
    '-n',
    target.namespace,
    '-o',
    'jsonpath={range .status.conditions[*]}{.type}={.status} {.reason} {.message}{"\\n"}{end}',
  );
}

/** What KServe itself says of the service. */
export const statusConditions: Check = {
  id: 'status.conditions',
  component: 'status',
  requirement: 'advice',
  title: "KServe's own conditions",
  expected: 'Ready=True; it proves nothing of the data path',
  responsible: 'owner',
  judge: judgeConditions,
  commands: observation => [
    isAbsent(observation)
      ? servicesThere(observation)
      : itsConditions(observation),
  ],
};
