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

import { at, listAt, numberAt, textAt } from '../kubernetes';
import type { KubernetesObject } from '../kubernetes';
import { gatewaysOf, objectsOf } from '../observation';
import type { Observation, PickerReference } from '../observation';

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

/** What the gateway is told to speak to a picker. */
export interface GatewayClient {
  rule?: KubernetesObject;
  settings?: unknown;
}

/** The DestinationRule that acts on the gateway's calls to a picker, and its TLS settings for that port. */
export function gatewaySpeaks(
  observation: Observation,
  picker: PickerReference,
): GatewayClient {
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
