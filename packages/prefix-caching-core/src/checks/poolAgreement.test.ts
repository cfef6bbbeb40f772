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
import { disagreements, routeDisagreements } from './poolAgreement';
import {
  object,
  observe,
  pickerPod,
  pickerService,
  pool,
  poolBackend,
  route,
  serviceBackend,
} from './testing/cluster';

const flags = (...args: string[]) => ({
  picker: pickerPod('chat', { container: { args } }),
});
const withPort = (backend: object, port: number | undefined) => ({
  ...backend,
  port,
});
const ruled = (backends: object[], status?: Record<string, unknown>) => ({
  route: route('chat', {
    rules: [{ name: 'all', backendRefs: backends }],
    status,
  }),
});
const refusedBy = (...conditions: object[]): Partial<KubernetesObject> => ({
  status: { parents: [{ conditions }] },
});

/** What is said of a pool among the objects of a healthy service. */
const saidOf = (
  changes: Parameters<typeof observe>[0],
  given: KubernetesObject = pool('chat'),
) =>
  disagreements(observe({ pool: given, ...changes }), given).map(
    ({ message, remedy }) => `${message}. ${remedy}`,
  );

type Case = [
  title: string,
  said: string[],
  changes: Parameters<typeof observe>[0],
  pool?: KubernetesObject,
];

describe('where route, pool, picker and Service contradict each other', () => {
  it.each<Case>([
    ['nowhere', [], {}],
    [
      'nowhere where no picker was seen',
      [],
      { picker: undefined, pickerDeployment: undefined },
    ],
    [
      'nowhere where the flags say the same',
      [],
      flags(
        '--pool-name=chat-inference-pool',
        '--pool-namespace=llm',
        '--pool-group=inference.networking.k8s.io',
        '--grpc-port=9002',
      ),
    ],
    [
      'the picker watches another namespace',
      [
        "the picker watches --pool-namespace other, and the route's pool has llm. Set --pool-namespace to llm on the picker.",
      ],
      flags('--pool-namespace=other'),
    ],
    [
      'the picker listens elsewhere',
      [
        "the pool calls its picker at port 9002, and the picker listens on 9005. Set the pool's picker port to 9005.",
      ],
      flags('--grpc-port=9005'),
    ],
    [
      'the picker listens elsewhere, and the pool names no picker',
      [
        "the pool calls its picker at port 9002, and the picker listens on 9005. Set the pool's picker port to 9005.",
      ],
      flags('--grpc-port=9005'),
      pool('chat', { endpointPickerRef: undefined }),
    ],
    [
      'the Service offers other ports',
      [
        'the pool calls its picker at port 9002, and Service chat-epp-service offers 9999, 9090. Give Service chat-epp-service port 9002.',
      ],
      { pickerService: pickerService('chat', 9999) },
    ],
    [
      'another Service offers other ports',
      [],
      {
        pickerService: undefined,
        shadow: {
          ...pickerService('chat', 9999),
          metadata: { name: 'another', namespace: 'llm' },
        },
      },
    ],
    [
      'a Service that tells no ports',
      [],
      {
        pickerService: object('Service', 'chat-epp-service', {
          spec: { ports: [{ name: 'grpc' }] },
        }),
      },
    ],
    [
      'the route names a port that the pool has not',
      [
        'the route names port 8080, and the pool targets 8000, 8001. Make the port of the route that of the pool.',
      ],
      ruled([withPort(poolBackend('chat'), 8080)]),
      pool('chat', { targetPorts: [{ number: 8000 }, { number: 8001 }] }),
    ],
    [
      'the route names no port',
      [],
      ruled([withPort(poolBackend('chat'), undefined)]),
    ],
    [
      'a Service beside the pool at another port',
      [],
      ruled([
        poolBackend('chat'),
        withPort(
          { ...serviceBackend('chat'), name: 'chat-inference-pool' },
          8080,
        ),
      ]),
    ],
    [
      'another pool at another port',
      [],
      ruled([poolBackend('chat'), withPort(poolBackend('code'), 8080)]),
    ],
    [
      'a pool that tells no ports',
      [],
      ruled([withPort(poolBackend('chat'), 8080)]),
      pool('chat', { targetPorts: undefined }),
    ],
    [
      'the gateway does not accept the pool',
      [
        "the gateway reports Accepted False for the pool: not served. Mend what the pool's condition names.",
      ],
      {},
      {
        ...pool('chat'),
        ...refusedBy({
          type: 'Accepted',
          status: 'False',
          reason: 'X',
          message: 'not served',
        }),
      },
    ],
    [
      'for a reason without a message',
      [
        "the gateway reports Accepted False for the pool: NotSupported. Mend what the pool's condition names.",
      ],
      {},
      {
        ...pool('chat'),
        ...refusedBy({
          type: 'Accepted',
          status: 'False',
          reason: 'NotSupported',
        }),
      },
    ],
    [
      'for no reason given, in the status of older pools',
      [
        "the gateway reports ResolvedRefs False for the pool: no reason given. Mend what the pool's condition names.",
      ],
      {},
      {
        ...pool('chat'),
        status: {
          parent: [{ conditions: [{ type: 'ResolvedRefs', status: 'False' }] }],
        },
      },
    ],
    [
      'conditions that are true, or of another kind',
      [],
      {},
      {
        ...pool('chat'),
        ...refusedBy(
          { type: 'Accepted', status: 'True' },
          { type: 'Exported', status: 'False' },
          { status: 'False' },
        ),
      },
    ],
  ])('%s', (...[, said, changes, given]) => {
    expect(saidOf(changes, given)).toEqual(said);
  });

  it('takes a pool without a namespace for one of `default`', () => {
    const given = pool('chat');
    const { namespace: _, ...metadata } = given.metadata;
    const [only] = disagreements(observe(flags('--pool-namespace=llm')), {
      ...given,
      metadata,
    });
    expect(only.message).toContain("route's pool has default");
  });
});

describe('what contradicts the platform in a route whose pool is not there', () => {
  const OLD = 'inference.networking.x-k8s.io';
  const NEW = 'inference.networking.k8s.io';
  const refused = {
    parents: [
      {
        conditions: [
          { type: 'Accepted', status: 'True' },
          { type: 'ResolvedRefs', status: 'False' },
        ],
      },
    ],
  };
  const declared = (backend: object, source: Observation['source']) =>
    observe(ruled([backend], refused), { source });
  const ofGroup = (group: string) => ({ ...poolBackend('chat'), group });
  const named = (group: string, istio: string, read: string) =>
    `the route names a pool of ${group}, and Istio ${istio} reads ${read}`;

  it.each<
    [
      title: string,
      said: string[],
      observation: Observation,
      istio: string | undefined,
    ]
  >([
    [
      'today’s group on an older Istio',
      [named(NEW, '1.27.9', OLD)],
      declared(ofGroup(NEW), 'cluster'),
      '1.27.9',
    ],
    [
      'today’s group on the first Istio that reads it',
      [],
      declared(ofGroup(NEW), 'cluster'),
      '1.28.0',
    ],
    [
      'the older group on an Istio that reads today’s',
      [named(OLD, '1.30.4', NEW)],
      declared(ofGroup(OLD), 'cluster'),
      '1.30.4',
    ],
    [
      'either group where Istio’s release is not known',
      [],
      declared(ofGroup(NEW), 'cluster'),
      undefined,
    ],
    [
      'the group that Istio does not read, in a route that it accepted',
      [],
      observe(ruled([ofGroup(NEW)])),
      '1.27.9',
    ],
    [
      'a Service, which is of another group',
      [],
      declared(serviceBackend('chat'), 'cluster'),
      '1.30.4',
    ],
    [
      'a port no generated pool has, in files',
      ["the route names port 8080, and the platform's pools target 8000"],
      declared(withPort(poolBackend('chat'), 8080), 'manifests'),
      '1.30.4',
    ],
    [
      'such a port in a cluster, where a pool may have it',
      [],
      declared(withPort(poolBackend('chat'), 8080), 'cluster'),
      '1.30.4',
    ],
    [
      'the port of generated pools',
      [],
      declared(poolBackend('chat'), 'manifests'),
      '1.30.4',
    ],
    [
      'no port',
      [],
      declared(withPort(poolBackend('chat'), undefined), 'manifests'),
      '1.30.4',
    ],
    [
      'a port of a Service',
      [],
      declared(withPort(serviceBackend('chat'), 8080), 'manifests'),
      '1.30.4',
    ],
  ])('%s', (...[, said, observation, istio]) => {
    expect(
      routeDisagreements(observation, istio).map(({ message }) => message),
    ).toEqual(said);
  });
});
