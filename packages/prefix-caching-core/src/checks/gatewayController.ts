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

import { at, listAt, textAt } from '../kubernetes';
import { gatewaysOf, imageOf, objectsOf, routesOf } from '../observation';
import type { Observation } from '../observation';
import { judge } from './judgement';
import type { Judgement } from './types';

/** Controllers that run Istio's gateways, OpenShift's among them. */
const ISTIO_CONTROLLER = /^(istio\.io|openshift\.io)\//;
const ISTIO_CLASS = /istio|^openshift-default$|^data-science-gateway-class$/;
const OTHER_CLASS =
  /^(gke-|envoy|eg$|kgateway|agentgateway|nginx|cilium|traefik|kong|contour|haproxy)/;

/** Whose gateway it is, as far as routes and Gateways tell. */
export interface GatewayController {
  kind: 'istio' | 'other' | 'unknown';
  name?: string;
}

function controllerNames(observation: Observation): string[] {
  return routesOf(observation)
    .flatMap(route => listAt(route, 'status', 'parents'))
    .flatMap(parent => textAt(parent, 'controllerName') ?? []);
}

export function gatewayController(observation: Observation): GatewayController {
  const names = controllerNames(observation);
  const istio = names.find(name => ISTIO_CONTROLLER.test(name));
  if (istio) return { kind: 'istio', name: istio };
  if (names.length > 0) return { kind: 'other', name: names[0] };
  const classes = objectsOf(observation, 'Gateway').flatMap(
    gateway => textAt(gateway, 'spec', 'gatewayClassName') ?? [],
  );
  const runsProxy = objectsOf(observation, 'Deployment').some(deployment =>
    listAt(deployment, 'spec', 'template', 'spec', 'containers').some(
      container => /proxyv2/.test(imageOf(container) ?? ''),
    ),
  );
  if (runsProxy || classes.some(name => ISTIO_CLASS.test(name))) {
    return { kind: 'istio', name: classes[0] };
  }
  return classes.some(name => OTHER_CLASS.test(name))
    ? { kind: 'other', name: classes[0] }
    : { kind: 'unknown', name: classes[0] };
}

/** Another controller's gateway calls the picker in its own way: nothing here is known of it. */
export function foreignGateway(
  observation: Observation,
): Judgement | undefined {
  const { kind, name } = gatewayController(observation);
  if (kind !== 'other') return undefined;
  return judge(
    'inconclusive',
    'The gateway is not run by Istio: how it calls the Endpoint Picker is not known.',
    `${gatewaysOf(observation)[0] ?? 'the gateway'} is run by ${name}`,
    {
      remedy: 'Prove it by traffic: the counters of picker and engines decide.',
    },
  );
}

/** Namespace and name of the first gateway, for commands. */
export function gatewayAddress(observation: Observation): {
  namespace: string;
  name?: string;
} {
  const [namespace, name] = (gatewaysOf(observation)[0] ?? '/').split('/');
  return { namespace: namespace || 'istio-system', name: name || undefined };
}

/** Whether Istio injected a proxy into a pod. */
export function hasSidecar(pod: unknown): boolean {
  return (
    [
      ...listAt(pod, 'spec', 'containers'),
      ...listAt(pod, 'spec', 'initContainers'),
    ].some(container => textAt(container, 'name') === 'istio-proxy') ||
    at(pod, 'metadata', 'annotations', 'sidecar.istio.io/status') !== undefined
  );
}
