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

import { routesOf } from '../observation';
import { pickerProvenTwice } from './counters';
import {
  foreignGateway,
  gatewayAddress,
  gatewayController,
} from './gatewayController';
import { istioRelease } from './istioRelease';
import { count, judge, kubectl, unanswered } from './judgement';
import { againstNeighbour, counted } from './neighbouringRoutes';
import { brokenRule, ownObjects, routeShape } from './sharedPicker';
import type { Check, CheckContext, Judgement } from './types';

function judgeShared(context: CheckContext): Judgement {
  const { observation } = context;
  const foreign = foreignGateway(observation);
  if (foreign) return foreign;
  const broken = brokenRule(routesOf(observation));
  const proven = pickerProvenTwice(observation);
  if (broken && !proven) {
    return judge(
      'fail',
      'A route rule mixes backends, so Istio loses its Endpoint Picker.',
      broken,
      {
        remedy: 'Give each rule one pool and nothing else.',
        responsible: 'owner',
      },
    );
  }
  const seen = counted(observation);
  if (seen) return seen;
  const own = routeShape(ownObjects(observation));
  if (!own) {
    return (
      unanswered(
        observation,
        ['HTTPRoute'],
        'routes share an Endpoint Picker',
      ) ??
      judge(
        observation.source === 'manifests' ? 'skipped' : 'inconclusive',
        'The service asks for no route and no Endpoint Picker, so none is shared.',
        'no route',
      )
    );
  }
  const istio = istioRelease(context);
  // The release decides the verdict, and is the same for every neighbour.
  const [shared] = observation.neighbours.flatMap(
    neighbour => againstNeighbour(own, neighbour, istio) ?? [],
  );
  const actual = `${count(
    observation.neighbours.length,
    'other service',
  )} on the gateway`;
  if (proven) {
    return judge(
      'pass',
      'The Endpoint Picker sees its own requests.',
      `${actual}; the picker saw every request, twice in a row`,
      { evidence: [istio.evidence] },
    );
  }
  if (shared) return shared;
  if (observation.source === 'cluster') {
    const unread = unanswered(
      observation,
      ['HTTPRoute'],
      'another service shares the Endpoint Picker',
    );
    if (unread) return unread;
    if (gatewayController(observation).kind === 'unknown') {
      return judge(
        'inconclusive',
        'Who runs the gateway was not seen, so whether routes share an Endpoint Picker is not known.',
        actual,
        { evidence: [istio.evidence] },
      );
    }
  }
  return judge(
    'pass',
    observation.neighbours.length === 0
      ? 'No other service is on the gateway.'
      : 'No other service on the gateway shares its Endpoint Picker.',
    actual,
    { evidence: [istio.evidence] },
  );
}

/** Whether routes of different pools end at one picker, or at none. */
export const gatewaySharedPicker: Check = {
  id: 'gateway.shared-picker',
  component: 'gateway',
  requirement: 'required',
  title: 'Endpoint Picker is not shared',
  expected:
    'each route ends at the picker of its own pool: hosts or rule names of its own, one pool per rule',
  responsible: 'platform',
  judge: judgeShared,
  commands: observation => {
    const { namespace, name } = gatewayAddress(observation);
    return [
      kubectl(
        `routes on ${name ?? 'the gateway'}, with hosts and rule names`,
        'get',
        'httproutes',
        '-A',
        '-o',
        'custom-columns=NAMESPACE:.metadata.namespace,NAME:.metadata.name,HOSTS:.spec.hostnames,GATEWAYS:.spec.parentRefs[*].name,RULES:.spec.rules[*].name',
      ),
      kubectl(
        'the Istio release of the gateway',
        'get',
        'pods',
        '-n',
        namespace,
        '-l',
        `gateway.networking.k8s.io/gateway-name=${name ?? ''}`,
        '-o',
        'jsonpath={.items[*].spec.containers[*].image}',
      ),
    ];
  },
};
