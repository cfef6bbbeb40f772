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

import { generatedNames, LABELS } from '../kubernetes';
import type { KubernetesObject } from '../kubernetes';
import type { Observation } from '../observation';
import { observeTarget } from '../observation';
import type { Verdict } from '../verdicts';
import {
  ACCEPTED,
  ALL_KINDS,
  crashing,
  engineLabels,
  enginePod,
  findingIn,
  healthy,
  NAMESPACE,
  NOW,
  object,
  observe,
  PICKER_CONFIG,
  pickerDeployment,
  pickerPod,
  pool,
  poolBackend,
  prefixRule,
  route,
  service,
  traffic,
} from './testing/cluster';
import type { Finding } from './types';
import { verify } from './verify';

/*
 * What a verifier must read from the live system, whichever release wrote it.
 */

function finding(observation: Observation, check: string): Finding {
  return findingIn(verify(observation), check) as Finding;
}

function ofTarget(name: string, objects: readonly KubernetesObject[]) {
  return observeTarget({
    source: 'cluster',
    target: { cluster: 'test', namespace: NAMESPACE, name },
    objects,
    asked: ALL_KINDS,
    observedAt: NOW,
  });
}

describe('weights of the running picker', () => {
  const container = (parts: Record<string, unknown>) =>
    observe({ picker: pickerPod('chat', { container: parts }) });
  const WEIGHTS = 'queue-scorer 2, prefix-cache-scorer 3';
  const JSON_CONFIG = JSON.stringify({
    kind: 'EndpointPickerConfig',
    apiVersion: 'inference.networking.x-k8s.io/v1alpha1',
    plugins: [{ type: 'queue-scorer' }, { type: 'prefix-cache-scorer' }],
    schedulingProfiles: [
      {
        name: 'default',
        plugins: [
          { pluginRef: 'queue-scorer', weight: 2 },
          { pluginRef: 'prefix-cache-scorer', weight: 3 },
        ],
      },
    ],
  });

  it.each(
    ['--config-text', '-config-text', '--configText', '-configText'].flatMap(
      flag => [
        [`${flag} in args`, { args: [flag, PICKER_CONFIG] }],
        [`${flag}= in args`, { args: [`${flag}=${PICKER_CONFIG}`] }],
        [
          `${flag} in command`,
          { command: ['/app/epp', flag, PICKER_CONFIG], args: [] },
        ],
        [
          `${flag} in args, other flags in command`,
          {
            command: ['/app/epp', '--pool-name', 'chat-inference-pool'],
            args: [flag, PICKER_CONFIG],
          },
        ],
      ],
    ) as [string, Record<string, unknown>][],
  )('%s', (_, parts) => {
    expect(finding(container(parts), 'router.scorers')).toMatchObject({
      verdict: 'pass',
      actual: WEIGHTS,
    });
  });

  it.each([
    ['JSON, and the older apiVersion', JSON_CONFIG, WEIGHTS],
    [
      'names that differ from types',
      PICKER_CONFIG.replace(
        '{type: prefix-cache-scorer}',
        '{type: prefix-cache-scorer, name: cache}',
      ).replace('pluginRef: prefix-cache-scorer', 'pluginRef: cache'),
      WEIGHTS,
    ],
    [
      'prefill and decode',
      JSON.stringify({
        ...JSON.parse(JSON_CONFIG),
        schedulingProfiles: ['prefill', 'decode'].map((name, index) => ({
          name,
          plugins: [{ pluginRef: 'prefix-cache-scorer', weight: index + 1 }],
        })),
      }),
      'prefill: prefix-cache-scorer 1; decode: prefix-cache-scorer 2',
    ],
  ])('of %s', (_, text, actual) => {
    expect(
      finding(container({ args: ['--config-text', text] }), 'router.scorers'),
    ).toMatchObject({ verdict: 'pass', actual });
  });

  it.each(['--config-file', '-config-file', '--configFile', '-configFile'])(
    'from a mounted ConfigMap by %s',
    flag => {
      const volumes = [{ name: 'config', configMap: { name: 'weights' } }];
      const args = [flag, '/etc/epp/config.yaml'];
      const mounted = {
        args,
        volumeMounts: [{ name: 'config', mountPath: '/etc/epp' }],
      };
      const observation = observe({
        picker: pickerPod('chat', {
          spec: { containers: [{ name: 'main', ...mounted }], volumes },
        }),
        pickerDeployment: pickerDeployment('chat', {
          spec: {
            template: { spec: { containers: [{ name: 'main' }], volumes } },
          },
        }),
        weights: object('ConfigMap', 'weights', {
          data: { 'config.yaml': PICKER_CONFIG },
        }),
        other: object('ConfigMap', 'somebody-elses', { data: { a: 'b' } }),
      });
      expect(finding(observation, 'router.scorers')).toMatchObject({
        verdict: 'pass',
        actual: WEIGHTS,
      });
      expect(
        observation.objects.map(({ metadata }) => metadata.name),
      ).not.toContain('somebody-elses');
    },
  );
});

describe('objects of every era', () => {
  const OLD = 'inference.networking.x-k8s.io';
  const passes = (observation: Observation, checks: readonly string[]) =>
    Object.fromEntries(
      checks.map(check => [check, finding(observation, check).verdict]),
    );
  const BASICS = [
    'engine.replicas',
    'router.available',
    'router.scorers',
    'router.pool',
    'gateway.routes',
  ];
  const ALL_PASS = Object.fromEntries(
    BASICS.map((check): [string, Verdict] => [check, 'pass']),
  );

  it('v1alpha1, its pool and its reference to the picker', () => {
    const observation = observe({
      service: service(
        'chat',
        {},
        { apiVersion: 'serving.kserve.io/v1alpha1' },
      ),
      pool: pool(
        'chat',
        {
          endpointPickerRef: undefined,
          targetPorts: undefined,
          extensionRef: { name: 'chat-epp-service' },
          targetPortNumber: 8000,
          selector: { [LABELS.name]: 'chat' },
        },
        `${OLD}/v1alpha2`,
      ),
      route: route('chat', {
        rules: ['completions', 'chat/completions'].map(path =>
          prefixRule(`/llm/chat/v1/${path}`, {
            ...poolBackend('chat'),
            group: OLD,
          }),
        ),
      }),
    });
    expect(passes(observation, BASICS)).toEqual(ALL_PASS);
  });

  it('pools of both groups: the one the route names counts', () => {
    const wrong = pool(
      'chat',
      { selector: { [LABELS.name]: 'nobody' } },
      `${OLD}/v1alpha2`,
    );
    expect(passes(observe({ wrong }), BASICS)).toEqual(ALL_PASS);
    const named = route('chat', {
      rules: [prefixRule('/llm/chat', { ...poolBackend('chat'), group: OLD })],
    });
    expect(
      finding(observe({ wrong, route: named }), 'router.pool'),
    ).toMatchObject({ verdict: 'fail' });
  });

  it('a pool that convention does not name', () => {
    const own = pool('chat');
    const named = {
      ...own,
      metadata: { ...own.metadata, name: 'pool-of-our-own', labels: {} },
    };
    const observation = observe({
      pool: named,
      route: route('chat', {
        rules: [
          prefixRule('/llm/chat', {
            ...poolBackend('chat'),
            name: 'pool-of-our-own',
          }),
        ],
      }),
    });
    expect(passes(observation, ['router.pool', 'gateway.routes'])).toEqual({
      'router.pool': 'pass',
      'gateway.routes': 'pass',
    });
  });

  it('names of more than 63 characters', () => {
    const name = `qwen-${'very-'.repeat(11)}long`;
    const objects = Object.values(healthy(name));
    expect(generatedNames(name).picker).toHaveLength(63);
    expect(name.length).toBeLessThanOrEqual(64);
    expect(passes(ofTarget(name, objects), BASICS)).toEqual(ALL_PASS);
  });

  it('several services in one namespace', () => {
    const objects = [
      ...Object.values(healthy('chat')),
      ...Object.values(healthy('chat-2')),
      enginePod('chat-2', 7, { status: crashing('CrashLoopBackOff') }),
    ];
    const observation = ofTarget('chat', objects);
    expect(passes(observation, BASICS)).toEqual(ALL_PASS);
    expect(finding(observation, 'engine.replicas').actual).toBe('2 of 2 ready');
    expect(
      finding(ofTarget('chat-2', objects), 'engine.replicas').verdict,
    ).toBe('fail');
  });

  it('objects that the status names, whatever they are called', () => {
    const renamed = (each: KubernetesObject, name: string) => ({
      ...each,
      metadata: { ...each.metadata, name, labels: {} },
    });
    const { pickerDeployment: epp, pickerService: grpc } = healthy();
    const labels = { team: 'epp' };
    const statusRouter = {
      conditions: [{ type: 'Ready', status: 'True' }],
      router: {
        gateways: [
          {
            name: 'inference',
            namespace: 'gateways',
            httpRoutes: [{ name: 'our-route', namespace: NAMESPACE }],
          },
        ],
        scheduler: {
          inferencePool: { name: 'chat-inference-pool', namespace: NAMESPACE },
          service: { name: 'our-epp', namespace: NAMESPACE },
        },
      },
      workloads: {
        scheduler: { kind: 'Deployment', name: 'our-scheduler' },
      },
    };
    const observation = observe({
      service: service('chat', {}, { status: statusRouter }),
      route: renamed(route('chat'), 'our-route'),
      pickerService: renamed(grpc, 'our-epp'),
      pool: pool('chat', {
        endpointPickerRef: { name: 'our-epp', port: { number: 9002 } },
      }),
      picker: {
        ...pickerPod('chat'),
        metadata: { ...object('Pod', 'p-0', { labels }).metadata },
      },
      pickerDeployment: {
        ...renamed(epp, 'our-scheduler'),
        spec: { ...epp.spec, selector: { matchLabels: labels } },
      },
    });
    expect(passes(observation, BASICS)).toEqual(ALL_PASS);
  });

  it('a gateway that is not Istio’s: inconclusive, and never a failure', () => {
    const [parent] = ACCEPTED.parents;
    const observation = observe(
      {
        route: route('chat', {
          status: {
            parents: [
              {
                ...parent,
                controllerName: 'gateway.envoyproxy.io/gatewayclass-controller',
              },
            ],
          },
        }),
        rule: undefined,
        shadow: undefined,
        istiod: undefined,
      },
      { endpoints: traffic({ picker: 5, engines: 5 }) },
    );
    expect(
      passes(observation, [
        'gateway.routes',
        'gateway.request-body',
        'gateway.picker-tls',
        'gateway.shared-picker',
        'routing.bypass',
      ]),
    ).toEqual({
      'gateway.routes': 'pass',
      'gateway.request-body': 'inconclusive',
      'gateway.picker-tls': 'inconclusive',
      'gateway.shared-picker': 'inconclusive',
      'routing.bypass': 'pass',
    });
  });
});

describe('accelerators of two vendors in one pool', () => {
  const device = (resource: string) => ({
    resources: { limits: { [resource]: '1' } },
  });
  const template = (resource: string) => ({
    containers: [{ name: 'main', ...device(resource) }],
  });
  const madeBy = (pod: KubernetesObject, name: string, index: number) => ({
    ...pod,
    metadata: {
      ...pod.metadata,
      name: `${name}-kserve-5d8f-${index}`,
      ownerReferences: [
        {
          apiVersion: 'apps/v1',
          kind: 'ReplicaSet',
          name: `${name}-kserve-5d8f`,
          uid: name,
        },
      ],
    },
  });
  const engines = (name: string, resource: string) =>
    [0, 1].map(index =>
      madeBy(
        // Both are labelled as the first service, so that its pool selects them.
        enginePod('chat', index, { container: device(resource) }),
        name,
        index,
      ),
    );
  const amd = service('chat-amd', {
    router: undefined,
    labels: { [LABELS.name]: 'chat' },
    template: template('amd.com/gpu'),
  });
  const objects = [
    ...Object.values({
      ...healthy('chat'),
      engine0: undefined,
      engine1: undefined,
      service: service('chat', { template: template('nvidia.com/gpu') }),
    }).filter((each): each is KubernetesObject => each !== undefined),
    amd,
    object('Deployment', 'chat-amd-kserve', {
      spec: { selector: { matchLabels: engineLabels('chat') } },
    }),
    ...engines('chat', 'nvidia.com/gpu'),
    ...engines('chat-amd', 'amd.com/gpu'),
  ];

  it.each([
    ['engine.replicas', 'pass', '2 of 2 ready'],
    ['router.pool', 'pass', '4 of 4 selected pods ready'],
  ])('the service with the picker: %s', (check, verdict, actual) => {
    expect(finding(ofTarget('chat', objects), check)).toMatchObject({
      verdict,
      actual,
    });
  });

  it.each([
    ['engine.replicas', 'pass', '2 of 2 ready'],
    ['router.available', 'inconclusive', 'labelled as chat'],
  ])('the service that joins: %s', (check, verdict, actual) => {
    expect(finding(ofTarget('chat-amd', objects), check)).toMatchObject({
      verdict,
      actual,
    });
  });
});
