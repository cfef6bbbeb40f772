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
import { gapFor, routesOf, wasAsked } from '../observation';
import type { Observation } from '../observation';
import { pickerProvenTwice } from './counters';
import type { PatchEffect } from './envoyFilterEffects';
import { effectsOf } from './foundEffects';
import type { FoundEffect } from './foundEffects';
import { foreignGateway, gatewayAddress } from './gatewayController';
import { istioEvidence, SWITCHES } from './istioSwitch';
import { judge, kubectl, objectEvidence, unanswered } from './judgement';
import type { Check, Judgement } from './types';

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
        istio.on === false
          ? 'feature switch off; Services were not read'
          : 'no shadow Service, no feature switch seen',
        {
          evidence: istio.evidence,
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
