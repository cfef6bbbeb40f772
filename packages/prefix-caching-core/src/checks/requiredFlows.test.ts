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

import type { KubernetesObject } from '../kubernetes';
import type { Observation } from '../observation';
import { ownPeers, requiredFlows } from './requiredFlows';
import {
  engineContainer,
  engineLabels,
  enginePod,
  GATEWAY,
  object,
  observe,
  pickerContainer,
  pickerLabels,
  pickerPod,
  pool,
  route,
} from './testing/cluster';

const GATEWAY_NAME = 'gateway.networking.k8s.io/gateway-name';

function namespace(
  name: string,
  labels: Record<string, string>,
): KubernetesObject {
  const made = object('Namespace', name, { labels });
  return { ...made, metadata: { ...made.metadata, namespace: undefined } };
}

const gatewayPod = (name: string, home: string, labels = {}) =>
  object('Pod', `${name}-proxy`, {
    namespace: home,
    labels: { [GATEWAY_NAME]: name, ...labels },
  });

/** `gateway → picker 9002 (grpc)`. */
const shown = (observation: Observation) =>
  requiredFlows(observation).map(
    ({ from, to, port, portNames }) =>
      `${from.name} → ${to.name} ${port} (${portNames.join(', ')})`,
  );
const gatewayIn = (observation: Observation) =>
  requiredFlows(observation)[0].from;
const noPods = { engine0: undefined, engine1: undefined, picker: undefined };

type Case = [title: string, changes: Parameters<typeof observe>[0], string[]];

describe('what has to get through', () => {
  it.each<Case>([
    [
      'from the gateway to both, and from the picker to the engines',
      {},
      [
        'the gateway gateways/inference → the picker 9002 (grpc)',
        'the gateway gateways/inference → the engines 8000 ()',
        'the picker → the engines 8000 ()',
      ],
    ],
    [
      'at the ports that the pool names, by the names that pods give them',
      {
        pool: pool('chat', {
          endpointPickerRef: { name: 'chat-epp-service', port: { number: 9 } },
          targetPorts: [{ number: 8080 }],
        }),
        engine0: enginePod('chat', 0, {
          container: engineContainer({
            ports: [
              { name: 'https', containerPort: 8080 },
              { name: 'metrics', containerPort: 9400 },
            ],
          }),
        }),
        picker: pickerPod('chat', {
          container: pickerContainer({
            ports: [
              { name: 'health', containerPort: 9003 },
              { name: 'ext-proc', containerPort: 9 },
            ],
          }),
        }),
      },
      [
        'the gateway gateways/inference → the picker 9 (ext-proc, grpc)',
        'the gateway gateways/inference → the engines 8080 (https)',
        'the picker → the engines 8080 (https)',
      ],
    ],
    [
      'at the usual ports where there is no pool',
      { pool: undefined },
      [
        'the gateway gateways/inference → the picker 9002 (grpc)',
        'the gateway gateways/inference → the engines 8000 ()',
        'the picker → the engines 8000 ()',
      ],
    ],
    [
      'at the usual ports where the pool names none',
      {
        pool: pool('chat', {
          endpointPickerRef: undefined,
          targetPorts: undefined,
        }),
      },
      [
        'the gateway gateways/inference → the picker 9002 (grpc)',
        'the gateway gateways/inference → the engines 8000 ()',
        'the picker → the engines 8000 ()',
      ],
    ],
    [
      'nothing from a gateway that is not known',
      { route: undefined, service: undefined },
      ['the picker → the engines 8000 ()'],
    ],
  ])('%s', (...[, changes, flows]) => {
    expect(shown(observe(changes))).toEqual(flows);
  });
});

describe('who the gateway is to a policy', () => {
  it('is its pod, with whatever labels it carries', () => {
    const found = gatewayIn(
      observe({
        elsewhere: gatewayPod('inference', 'other', { at: 'elsewhere' }),
        neighbour: gatewayPod('web', GATEWAY.namespace, { is: 'another' }),
        plain: object('Pod', 'plain', { namespace: GATEWAY.namespace }),
        pod: gatewayPod('inference', GATEWAY.namespace, { app: 'inference' }),
      }),
    );
    expect(found.namespace).toBe(GATEWAY.namespace);
    expect(found.labels).toEqual({
      [GATEWAY_NAME]: 'inference',
      app: 'inference',
    });
  });

  it('carries the Gateway API’s label as long as no pod of it was seen', () => {
    expect(gatewayIn(observe()).labels).toEqual({
      [GATEWAY_NAME]: 'inference',
    });
  });

  it('is told from gateways of its namespace and of its name', () => {
    const observation = observe();
    const pods = [
      gatewayPod('inference', 'other'),
      gatewayPod('web', GATEWAY.namespace),
      { ...object('Pod', 'bare', { namespace: GATEWAY.namespace }) },
    ].map(pod => ({
      ...pod,
      metadata: { ...pod.metadata, labels: { ...pod.metadata.labels, x: 'y' } },
    }));
    const found = gatewayIn({
      ...observation,
      objects: [...pods, ...observation.objects],
    });
    expect(found.labels).toEqual({ [GATEWAY_NAME]: 'inference' });
  });

  it('has the labels of its own namespace, where that was read', () => {
    expect(gatewayIn(observe()).namespaceLabels).toBeUndefined();
    const { from, to } = requiredFlows(
      observe({
        theirs: namespace(GATEWAY.namespace, { team: 'edge' }),
        ours: namespace('llm', { team: 'models' }),
      }),
    )[0];
    expect(from.namespaceLabels).toEqual({ team: 'edge' });
    expect(to.namespaceLabels).toEqual({ team: 'models' });
  });
});

describe('who a service’s own pods are to a policy', () => {
  it('are the pods that run', () => {
    const { engine, picker } = ownPeers(
      observe({
        engine0: enginePod('chat', 0, { labels: { team: 'a' } }),
        picker: pickerPod('chat', { labels: { team: 'b' } }),
        route: route('chat'),
      }),
    );
    expect(engine.labels).toEqual({ ...engineLabels('chat'), team: 'a' });
    expect(picker.labels).toEqual({ ...pickerLabels('chat'), team: 'b' });
  });

  it('are as KServe labels them while none runs', () => {
    const { engine, picker } = ownPeers(observe(noPods));
    expect(engine).toEqual({
      name: 'the engines',
      namespace: 'llm',
      labels: { ...engineLabels('chat'), 'llm-d.ai/role': 'both' },
      namespaceLabels: undefined,
    });
    expect(picker.labels).toEqual(pickerLabels('chat'));
  });
});
