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
  listAt,
  numberAt,
  textAt,
} from '../kubernetes';
import type { KubernetesObject } from '../kubernetes';
import {
  engineContainers,
  enginePods,
  engineScheme,
  gapFor,
  gatewaysOf,
  objectsOf,
  pickerContainers,
  pickerOf,
  poolsOfTarget,
  routerPods,
} from '../observation';
import type { Observation, PickerReference } from '../observation';
import { pickerProvenTwice } from './counters';
import { foreignGateway, hasSidecar } from './gatewayController';
import { judge, kubectl, listed, unanswered } from './judgement';
import { livePickerConfig } from './livePickerConfig';
import type { Check, Evidence, Judgement } from './types';

const ROOT_NAMESPACE = 'istio-system';

/** Whether Istio applies a rule to what the gateway sends to a host: it looks in the gateway's, the host's and its own namespace. */
function isVisible(
  rule: KubernetesObject,
  picker: PickerReference,
  gateways: string[],
): boolean {
  const home = rule.metadata.namespace ?? 'default';
  const exported = listAt(rule, 'spec', 'exportTo');
  const local = gateways.includes(home);
  if (exported.length > 0 && !local && !exported.includes('*')) {
    return gateways.some(namespace => exported.includes(namespace));
  }
  return local || home === picker.namespace || home === ROOT_NAMESPACE;
}

function namesHost(rule: KubernetesObject, picker: PickerReference): boolean {
  const host = textAt(rule, 'spec', 'host') ?? '';
  const full = `${picker.name}.${picker.namespace}.svc.cluster.local`;
  if (host.startsWith('*')) return full.endsWith(host.slice(1));
  if (!host.includes('.')) {
    return host === picker.name && rule.metadata.namespace === picker.namespace;
  }
  return full === host || full.startsWith(`${host}.`);
}

/** The TLS settings a rule gives a port: the port's own policy replaces the general one. */
function tlsSettings(rule: KubernetesObject, port: number): unknown {
  const own = listAt(rule, 'spec', 'trafficPolicy', 'portLevelSettings').find(
    setting => numberAt(setting, 'port', 'number') === port,
  );
  return own ? at(own, 'tls') : at(rule, 'spec', 'trafficPolicy', 'tls');
}

interface Client {
  rule?: KubernetesObject;
  settings?: unknown;
}

function gatewaySpeaks(
  observation: Observation,
  picker: PickerReference,
): Client {
  const namespaces = gatewaysOf(observation).map(name => name.split('/')[0]);
  const rule = objectsOf(observation, 'DestinationRule')
    .filter(
      candidate =>
        namesHost(candidate, picker) &&
        isVisible(candidate, picker, namespaces),
    )
    // An exact host wins over a wildcard.
    .sort(
      (a, b) =>
        (textAt(b, 'spec', 'host') ?? '').length -
        (textAt(a, 'spec', 'host') ?? '').length,
    )[0];
  return { rule, settings: rule && tlsSettings(rule, picker.port) };
}

function scrapeMismatch(observation: Observation): Judgement | undefined {
  const [picker] = pickerContainers(observation);
  const [engine] = engineContainers(observation);
  if (!picker || !engine || engine.object.kind === 'LLMInferenceService')
    return undefined;
  const flag = containerFlags(picker.container).value(
    'model-server-metrics-scheme',
  );
  const plugin = livePickerConfig(observation)?.config?.plugins.find(
    ({ type }) => type === 'metrics-data-source',
  );
  const asks = flag ?? textAt(plugin?.parameters, 'scheme') ?? 'http';
  const speaks = engineScheme(engine.container);
  const seen = observation.endpoints.some(
    ({ router }) => (router?.current?.metrics.readyEndpoints ?? 0) > 0,
  );
  if (asks === speaks || seen) return undefined;
  return judge(
    'fail',
    `The picker asks the engines for metrics over ${asks}, and they speak ${speaks}.`,
    `picker ${asks}, engine ${speaks}`,
    {
      evidence: [
        { subject: picker.where, value: `metrics scheme ${asks}` },
        { subject: engine.where, value: `speaks ${speaks}` },
      ],
      remedy: `Set the picker's metrics scheme to ${speaks} (--model-server-metrics-scheme, from EPP 0.10 on the plugin metrics-data-source).`,
    },
  );
}

function sidecars(
  observation: Observation,
  proven: boolean,
): Judgement | undefined {
  const pods = [...routerPods(observation), ...enginePods(observation)].filter(
    hasSidecar,
  );
  if (pods.length === 0) return undefined;
  const names = listed(pods.map(pod => pod.metadata.name));
  return judge(
    proven ? 'warn' : 'fail',
    `A sidecar is injected into ${names}, so TLS is wrapped twice.`,
    `sidecar in ${names}`,
    {
      evidence: pods.map(pod => ({
        subject: describeObject(pod),
        value: 'has a container istio-proxy',
      })),
      remedy:
        'Switch injection off for these pods (label sidecar.istio.io/inject: "false").',
    },
  );
}

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
    const gap = gapFor(observation, 'DestinationRule');
    const unread = rule
      ? undefined
      : unanswered(
          observation,
          ['DestinationRule'],
          'gateway and picker agree on TLS',
        );
    if (unread && (secure || gap))
      return {
        ...unread,
        actual,
        evidence: [...evidence, ...(unread.evidence ?? [])],
      };
    return judge(
      'fail',
      secure
        ? 'The picker serves TLS, and the gateway speaks plain text to it.'
        : 'The picker serves plain text, and the gateway speaks TLS to it.',
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
      'The gateway speaks TLS to the picker without its CA, and the picker signs its own certificate.',
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
          'Gateway and picker agree on TLS, but no picker pod runs.',
          actual,
          { evidence },
        );
  }
  return judge(
    'pass',
    `Gateway and picker both speak ${secure ? 'TLS' : 'plain text'}.`,
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
      "Not decided from files: the picker's flags are the platform's, and its Deployment is not among them.",
      'not looked for',
    );
  }
  return (
    unanswered(
      observation,
      ['Deployment', 'Pod'],
      'gateway and picker agree on TLS',
    ) ??
    judge(
      'inconclusive',
      'No picker was seen, so its TLS setting is not known.',
      'no picker',
    )
  );
}

/** Whether gateway, picker and engines agree on TLS. */
export const gatewayPickerTls: Check = {
  id: 'gateway.picker-tls',
  component: 'gateway',
  requirement: 'required',
  title: 'Gateway and picker agree on TLS',
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
