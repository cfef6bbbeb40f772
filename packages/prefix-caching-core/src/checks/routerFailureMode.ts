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
  describeObject,
  groupOf,
  POOL_GROUPS,
  recordAt,
  textAt,
} from '../kubernetes';
import type { KubernetesObject } from '../kubernetes';
import { poolsOfTarget, routedPools } from '../observation';
import type { Observation } from '../observation';
import { judge, kubectl, objectEvidence, unanswered } from './judgement';
import type { Check, CheckContext, Judgement } from './types';

/** What both versions of the API take where nothing is said. */
const DEFAULT_MODE = 'FailClose';
const PRODUCTION = /^prod(uction)?$/i;

function modeOf(pool: KubernetesObject): string {
  return (
    textAt(pool, 'spec', 'endpointPickerRef', 'failureMode') ??
    textAt(pool, 'spec', 'extensionRef', 'failureMode') ??
    DEFAULT_MODE
  );
}

/** The pool that a service writes out itself, in the shape of one. */
function declaredPool({ service }: Observation): KubernetesObject | undefined {
  const spec = recordAt(service, 'spec', 'router', 'scheduler', 'pool', 'spec');
  return service && Object.keys(spec).length > 0
    ? { ...service, spec }
    : undefined;
}

function judgeFailureMode({
  observation,
  expectations,
}: CheckContext): Judgement {
  const pools = poolsOfTarget(observation);
  const declared = declaredPool(observation);
  const looked = pools.length > 0 || !declared ? pools : [declared];
  if (looked.length === 0) {
    return (
      unanswered(
        observation,
        ['InferencePool'],
        'requests go on without the Endpoint Picker',
      ) ??
      judge(
        observation.source === 'cluster' ? 'inconclusive' : 'skipped',
        'No InferencePool was seen, so its failure mode is not known.',
        'no pool',
      )
    );
  }
  const evidence = looked.map(pool =>
    objectEvidence(pool, `failureMode ${modeOf(pool)}`),
  );
  const open = looked.filter(pool => modeOf(pool) === 'FailOpen');
  if (open.length === 0) {
    return judge(
      'pass',
      'Without the Endpoint Picker requests fail, so a failure is seen.',
      'FailClose',
      { evidence },
    );
  }
  const actual = `FailOpen in ${open.map(describeObject).join(', ')}`;
  return PRODUCTION.test(expectations.lifecycle ?? '')
    ? judge(
        'warn',
        'Without the Endpoint Picker requests go on to any replica, and nobody notices.',
        actual,
        {
          evidence,
          remedy:
            'Alert on routing.bypass and router.available, or set failureMode: FailClose in the pool if losing the cache is worse than losing requests.',
        },
      )
    : judge(
        'pass',
        'Without the Endpoint Picker requests go on to any replica (FailOpen).',
        actual,
        { evidence },
      );
}

/** Whether a failed picker would be noticed; open is a choice, and in production it is said aloud. */
export const routerFailureMode: Check = {
  id: 'router.failure-mode',
  component: 'router',
  requirement: 'advice',
  title: 'What happens without the picker',
  expected:
    'known to whoever runs it: FailOpen keeps serving without the cache and shows nothing, FailClose returns errors',
  responsible: 'platform',
  judge: judgeFailureMode,
  commands: observation => {
    const [pool] = poolsOfTarget(observation);
    const [routed] = routedPools(observation);
    const group = (pool && groupOf(pool)) ?? routed?.group ?? POOL_GROUPS[1];
    return [
      kubectl(
        'the failure mode of the pool',
        'get',
        `inferencepools.${group}`,
        pool?.metadata.name ?? routed?.name,
        '-n',
        pool?.metadata.namespace ??
          routed?.namespace ??
          observation.target.namespace,
        '-o',
        'jsonpath={.spec.endpointPickerRef.failureMode}{.spec.extensionRef.failureMode}',
      ),
    ];
  },
};
