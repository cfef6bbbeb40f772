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
import {
  gatewayAddress,
  gatewayController,
  hasSidecar,
} from './gatewayController';
import type { GatewayController } from './gatewayController';
import { enginePod, GATEWAY, object, observe, route } from './testing/cluster';

const LABEL = 'gateway.networking.k8s.io/gateway-name';

type Case = [
  title: string,
  kind: GatewayController['kind'],
  name: string | undefined,
  seen: {
    controllers?: string[];
    gatewayClass?: string;
    images?: string[];
    route?: KubernetesObject;
  },
];

function gatewayOf(gatewayClassName: string | undefined): KubernetesObject {
  return object('Gateway', GATEWAY.name, {
    namespace: GATEWAY.namespace,
    spec: { gatewayClassName },
  });
}

/** The Deployment that runs a gateway's proxy. */
function proxy(images: string[]): KubernetesObject {
  return object('Deployment', 'inference-proxy', {
    namespace: GATEWAY.namespace,
    labels: { [LABEL]: GATEWAY.name },
    spec: {
      template: { spec: { containers: images.map(image => ({ image })) } },
    },
  });
}

describe('whose gateway it is', () => {
  it.each<Case>([
    [
      'Istio’s controller wrote the route’s status',
      'istio',
      'istio.io/gateway-controller',
      { controllers: ['istio.io/gateway-controller'] },
    ],
    [
      'OpenShift’s, which runs Istio',
      'istio',
      'openshift.io/gateway-controller/v1',
      { controllers: ['openshift.io/gateway-controller/v1'] },
    ],
    [
      'Istio’s beside another’s',
      'istio',
      'istio.io/gateway-controller',
      { controllers: ['x.io/y', 'istio.io/gateway-controller'] },
    ],
    [
      'another controller',
      'other',
      'networking.gke.io/gateway',
      {
        controllers: ['networking.gke.io/gateway'],
        images: ['docker.io/istio/proxyv2:1.30.4'],
      },
    ],
    ['a class of Istio', 'istio', 'istio', { gatewayClass: 'istio' }],
    [
      'OpenShift’s class',
      'istio',
      'openshift-default',
      { gatewayClass: 'openshift-default' },
    ],
    [
      'a class of another',
      'other',
      'gke-l7-regional-external-managed',
      { gatewayClass: 'gke-l7-regional-external-managed' },
    ],
    ['a class nobody knows', 'unknown', 'edge', { gatewayClass: 'edge' }],
    [
      'a class nobody knows, whose gateway runs Istio’s proxy',
      'istio',
      'edge',
      { gatewayClass: 'edge', images: ['docker.io/istio/proxyv2:1.30.4'] },
    ],
    [
      'Istio’s proxy beside another container',
      'istio',
      'edge',
      {
        gatewayClass: 'edge',
        images: ['logger:1', 'docker.io/istio/proxyv2:1.30.4'],
      },
    ],
    [
      'a class nobody knows, whose gateway runs another proxy',
      'unknown',
      'edge',
      { gatewayClass: 'edge', images: ['docker.io/haproxy:3'] },
    ],
    ['nothing that tells', 'unknown', undefined, {}],
  ])('%s: %s', (...[, kind, name, seen]) => {
    const status = {
      parents: (seen.controllers ?? []).map(controllerName => ({
        controllerName,
      })),
    };
    const observation = observe({
      route: route('chat', { status }),
      gateway: gatewayOf(seen.gatewayClass),
      istiod: undefined,
      proxy: seen.images && proxy(seen.images),
    });
    expect(gatewayController(observation)).toEqual({ kind, name });
  });

  it('takes no word of a parent that names no controller', () => {
    expect(
      gatewayController(
        observe({
          route: route('chat', { status: { parents: [{}] } }),
          gateway: gatewayOf('istio'),
        }),
      ),
    ).toEqual({ kind: 'istio', name: 'istio' });
  });
});

describe('where the gateway is, for commands', () => {
  it('is the first gateway’s namespace and name', () => {
    expect(gatewayAddress(observe())).toEqual(GATEWAY);
  });

  it('is Istio’s own namespace where no gateway is named', () => {
    expect(
      gatewayAddress(observe({ route: undefined, service: undefined })),
    ).toEqual({ namespace: 'istio-system', name: undefined });
  });
});

describe('whether Istio injected a proxy into a pod', () => {
  const proxyContainer = { name: 'istio-proxy' };
  const main = { name: 'main' };
  const noted = enginePod('chat', 0);

  it.each<[title: string, injected: boolean, pod: KubernetesObject]>([
    ['a pod without', false, enginePod('chat', 0)],
    [
      'a container beside the engine',
      true,
      enginePod('chat', 0, { spec: { containers: [main, proxyContainer] } }),
    ],
    [
      'a native sidecar, which is an init container',
      true,
      enginePod('chat', 0, {
        spec: { containers: [main], initContainers: [proxyContainer] },
      }),
    ],
    [
      'another init container',
      false,
      enginePod('chat', 0, {
        spec: { containers: [main], initContainers: [{ name: 'istio-init' }] },
      }),
    ],
    [
      'the note of the injector',
      true,
      {
        ...noted,
        metadata: {
          ...noted.metadata,
          annotations: { 'sidecar.istio.io/status': '{}' },
        },
      },
    ],
    [
      'another note',
      false,
      {
        ...noted,
        metadata: {
          ...noted.metadata,
          annotations: { 'sidecar.istio.io/inject': 'false' },
        },
      },
    ],
  ])('%s: %p', (_, injected, pod) => {
    expect(hasSidecar(pod)).toBe(injected);
  });
});
