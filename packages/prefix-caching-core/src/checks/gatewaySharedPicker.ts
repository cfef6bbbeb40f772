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

import { gatewaysOf, routesOf } from '../observation';
import type { Neighbour, Observation } from '../observation';
import { detectPlatform } from '../platforms/detectPlatform';
import { ISTIO_MERGED_ROUTES_FIXED, isOlderThan } from '../platforms/versions';
import { countersOf, pickerProvenTwice, pickerSawNothing } from './counters';
import {
  foreignGateway,
  gatewayAddress,
  gatewayController,
} from './gatewayController';
import { count, judge, kubectl, unanswered } from './judgement';
import {
  brokenRule,
  neighbourName,
  ownObjects,
  routeShape,
  sharedRuleNames,
  shareHost,
  sharesByName,
} from './sharedPicker';
import type { RouteShape } from './sharedPicker';
import type { Check, CheckContext, Evidence, Judgement } from './types';

/** The oldest Istio each detected platform runs on: from files alone it is the one to be right for. */
const OLDEST_ISTIO: Record<string, string> = {
  'rhaii-3.4-ea1': '1.27',
  'kserve-0.20': '1.29',
};

interface KnownIstio {
  version?: string;
  evidence: Evidence;
}

/** The Istio release: observed, else stated by the caller, else the oldest the platform allows. */
export function istioRelease({
  observation,
  expectations,
}: Pick<CheckContext, 'observation' | 'expectations'>): KnownIstio {
  const { istio, profile } = detectPlatform(observation.objects);
  const subject = 'Istio release';
  if (istio)
    return {
      version: istio,
      evidence: { subject, value: `${istio}, from what runs` },
    };
  if (expectations.istio) {
    return {
      version: expectations.istio,
      evidence: { subject, value: `${expectations.istio}, as stated` },
    };
  }
  const oldest =
    observation.source === 'manifests'
      ? OLDEST_ISTIO[profile ?? '']
      : undefined;
  return {
    version: oldest,
    evidence: {
      subject,
      value: oldest ? `${oldest}, the oldest ${profile} runs on` : 'not known',
    },
  };
}

const REMEDY = {
  hosts:
    'Give each service a hostname of its own (router.route.http.spec.hostnames), or run Istio 1.28.5 or newer.',
  names:
    'Give the rules of each service names of their own (router.route.http.spec.rules, the full list).',
};

/** One picker that stands still while its engines serve, and a neighbour's that sees more than its own. */
function counted(observation: Observation): Judgement | undefined {
  const own = countersOf(observation.endpoints);
  if (!pickerSawNothing(own)) return undefined;
  const taker = observation.neighbours.find(({ endpoints }) => {
    const theirs = countersOf(endpoints ?? []);
    const served = theirs.engine.requests;
    return (
      served !== undefined && (theirs.routerRequests ?? 0) > served * 1.2 + 2
    );
  });
  return taker
    ? judge(
        'fail',
        `The picker of ${neighbourName(taker)} chooses for this service too.`,
        'own picker saw nothing, the neighbour saw more than its engines served',
        {
          evidence: [
            {
              subject: 'requests between two samples',
              value: `own picker 0, engines ${own.engine.requests ?? 'some'}`,
            },
          ],
          remedy: REMEDY.names,
        },
      )
    : undefined;
}

function againstNeighbour(
  own: RouteShape,
  neighbour: Neighbour,
  istio: KnownIstio,
): Judgement | undefined {
  const theirs = routeShape(neighbour.objects);
  if (!theirs?.pooled) return undefined;
  const name = neighbourName(neighbour);
  const evidence = [istio.evidence];
  const host = own.hostnames[0] ?? 'every host';
  if (shareHost(own, theirs)) {
    if (
      istio.version &&
      isOlderThan(istio.version, ISTIO_MERGED_ROUTES_FIXED)
    ) {
      return judge(
        'fail',
        `Istio ${istio.version} merges this route with that of ${name}, and keeps one picker for both.`,
        `both routes take ${host}, Istio ${istio.version}`,
        { evidence, remedy: REMEDY.hosts },
      );
    }
  }
  const names = sharedRuleNames(own, theirs);
  if (names.length > 0) {
    const affected =
      istio.version === undefined ? undefined : sharesByName(istio.version);
    const actual = `${
      names.length === 1
        ? names[0]
        : `${names.length} rule names, such as ${names[0]}`
    }, shared with ${name}`;
    return affected
      ? judge(
          'fail',
          `This service and ${name} have equal rule names on one gateway, so one picker chooses for both.`,
          actual,
          { evidence, remedy: REMEDY.names },
        )
      : judge(
          'inconclusive',
          `This service and ${name} have equal rule names on one gateway; whether Istio ${
            istio.version ?? 'of an unknown release'
          } keeps them apart is not known.`,
          actual,
          { evidence, remedy: REMEDY.names },
        );
  }
  return shareHost(own, theirs) && istio.version === undefined
    ? judge(
        'inconclusive',
        `This route and that of ${name} take the same host; whether Istio merges them depends on its release, which is not known.`,
        `both routes take ${host}`,
        { evidence, remedy: REMEDY.hosts },
      )
    : undefined;
}

function judgeShared(context: CheckContext): Judgement {
  const { observation } = context;
  const foreign = foreignGateway(observation);
  if (foreign) return foreign;
  const broken = brokenRule(routesOf(observation));
  const proven = pickerProvenTwice(observation);
  if (broken && !proven) {
    return judge(
      'fail',
      `Istio keeps no picker or the wrong one for a mixed rule: ${broken}.`,
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
      unanswered(observation, ['HTTPRoute'], 'routes end at one picker') ??
      judge(
        observation.source === 'manifests' ? 'skipped' : 'inconclusive',
        'The service asks for no route and picker, so there is none to share.',
        'no route',
      )
    );
  }
  const istio = istioRelease(context);
  const found = observation.neighbours.flatMap(
    neighbour => againstNeighbour(own, neighbour, istio) ?? [],
  );
  const worst = found.find(({ verdict }) => verdict === 'fail') ?? found[0];
  const actual = `${count(
    observation.neighbours.length,
    'other service',
  )} on the gateway`;
  if (proven) {
    return judge(
      'pass',
      'The picker sees its own requests, twice in a row.',
      actual,
      { evidence: [istio.evidence] },
    );
  }
  if (worst) return worst;
  if (observation.source === 'cluster') {
    const unread = unanswered(
      observation,
      ['HTTPRoute'],
      'another service shares the picker',
    );
    if (unread) return unread;
    if (gatewayController(observation).kind === 'unknown') {
      return judge(
        'inconclusive',
        `Whose gateway ${
          gatewaysOf(observation)[0] ?? 'this'
        } is was not seen, so whether routes share a picker is not known.`,
        actual,
        { evidence: [istio.evidence] },
      );
    }
  }
  return judge(
    'pass',
    observation.neighbours.length === 0
      ? 'No other service is on the gateway.'
      : 'No other service on the gateway shares its picker.',
    actual,
    { evidence: [istio.evidence] },
  );
}

/** Whether routes of different pools end at one picker, or at none. */
export const gatewaySharedPicker: Check = {
  id: 'gateway.shared-picker',
  component: 'gateway',
  requirement: 'required',
  title: 'Picker is not shared',
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
