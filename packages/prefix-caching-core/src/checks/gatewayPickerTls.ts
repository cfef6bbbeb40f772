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
  at,
  containerFlags,
  describeObject,
  generatedNames,
  textAt,
} from '../kubernetes';
import {
  pickerContainers,
  pickerOf,
  poolsOfTarget,
  routerPods,
} from '../observation';
import type { Observation, PickerReference } from '../observation';
import { pickerProvenTwice } from './counters';
import { gatewaySpeaks } from './destinationRules';
import { foreignGateway } from './gatewayController';
import { judge, kubectl, unanswered } from './judgement';
import { scrapeMismatch, sidecars } from './tlsSurroundings';
import type { Check, Evidence, Judgement } from './types';

function compareTls(
  observation: Observation,
  picker: PickerReference,
): Judgement {
  const [found] = pickerContainers(observation);
  const proven = pickerProvenTwice(observation);
  const secure = containerFlags(found.container).isOn('secure-serving', true);
  const stated = containerFlags(found.container).has('secure-serving');
  const { rule, settings } = gatewaySpeaks(observation, picker);
  const mode = textAt(settings, 'mode');
  const tls = mode !== undefined && mode !== 'DISABLE';
  const serves = secure
    ? `serves TLS (${stated ? '--secure-serving' : 'its default'})`
    : 'serves plain text';
  const speaks = rule
    ? `${describeObject(rule)} says ${mode ?? 'nothing of TLS'}`
    : `no DestinationRule for ${picker.name}`;
  const actual = `picker ${serves}; ${speaks}`;
  const evidence: Evidence[] = [
    { subject: found.where, value: `picker ${serves}` },
    { subject: rule ? describeObject(rule) : 'DestinationRule', value: speaks },
  ];
  if (secure !== tls && !proven) {
    const unread = rule
      ? undefined
      : unanswered(
          observation,
          ['DestinationRule'],
          'gateway and Endpoint Picker agree on TLS',
        );
    if (unread)
      return {
        ...unread,
        actual,
        evidence: [...evidence, ...(unread.evidence ?? [])],
      };
    return judge(
      'fail',
      secure
        ? 'The Endpoint Picker serves TLS, and the gateway speaks plain text to it.'
        : 'The Endpoint Picker serves plain text, and the gateway speaks TLS to it.',
      actual,
      {
        evidence,
        remedy: secure
          ? `Add a DestinationRule for ${picker.name}.${picker.namespace}.svc.cluster.local with tls mode SIMPLE, or switch the picker's TLS off (--secure-serving=false).`
          : "Remove the rule's TLS settings, or switch the picker's TLS on.",
      },
    );
  }
  const other = sidecars(observation, proven) ?? scrapeMismatch(observation);
  if (other) return other;
  const verified =
    mode === 'SIMPLE' &&
    at(settings, 'insecureSkipVerify') !== true &&
    ['caCertificates', 'credentialName'].every(
      key => at(settings, key) === undefined,
    );
  if (verified && !proven) {
    return judge(
      'warn',
      'The gateway verifies a certificate the Endpoint Picker signed itself, without its CA.',
      actual,
      {
        evidence,
        remedy: 'Give the rule caCertificates, or insecureSkipVerify: true.',
      },
    );
  }
  if (
    observation.source === 'cluster' &&
    routerPods(observation).length === 0
  ) {
    const unread = unanswered(observation, ['Pod'], 'a sidecar stands between');
    return unread
      ? { ...unread, actual, evidence }
      : judge(
          'inconclusive',
          'Gateway and Endpoint Picker agree on TLS, but no picker pod runs.',
          actual,
          { evidence },
        );
  }
  return judge(
    'pass',
    `Gateway and Endpoint Picker both speak ${secure ? 'TLS' : 'plain text'}.`,
    actual,
    { evidence },
  );
}

function judgeTls({ observation }: { observation: Observation }): Judgement {
  const foreign = foreignGateway(observation);
  if (foreign) return foreign;
  const [pool] = poolsOfTarget(observation);
  const { target } = observation;
  const picker = (pool && pickerOf(pool)) ?? {
    name: generatedNames(target.name).pickerService,
    namespace: target.namespace,
    port: 9002,
    failureMode: 'FailOpen',
  };
  if (pickerContainers(observation).length > 0) {
    const plain =
      pickerContainers(observation)[0].object.kind !== 'LLMInferenceService';
    if (plain || observation.source === 'cluster')
      return compareTls(observation, picker);
  }
  if (observation.source === 'manifests') {
    return judge(
      'skipped',
      "Not decided from files: the Endpoint Picker's Deployment is not among them.",
      "its flags are the platform's",
    );
  }
  return (
    unanswered(
      observation,
      ['Deployment', 'Pod'],
      'gateway and Endpoint Picker agree on TLS',
    ) ??
    judge(
      'inconclusive',
      'No Endpoint Picker was seen, so its TLS setting is not known.',
      'no picker',
    )
  );
}

/** Whether gateway, picker and engines agree on TLS. */
export const gatewayPickerTls: Check = {
  id: 'gateway.picker-tls',
  component: 'gateway',
  requirement: 'required',
  title: 'Gateway and Endpoint Picker agree on TLS',
  expected:
    'the picker serves TLS unless told not to, and a DestinationRule makes the gateway speak it; no sidecar in between',
  responsible: 'platform',
  judge: judgeTls,
  commands: ({ target }) => [
    kubectl(
      "the picker's flags",
      'get',
      'deployment',
      generatedNames(target.name).picker,
      '-n',
      target.namespace,
      '-o',
      'jsonpath={.spec.template.spec.containers[?(@.name=="main")].command}{.spec.template.spec.containers[?(@.name=="main")].args}',
    ),
    kubectl('DestinationRules that may apply', 'get', 'destinationrules', '-A'),
  ],
};
