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

import { describeObject, LABELS, listAt, textAt } from '../kubernetes';
import type { KubernetesObject } from '../kubernetes';
import {
  gapFor,
  gatewaysOf,
  isPool,
  objectsOf,
  routedPools,
  routesOf,
  rulesOf,
  wasAsked,
} from '../observation';
import type { Observation } from '../observation';
import { pickerProvenTwice } from './counters';
import { envoyFilterEffects } from './envoyFilterEffects';
import type { GatewayRoutes, PatchEffect } from './envoyFilterEffects';
import { foreignGateway, gatewayAddress } from './gatewayController';
import { judge, kubectl, objectEvidence, unanswered } from './judgement';
import type { Check, Evidence, Judgement } from './types';

const SWITCHES = [
  'ENABLE_GATEWAY_API_INFERENCE_EXTENSION',
  'SUPPORT_GATEWAY_API_INFERENCE_EXTENSION',
];

function envoyRouteNames(observation: Observation): string[] {
  return routesOf(observation).flatMap(route =>
    rulesOf(route)
      .filter(({ backends }) => backends.some(isPool))
      .map(
        ({ name, index }) =>
          name ??
          `${route.metadata.namespace ?? 'default'}.${
            route.metadata.name
          }.${index}`,
      ),
  );
}

interface FoundEffect {
  filter: KubernetesObject;
  effect: PatchEffect;
}

function effectsOf(observation: Observation): FoundEffect[] {
  const routeNames = envoyRouteNames(observation);
  const gateways: GatewayRoutes[] = gatewaysOf(observation).map(address => {
    const [namespace, name] = address.split('/');
    return { namespace, name, routeNames };
  });
  return objectsOf(observation, 'EnvoyFilter').flatMap(filter =>
    gateways.flatMap(gateway =>
      envoyFilterEffects(filter, gateway).map(effect => ({ filter, effect })),
    ),
  );
}

/** What Istio's own switch says, and the Service it makes for a pool once it acts on it. */
function istioEvidence(observation: Observation): {
  on?: boolean;
  evidence: Evidence[];
} {
  const pools = routedPools(observation).map(({ name }) => name);
  const shadow = objectsOf(observation, 'Service').find(service =>
    pools.includes(service.metadata.labels?.[LABELS.shadowPool] ?? ''),
  );
  if (shadow) {
    return {
      on: true,
      evidence: [objectEvidence(shadow, "Istio's shadow Service of the pool")],
    };
  }
  const planes = objectsOf(observation, 'Deployment').filter(
    ({ metadata }) =>
      metadata.labels?.app === 'istiod' || /^istiod(-|$)/.test(metadata.name),
  );
  for (const plane of planes) {
    const entry = listAt(plane, 'spec', 'template', 'spec', 'containers')
      .flatMap(container => listAt(container, 'env'))
      .find(variable => SWITCHES.includes(textAt(variable, 'name') ?? ''));
    const value = textAt(entry, 'value');
    const shown = `${textAt(entry, 'name') ?? SWITCHES[0]}=${
      value ?? 'not set (off)'
    }`;
    return { on: value === 'true', evidence: [objectEvidence(plane, shown)] };
  }
  return { evidence: [] };
}

const SUMMARIES: Record<PatchEffect['kind'], string> = {
  'drops-picker': 'An EnvoyFilter removes the call to the Endpoint Picker.',
  removes: 'An EnvoyFilter removes the call to the Endpoint Picker.',
  'adds-call': 'An EnvoyFilter calls an Endpoint Picker of its own.',
  'body-mode':
    'An EnvoyFilter hands over the body in a mode the Endpoint Picker cannot use.',
  'matches-nothing':
    'An EnvoyFilter for the Endpoint Picker matches no route of this service.',
};

function harmful({ filter, effect }: FoundEffect, proven: boolean): Judgement {
  const name = describeObject(filter);
  return judge(
    proven ? 'warn' : 'fail',
    SUMMARIES[effect.kind],
    `${name} ${effect.message}`,
    {
      evidence: [objectEvidence(filter, effect.message)],
      remedy:
        'Remove the filter: Istio 1.27 and newer hand the body to the picker by themselves, in the mode it needs (FULL_DUPLEX_STREAMED).',
    },
  );
}

function judgeBody({ observation }: { observation: Observation }): Judgement {
  const proven = pickerProvenTwice(observation);
  const foreign = foreignGateway(observation);
  if (foreign && !proven) return foreign;
  const effects = effectsOf(observation);
  const bad = effects.find(({ effect }) => effect.kind !== 'matches-nothing');
  if (bad) return harmful(bad, proven);
  const counted = {
    subject: 'counters of picker and engines',
    value: 'the picker saw every request, twice in a row',
  };
  // A route of another service's name is that service's business.
  const own = effects.find(({ effect }) =>
    routesOf(observation).some(route =>
      effect.message.includes(`.${route.metadata.name}.`),
    ),
  );
  if (own) {
    return judge(
      'warn',
      SUMMARIES['matches-nothing'],
      `${describeObject(own.filter)} ${own.effect.message}`,
      {
        evidence: [objectEvidence(own.filter, own.effect.message)],
        remedy:
          'Remove the filter: it was written for route names that no longer exist, and none is needed.',
      },
    );
  }
  if (proven) {
    return judge(
      'pass',
      'The Endpoint Picker sees every request, so it is given what it needs.',
      counted.value,
      { evidence: [counted] },
    );
  }
  const istio = istioEvidence(observation);
  const unread = unanswered(
    observation,
    ['EnvoyFilter'],
    'an EnvoyFilter interferes',
  );
  if (
    istio.on === false &&
    wasAsked(observation, 'Service') &&
    !gapFor(observation, 'Service')
  ) {
    return judge(
      'fail',
      "Istio's support for InferencePools is switched off, so the Endpoint Picker is never called.",
      'feature switch off, no shadow Service',
      {
        evidence: istio.evidence,
        remedy: `Set ${SWITCHES[0]}=true on istiod.`,
      },
    );
  }
  if (unread)
    return {
      ...unread,
      evidence: [...istio.evidence, ...(unread.evidence ?? [])],
    };
  if (
    observation.source === 'manifests' ||
    routesOf(observation).length === 0
  ) {
    return judge(
      observation.source === 'manifests' ? 'skipped' : 'inconclusive',
      observation.source === 'manifests'
        ? 'Not decided from files: whether Istio calls the Endpoint Picker shows in a cluster.'
        : 'No EnvoyFilter interferes, but no route of this service was seen.',
      'no EnvoyFilter touches it',
      { evidence: istio.evidence },
    );
  }
  return istio.on
    ? judge(
        'pass',
        'Istio hands the body to the Endpoint Picker, and no EnvoyFilter interferes.',
        'Istio itself, no EnvoyFilter',
        { evidence: istio.evidence },
      )
    : judge(
        'inconclusive',
        'No EnvoyFilter interferes, but nothing shows that Istio calls the Endpoint Picker.',
        'no shadow Service, no feature switch seen',
        {
          remedy:
            'Let the portal read Services of the namespace and the Deployment istiod.',
        },
      );
}

/** Who hands the request body to the picker. */
export const gatewayRequestBody: Check = {
  id: 'gateway.request-body',
  component: 'gateway',
  requirement: 'required',
  title: 'Endpoint Picker is given the request body',
  expected:
    'Istio does it by itself (FULL_DUPLEX_STREAMED); no EnvoyFilter replaces that',
  responsible: 'platform',
  judge: judgeBody,
  commands: observation => {
    const gateway = gatewayAddress(observation);
    return [
      kubectl(
        'EnvoyFilters beside the gateway',
        'get',
        'envoyfilters',
        '-n',
        gateway.namespace,
        '-o',
        'yaml',
      ),
      kubectl(
        "Istio's shadow Service of the pool",
        'get',
        'services',
        '-n',
        observation.target.namespace,
        '-l',
        LABELS.shadowPool,
      ),
    ];
  },
};
