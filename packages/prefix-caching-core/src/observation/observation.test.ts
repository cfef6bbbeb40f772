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

import { childName } from '../kubernetes';
import type { KubernetesObject } from '../kubernetes';
import { acceleratorOf, modelOf } from './accelerator';
import { gapFor, wasAsked } from './asked';
import { indexObjects } from './ObjectIndex';
import { OBSERVED_KINDS } from './observedKinds';
import { observeManifests } from './observeManifests';
import { observeTarget } from './observeTarget';
import { enginePods, gatewaysOf, pickerDeployment, routerPods } from './parts';
import { phaseOf } from './phaseOf';
import { scrapePlan } from './scrapePlan';

type Labels = Record<string, string>;

const NOW = '2026-08-20T12:00:00Z';
const PART_OF = { 'app.kubernetes.io/part-of': 'llminferenceservice' };

function make(
  kind: string,
  name: string,
  namespace: string,
  labels: Labels = {},
  rest: Partial<KubernetesObject> = {},
): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind,
    metadata: {
      name,
      namespace,
      labels,
      creationTimestamp: '2026-08-01T00:00:00Z',
    },
    ...rest,
  };
}

const engineLabels = (name: string): Labels => ({
  'app.kubernetes.io/name': name,
  ...PART_OF,
  'kserve.io/component': 'workload',
});
const pickerLabels = (name: string): Labels => ({
  'app.kubernetes.io/name': name,
  ...PART_OF,
  'app.kubernetes.io/component': 'llminferenceservice-router-scheduler',
});

/** A service with its generated objects, on a gateway. */
function generated(
  name: string,
  namespace: string,
  gateway: string,
  poolName = childName(name, '-inference-pool'),
): KubernetesObject[] {
  const [gatewayNamespace, gatewayName] = gateway.split('/');
  return [
    make(
      'LLMInferenceService',
      name,
      namespace,
      {},
      {
        spec: {
          model: { name: 'm', uri: 'hf://m' },
          replicas: 1,
          router: { route: {}, scheduler: {} },
        },
      },
    ),
    make(
      'Deployment',
      childName(name, '-kserve-router-scheduler'),
      namespace,
      pickerLabels(name),
      { spec: { selector: { matchLabels: pickerLabels(name) } } },
    ),
    make('Pod', `${name.slice(0, 10)}-engine`, namespace, engineLabels(name), {
      spec: {
        nodeName: `node-${name.slice(0, 5)}`,
        containers: [{ name: 'main' }],
      },
    }),
    make('Pod', `${name.slice(0, 10)}-picker`, namespace, pickerLabels(name)),
    make(
      'InferencePool',
      poolName,
      namespace,
      {},
      {
        apiVersion: 'inference.networking.k8s.io/v1',
        spec: {
          selector: { matchLabels: { 'app.kubernetes.io/name': name } },
          targetPorts: [{ number: 8000 }],
          endpointPickerRef: { name: childName(name, '-epp-service') },
        },
      },
    ),
    make(
      'Service',
      childName(name, '-epp-service'),
      namespace,
      pickerLabels(name),
    ),
    make(
      'HTTPRoute',
      childName(name, '-kserve-route'),
      namespace,
      { 'app.kubernetes.io/name': name, ...PART_OF },
      {
        spec: {
          parentRefs: [{ name: gatewayName, namespace: gatewayNamespace }],
          rules: [
            {
              backendRefs: [
                {
                  kind: 'InferencePool',
                  group: 'inference.networking.k8s.io',
                  name: poolName,
                },
              ],
            },
          ],
        },
      },
    ),
  ];
}

const GATEWAY = 'gw-ns/gw';
const LONG =
  'a-service-whose-name-is-much-longer-than-kubernetes-would-like-it';
const world = [
  ...generated('one', 'ns', GATEWAY),
  ...generated('two', 'ns', GATEWAY),
  ...generated('far', 'other', 'gw-ns/another'),
  ...generated('named', 'ns', 'gw-ns/third', 'a-pool-of-another-name'),
  ...generated(LONG, 'ns', 'gw-ns/fourth'),
  make('Gateway', 'gw', 'gw-ns'),
  make('Gateway', 'another', 'gw-ns'),
  make('Pod', 'gw-pod', 'gw-ns', {
    'gateway.networking.k8s.io/gateway-name': 'gw',
  }),
  make('EnvoyFilter', 'beside', 'gw-ns'),
  make('EnvoyFilter', 'root', 'istio-system'),
  make('EnvoyFilter', 'elsewhere', 'other'),
  make(
    'DestinationRule',
    'one',
    'ns',
    {},
    { spec: { host: 'one-epp-service.ns.svc.cluster.local' } },
  ),
  make(
    'DestinationRule',
    'all',
    'ns',
    {},
    { spec: { host: '*.ns.svc.cluster.local' } },
  ),
  make(
    'DestinationRule',
    'two',
    'ns',
    {},
    { spec: { host: 'two-epp-service.ns.svc.cluster.local' } },
  ),
  make('Deployment', 'istiod', 'istio-system', { app: 'istiod' }),
  make('Service', 'one-inference-pool-ip-1', 'ns', {
    'istio.io/inferencepool-name': 'one-inference-pool',
  }),
  make(
    'NetworkPolicy',
    'for-one',
    'ns',
    {},
    {
      spec: {
        podSelector: { matchLabels: { 'app.kubernetes.io/name': 'one' } },
      },
    },
  ),
  make(
    'NetworkPolicy',
    'for-two',
    'ns',
    {},
    {
      spec: {
        podSelector: { matchLabels: { 'app.kubernetes.io/name': 'two' } },
      },
    },
  ),
  make(
    'NetworkPolicy',
    'for-nobody',
    'ns',
    {},
    {
      spec: {
        podSelector: { matchLabels: { 'app.kubernetes.io/name': 'gone' } },
      },
    },
  ),
  { apiVersion: 'v1', kind: 'Node', metadata: { name: 'node-one' } },
  { apiVersion: 'v1', kind: 'Node', metadata: { name: 'node-two' } },
];

const index = indexObjects(world);
const observe = (name: string, namespace = 'ns') =>
  observeTarget({
    source: 'cluster',
    target: { cluster: 'c', namespace, name },
    objects: index,
    asked: [],
    observedAt: NOW,
  });
const names = (objects: readonly KubernetesObject[]) =>
  objects.map(({ kind, metadata }) => `${kind}/${metadata.name}`).sort();

describe('observeTarget', () => {
  it('takes what belongs to the target and what acts on it, and nothing else', () => {
    expect(names(observe('one').objects)).toEqual(
      [
        'Deployment/istiod',
        'Deployment/one-kserve-router-scheduler',
        'DestinationRule/all',
        'DestinationRule/one',
        'EnvoyFilter/beside',
        'EnvoyFilter/root',
        'Gateway/gw',
        'HTTPRoute/one-kserve-route',
        'InferencePool/one-inference-pool',
        'LLMInferenceService/one',
        'NetworkPolicy/for-nobody',
        'NetworkPolicy/for-one',
        'Node/node-one',
        'Pod/gw-pod',
        'Pod/one-engine',
        'Pod/one-picker',
        'Service/one-epp-service',
        'Service/one-inference-pool-ip-1',
      ].sort(),
    );
  });

  it('finds the neighbours on the same gateway only', () => {
    const [neighbour, ...more] = observe('one').neighbours;
    expect(more).toEqual([]);
    expect(neighbour.target).toEqual({
      cluster: 'c',
      namespace: 'ns',
      name: 'two',
    });
    expect(names(neighbour.objects)).toEqual([
      'HTTPRoute/two-kserve-route',
      'InferencePool/two-inference-pool',
      'LLMInferenceService/two',
      'Service/two-epp-service',
    ]);
    expect(observe('far', 'other').neighbours).toEqual([]);
  });

  it('follows the pool the route names, whatever it is called', () => {
    expect(names(observe('named').objects)).toContain(
      'InferencePool/a-pool-of-another-name',
    );
  });

  it('finds the objects of a service whose name is too long to be their beginning', () => {
    const observation = observe(LONG);
    expect(pickerDeployment(observation)?.metadata.name).toHaveLength(63);
    expect(names(observation.objects)).toEqual(
      expect.arrayContaining([
        `HTTPRoute/${childName(LONG, '-kserve-route')}`,
        `InferencePool/${childName(LONG, '-inference-pool')}`,
      ]),
    );
  });

  it('keeps the gaps of its own namespaces', () => {
    const gap = (namespace?: string) => ({
      what: 'Pod',
      reason: 'forbidden' as const,
      message: 'no',
      namespace,
    });
    const observation = observeTarget({
      source: 'cluster',
      target: { cluster: 'c', namespace: 'ns', name: 'one' },
      objects: index,
      asked: [],
      observedAt: NOW,
      gaps: [gap(), gap('ns'), gap('gw-ns'), gap('other')],
    });
    expect(observation.gaps.map(({ namespace }) => namespace)).toEqual([
      undefined,
      'ns',
      'gw-ns',
    ]);
  });

  it('slices a cluster of a thousand services without comparing each with each', () => {
    const many = indexObjects(
      Array.from({ length: 1000 }, (_, i) =>
        generated(`s${i}`, `ns${i % 50}`, `gw-ns/g${i % 100}`),
      ).flat(),
    );
    const observation = observeTarget({
      source: 'cluster',
      target: { cluster: 'c', namespace: 'ns7', name: 's7' },
      objects: many,
      asked: [],
      observedAt: NOW,
    });
    expect(observation.neighbours).toHaveLength(9);
    expect(enginePods(observation)).toHaveLength(1);
  });
});

describe('observeManifests', () => {
  it('gives one observation per service, with the others on its gateway as neighbours', () => {
    const service = (name: string) =>
      make(
        'LLMInferenceService',
        name,
        'ns',
        {},
        { spec: { router: { route: {}, gateway: {} } } },
      );
    const observations = observeManifests([
      service('a'),
      service('b'),
      make('EnvoyFilter', 'f', 'x'),
    ]);
    expect(
      observations.map(({ target, neighbours }) => [
        target.name,
        neighbours.map(n => n.target.name),
      ]),
    ).toEqual([
      ['a', ['b']],
      ['b', ['a']],
    ]);
    expect(observations[0]).toMatchObject({
      source: 'manifests',
      asked: ['LLMInferenceService', 'EnvoyFilter'],
    });
    expect(names(observations[0].objects)).toContain('EnvoyFilter/f');
  });

  it('takes generated objects without their service', () => {
    const [observation, ...more] = observeManifests(
      generated('x', 'ns', GATEWAY).slice(1),
    );
    expect(more).toEqual([]);
    expect(observation.target.name).toBe('x');
    expect(observation.service).toBeUndefined();
  });
});

describe('scrapePlan', () => {
  it('tells port, scheme and readiness of engines and pickers', () => {
    const engine = make('Pod', 'e', 'ns', engineLabels('one'), {
      spec: {
        nodeName: 'n',
        containers: [
          {
            name: 'main',
            ports: [{ containerPort: 8000 }],
            readinessProbe: { httpGet: { scheme: 'HTTPS' } },
          },
        ],
      },
      status: { conditions: [{ type: 'Ready', status: 'True' }] },
    });
    const decode = make('Pod', 'd', 'ns', engineLabels('one'), {
      spec: {
        containers: [
          {
            name: 'main',
            ports: [{ containerPort: 8001 }],
            args: ['--ssl-certfile', 'x'],
          },
        ],
      },
    });
    const picker = make('Pod', 'p', 'ns', pickerLabels('one'), {
      spec: {
        containers: [
          {
            name: 'main',
            args: ['--metrics-endpoint-auth=false', '--metricsPort', '9191'],
          },
        ],
      },
    });
    const ended = make('Pod', 'gone', 'ns', engineLabels('one'), {
      status: { phase: 'Failed' },
    });
    const observation = observeTarget({
      source: 'cluster',
      target: { cluster: 'c', namespace: 'ns', name: 'one' },
      objects: [engine, decode, picker, ended],
      asked: [],
      observedAt: NOW,
    });
    expect(scrapePlan(observation)).toEqual({
      engines: [
        {
          pod: 'e',
          namespace: 'ns',
          port: 8000,
          scheme: 'https',
          ready: true,
          node: 'n',
        },
        {
          pod: 'd',
          namespace: 'ns',
          port: 8001,
          scheme: 'https',
          ready: false,
          node: undefined,
        },
      ],
      routers: [
        {
          pod: 'p',
          namespace: 'ns',
          port: 9191,
          scheme: 'http',
          service: 'one-epp-service',
          ready: false,
          authentication: false,
        },
      ],
    });
    expect(routerPods(observation)).toHaveLength(1);
  });
});

describe('what is said of a target', () => {
  const withTemplate = (
    template: Record<string, unknown>,
    extra: Record<string, unknown> = {},
  ) =>
    observeManifests([
      make(
        'LLMInferenceService',
        'a',
        'ns',
        {},
        { spec: { model: { uri: 'hf://x' }, template, ...extra } },
      ),
    ])[0];

  it.each([
    [
      {
        nodeSelector: { 'cloud.google.com/gke-accelerator': 'nvidia-tesla-t4' },
        containers: [{ resources: { limits: { 'nvidia.com/gpu': '1' } } }],
      },
      { id: 'nvidia-t4', class: 'gpu', devices: 1 },
    ],
    [
      {
        nodeSelector: {
          'cloud.google.com/gke-tpu-accelerator': 'tpu-v6e-slice',
        },
        containers: [{ resources: { limits: { 'google.com/tpu': 4 } } }],
      },
      { id: 'tpu-v6e', class: 'tpu', devices: 4 },
    ],
    [
      { containers: [{ resources: { requests: { 'amd.com/gpu': '8' } } }] },
      { id: undefined, name: 'AMD GPU', class: 'gpu' },
    ],
    [
      { containers: [{ image: 'ghcr.io/llm-d/llm-d-inference-sim:v0.10.2' }] },
      { id: 'simulator', class: 'sim' },
    ],
  ])('accelerator of %j', (template, expected) => {
    expect(acceleratorOf(withTemplate(template))).toMatchObject(expected);
  });

  it('model and gateways', () => {
    const observation = withTemplate(
      {},
      {
        router: {
          route: {},
          gateway: { refs: [{ name: 'g', namespace: 'gw-ns' }] },
        },
      },
    );
    expect(modelOf(observation)).toBe('hf://x');
    expect(gatewaysOf(observation)).toEqual(['gw-ns/g']);
  });

  it.each([
    ['running', {}, { conditions: [{ type: 'Ready', status: 'True' }] }],
    ['progressing', {}, { conditions: [{ type: 'Ready', status: 'False' }] }],
    ['stopped', { 'serving.kserve.io/stop': 'true' }, {}],
  ])('phase %s', (phase, annotations, status) => {
    const service = make(
      'LLMInferenceService',
      'a',
      'ns',
      {},
      { spec: { replicas: 1 } },
    );
    const pod = { ...make('Pod', 'p', 'ns', engineLabels('a'), { status }) };
    const observation = observeTarget({
      source: 'cluster',
      target: { cluster: 'c', namespace: 'ns', name: 'a' },
      objects: [
        { ...service, metadata: { ...service.metadata, annotations } },
        {
          ...pod,
          metadata: {
            ...pod.metadata,
            creationTimestamp: '2026-08-20T11:59:00Z',
          },
        },
      ],
      asked: [],
      observedAt: NOW,
    });
    expect(phaseOf(observation)).toBe(phase);
  });
});

describe('what was asked for', () => {
  it('without a list, a cluster was asked for everything and files for what they hold', () => {
    const bare = { ...observe('one'), asked: undefined };
    expect(wasAsked(bare, 'Secret')).toBe(true);
    expect(wasAsked({ ...bare, source: 'manifests' }, 'Secret')).toBe(false);
    expect(wasAsked({ ...bare, source: 'manifests' }, 'HTTPRoute')).toBe(true);
    expect(
      wasAsked(
        { ...bare, gaps: [{ what: 'Pod', reason: 'not-asked', message: '' }] },
        'Pod',
      ),
    ).toBe(false);
  });

  it('a kind the cluster does not serve is an answer, but for the service itself', () => {
    const missing = (what: string) =>
      gapFor(
        {
          ...observe('one'),
          gaps: [{ what, reason: 'not-installed', message: '' }],
        },
        what,
      );
    expect(missing('EnvoyFilter')).toBeUndefined();
    expect(missing('LLMInferenceService')).toBeDefined();
  });

  it('every kind that is listed says why, and what cannot do without it', () => {
    for (const { why, checks, optional } of OBSERVED_KINDS) {
      expect(why).not.toBe('');
      expect(checks.length > 0 || optional).toBe(true);
    }
  });
});
