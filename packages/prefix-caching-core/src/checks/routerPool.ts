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

import { describeObject, LABELS } from '../kubernetes';
import type { KubernetesObject } from '../kubernetes';
import {
  pickerOf,
  podSelectorOf,
  poolsOfTarget,
  routedPools,
  routesOf,
  targetPortsOf,
} from '../observation';
import type { Observation } from '../observation';
import { judge, kubectl, objectEvidence, unanswered } from './judgement';
import { pickerProvenTwice } from './counters';
import { gatewayController } from './gatewayController';
import { istioRelease } from './istioRelease';
import { disagreements, routeDisagreements } from './poolAgreement';
import { judgeSelection } from './poolSelection';
import type { Check, CheckContext, Evidence, Judgement } from './types';

function poolEvidence(pool: KubernetesObject): Evidence {
  const picker = pickerOf(pool);
  return objectEvidence(
    pool,
    `${pool.apiVersion}; picker ${
      picker ? `${picker.name}:${picker.port}` : 'none'
    }; target ports ${
      targetPortsOf(pool).join(', ') || 'none'
    }; selects ${Object.entries(podSelectorOf(pool))
      .map(([key, value]) => `${key}=${value}`)
      .join(',')}`,
  );
}

function withoutPool(observation: Observation): Judgement {
  const wanted = routedPools(observation)[0];
  const unread = unanswered(
    observation,
    ['HTTPRoute', 'InferencePool'],
    'the route names a pool that serves',
  );
  if (unread) return unread;
  if (wanted) {
    return judge(
      'fail',
      'The route names an InferencePool that does not exist.',
      `no InferencePool ${wanted.namespace}/${wanted.name} of ${wanted.group}`,
      {
        remedy:
          'Create the pool, or name in the route the group that is served.',
      },
    );
  }
  return judge(
    'inconclusive',
    routesOf(observation).length > 0
      ? 'No rule of the route names a pool.'
      : 'Neither a route nor a pool of this service was seen.',
    'no pool',
  );
}

function judgePool(context: CheckContext): Judgement {
  const { observation } = context;
  const routed = routedPools(observation);
  const [pool] = poolsOfTarget(observation);
  const missing = routed.find(entry => !entry.pool);
  const istio = istioRelease(context);
  const [refused] =
    gatewayController(observation).kind === 'other' ||
    pickerProvenTwice(observation)
      ? []
      : routeDisagreements(observation, istio.version);
  if (refused) {
    return judge(
      'fail',
      'The route cannot reach its InferencePool.',
      refused.message,
      { evidence: [istio.evidence], remedy: refused.remedy },
    );
  }
  if (!pool || missing) {
    return withoutPool(observation);
  }
  const evidence = [poolEvidence(pool)];
  const contradiction = disagreements(observation, pool)[0];
  const name = describeObject(pool);
  if (contradiction) {
    return judge(
      'fail',
      'Route, pool and Endpoint Picker contradict each other.',
      `${name}: ${contradiction.message}`,
      { evidence, remedy: contradiction.remedy },
    );
  }
  if (observation.source === 'manifests') {
    return judge(
      'skipped',
      'Not decided from files: route and pool agree; whether the pool finds pods shows in a cluster.',
      'no contradiction',
      { evidence },
    );
  }
  return judgeSelection(observation, pool, evidence);
}

/** Whether the pool that the route names finds this service's engines. */
export const routerPool: Check = {
  id: 'router.pool',
  component: 'router',
  requirement: 'required',
  title: 'Pool finds the engines',
  expected:
    "the pool the route names exists, selects this service's ready pods and no others; group and ports agree in route, pool, picker flags and Service",
  responsible: 'platform',
  judge: judgePool,
  commands: observation => {
    const [pool] = routedPools(observation);
    const { namespace } = observation.target;
    return [
      kubectl(
        'the pool the route names',
        'get',
        `inferencepools.${pool?.group || 'inference.networking.k8s.io'}`,
        pool?.name,
        '-n',
        pool?.namespace ?? namespace,
        '-o',
        'yaml',
      ),
      kubectl(
        'the pods it should select',
        'get',
        'pods',
        '-n',
        namespace,
        '-l',
        `${LABELS.name}=${observation.target.name}`,
        '--show-labels',
      ),
    ];
  },
};
