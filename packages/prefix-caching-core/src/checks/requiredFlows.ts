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
  ENGINE_PORT,
  LABEL_VALUES,
  LABELS,
  listAt,
  numberAt,
  PICKER_PORT,
  textAt,
} from '../kubernetes';
import type { KubernetesObject } from '../kubernetes';
import {
  enginePods,
  gatewaysOf,
  mainContainer,
  objectsOf,
  pickerOf,
  poolsOfTarget,
  routerPods,
  targetPortsOf,
} from '../observation';
import type { Observation } from '../observation';
import type { PolicyPeer, RequiredFlow } from './policyEvaluation';

function namespaceLabels(observation: Observation, namespace: string) {
  return objectsOf(observation, 'Namespace').find(
    ({ metadata }) => metadata.name === namespace,
  )?.metadata.labels;
}

function portNamesOf(
  pod: KubernetesObject | undefined,
  port: number,
): string[] {
  return listAt(mainContainer(pod?.spec), 'ports')
    .filter(entry => numberAt(entry, 'containerPort') === port)
    .flatMap(entry => textAt(entry, 'name') ?? []);
}

/** The labels KServe gives a service's pods, for manifests and while none run. */
function conventional(
  name: string,
  kind: 'engine' | 'picker',
): Record<string, string> {
  return kind === 'engine'
    ? {
        [LABELS.name]: name,
        [LABELS.partOf]: LABEL_VALUES.partOf,
        [LABELS.component]: 'llminferenceservice-workload',
        [LABELS.kserveComponent]: LABEL_VALUES.workload,
        [LABELS.role]: 'both',
      }
    : {
        [LABELS.name]: name,
        [LABELS.partOf]: LABEL_VALUES.partOf,
        [LABELS.component]: LABEL_VALUES.picker,
      };
}

/** The pods of a target that policies act on: real ones, else as KServe will label them. */
export function ownPeers(observation: Observation): {
  engine: PolicyPeer;
  picker: PolicyPeer;
} {
  const { namespace, name } = observation.target;
  const peer = (
    label: string,
    pod: KubernetesObject | undefined,
    kind: 'engine' | 'picker',
  ): PolicyPeer => ({
    name: label,
    namespace,
    labels: pod?.metadata.labels ?? conventional(name, kind),
    namespaceLabels: namespaceLabels(observation, namespace),
  });
  return {
    engine: peer('the engines', enginePods(observation)[0], 'engine'),
    picker: peer('the picker', routerPods(observation)[0], 'picker'),
  };
}

/** What has to get through for a request to be routed and served: gateway → picker, gateway → engine, picker → engine. */
export function requiredFlows(observation: Observation): RequiredFlow[] {
  const { engine, picker } = ownPeers(observation);
  const [pool] = poolsOfTarget(observation);
  const pickerPort = (pool && pickerOf(pool)?.port) ?? PICKER_PORT;
  const enginePort = (pool && targetPortsOf(pool)[0]) ?? ENGINE_PORT;
  const pickerNames = [
    ...portNamesOf(routerPods(observation)[0], pickerPort),
    'grpc',
  ];
  const engineNames = portNamesOf(enginePods(observation)[0], enginePort);
  const gateways = gatewaysOf(observation).map((address): PolicyPeer => {
    const [namespace, name] = address.split('/');
    const pod = objectsOf(observation, 'Pod').find(
      candidate =>
        candidate.metadata.namespace === namespace &&
        candidate.metadata.labels?.[LABELS.gatewayName] === name,
    );
    return {
      name: `the gateway ${address}`,
      namespace,
      labels: pod?.metadata.labels ?? { [LABELS.gatewayName]: name },
      namespaceLabels: namespaceLabels(observation, namespace),
    };
  });
  return [
    ...gateways.flatMap(gateway => [
      { from: gateway, to: picker, port: pickerPort, portNames: pickerNames },
      { from: gateway, to: engine, port: enginePort, portNames: engineNames },
    ]),
    { from: picker, to: engine, port: enginePort, portNames: engineNames },
  ];
}
