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
import { routerPool } from './routerPool';
import {
  enginePod,
  istiod,
  NOT_READY,
  observe,
  pickerPod,
  pickerService,
  pool,
  poolBackend,
  prefixRule,
  route,
  service,
  serviceBackend,
} from './testing/cluster';
import { judgedCase, wanted } from './testing/judging';
import type { Case } from './testing/judging';

const gap = (what: string) => ({
  what,
  reason: 'forbidden' as const,
  message: `${what}s may not be listed.`,
});
const flags = (...args: string[]) => ({
  picker: pickerPod('chat', { container: { args } }),
});
const OLD = 'inference.networking.x-k8s.io/v1alpha2';
const oldPool = pool(
  'chat',
  {
    extensionRef: { name: 'chat-epp-service' },
    endpointPickerRef: undefined,
    selector: { 'app.kubernetes.io/name': 'chat' },
    targetPorts: undefined,
    targetPortNumber: 8000,
  },
  OLD,
);
const oldRoute = route('chat', {
  rules: [
    prefixRule('/llm/chat', {
      ...poolBackend('chat'),
      group: 'inference.networking.x-k8s.io',
    }),
  ],
});
const wide = pool('chat', {
  selector: { matchLabels: { 'kserve.io/component': 'workload' } },
});
const noPods = { engine0: undefined, engine1: undefined };
const refused = {
  ...pool('chat'),
  status: {
    parents: [
      {
        conditions: [
          { type: 'ResolvedRefs', status: 'False', message: 'no such Service' },
        ],
      },
    ],
  },
};

const leaving = (pod: KubernetesObject): KubernetesObject => ({
  ...pod,
  metadata: { ...pod.metadata, deletionTimestamp: '2026-08-20T11:59:50.000Z' },
});

describe('router.pool', () => {
  it.each<Case>([
    ['finds the engines', observe(), 'pass', 'finds the ready engines'],
    [
      'in the older group and form',
      observe({ pool: oldPool, route: oldRoute }),
      'pass',
      'finds the ready engines',
    ],
    [
      'the route names the other group',
      observe({ pool: oldPool }),
      'fail',
      'of inference.networking.k8s.io',
    ],
    [
      'both groups exist, the one the route names counts',
      observe({ pool: oldPool, pool2: pool('chat') }),
      'pass',
      'finds',
    ],
    [
      'the pool is gone',
      observe({ pool: undefined }),
      'fail',
      'names an InferencePool that does not exist',
    ],
    [
      'selects nothing',
      observe({
        pool: pool('chat', { selector: { matchLabels: { app: 'x' } } }),
      }),
      'fail',
      "selects none of the service's pods",
    ],
    [
      'selects pods of others too',
      observe({ pool: wide, other: enginePod('code', 0) }),
      'warn',
      'code-kserve-0 of other services',
    ],
    [
      'leaves one of its own out',
      observe({
        pool: pool('chat', {
          selector: {
            matchLabels: { 'app.kubernetes.io/name': 'chat', shard: 'a' },
          },
        }),
        engine0: enginePod('chat', 0, { labels: { shard: 'a' } }),
      }),
      'fail',
      'leaves out chat-kserve-1',
    ],
    [
      'picker watches another group',
      observe(flags('--pool-group', 'inference.networking.x-k8s.io')),
      'fail',
      'the picker watches --pool-group inference.networking.x-k8s.io',
    ],
    [
      'picker watches another pool',
      observe(flags('--poolName=other')),
      'fail',
      '--pool-name other',
    ],
    [
      'pool calls the engine port',
      observe({
        pool: pool('chat', {
          endpointPickerRef: {
            name: 'chat-epp-service',
            port: { number: 8000 },
          },
        }),
      }),
      'fail',
      'at port 8000, and the picker listens on 9002',
    ],
    [
      'Service lacks the port',
      observe({ pickerService: pickerService('chat', 9999) }),
      'fail',
      'offers 9999, 9090',
    ],
    [
      'route names another port',
      observe({
        route: route('chat', {
          rules: [
            prefixRule('/llm/chat', { ...poolBackend('chat'), port: 8080 }),
          ],
        }),
      }),
      'fail',
      'the route names port 8080',
    ],
    [
      'the gateway refuses the pool',
      observe({ pool: refused }),
      'fail',
      'ResolvedRefs False for the pool: no such Service',
    ],
    [
      'none ready',
      observe({
        engine0: enginePod('chat', 0, { status: NOT_READY }),
        engine1: undefined,
      }),
      'inconclusive',
      'No pod of the pool',
    ],
    ['no pods', observe(noPods), 'inconclusive', 'No engine pod exists'],
    [
      'pods may not be read',
      observe({ ...noPods, picker: undefined }, { gaps: [gap('Pod')] }),
      'inconclusive',
      "Can't tell whether the pool finds ready engines",
    ],
    [
      'pools may not be read',
      observe({ pool: undefined }, { gaps: [gap('InferencePool')] }),
      'inconclusive',
      "Can't tell",
    ],
    [
      'route without a pool',
      observe({
        pool: undefined,
        route: route('chat', {
          rules: [prefixRule('/llm/chat', serviceBackend('chat'))],
        }),
      }),
      'inconclusive',
      'No rule of the route names a pool',
    ],
    [
      'files without them',
      observe(
        { ...noPods, pool: undefined, route: undefined },
        { source: 'manifests', asked: ['LLMInferenceService'] },
      ),
      'skipped',
      'Not decided from files',
    ],
    [
      'files that agree',
      observe(noPods, { source: 'manifests' }),
      'skipped',
      'Not decided from files: route and pool agree',
    ],
    [
      'a group this Istio does not read',
      observe({
        istiod: istiod('1.27.3'),
        route: route('chat', { status: {} }),
      }),
      'fail',
      'names a pool of inference.networking.k8s.io, and Istio 1.27.3 reads inference.networking.x-k8s.io',
    ],
    [
      'a group this Istio should not read, and the gateway accepts it',
      observe({ istiod: istiod('1.27.3') }),
      'pass',
      'finds the ready engines',
    ],
    [
      'files whose rules name a port no pool has',
      observe(
        {
          ...noPods,
          pool: undefined,
          route: undefined,
          service: service('chat', {
            router: {
              scheduler: {},
              route: {
                http: {
                  spec: {
                    rules: [
                      prefixRule('/llm/chat', {
                        ...poolBackend('chat'),
                        port: 8001,
                      }),
                    ],
                  },
                },
              },
            },
          }),
        },
        { source: 'manifests', asked: ['LLMInferenceService'] },
      ),
      'fail',
      "names port 8001, and the platform's pools target 8000",
    ],
    [
      'an engine that is being deleted is none of its own',
      observe({ engine2: leaving(enginePod('chat', 2)) }),
      'pass',
      '2 of 2 selected pods ready',
    ],
    [
      'a pool that selects by nothing',
      observe({ pool: pool('chat', { selector: { matchLabels: {} } }) }),
      'fail',
      "The pool selects none of the service's pods.",
    ],
    [
      'selects none, and no engine is ready',
      observe({
        pool: pool('chat', { selector: { matchLabels: { app: 'other' } } }),
        engine0: enginePod('chat', 0, { status: NOT_READY }),
        engine1: undefined,
      }),
      'fail',
      '0 of 0 selected pods ready; InferencePool llm/chat-inference-pool selects none',
    ],
    [
      'engines of another service alone',
      observe({ ...noPods, pool: wide, other: enginePod('other', 0) }),
      'warn',
      'The pool also selects 1 pod of other services.',
    ],
    [
      'routes may not be read',
      observe({ route: undefined }, { gaps: [gap('HTTPRoute')] }),
      'inconclusive',
      "Can't tell whether the pool finds ready engines: HTTPRoutes may not be read.",
    ],
    [
      'neither route nor pool',
      observe({ route: undefined, pool: undefined }),
      'inconclusive',
      'Neither a route nor a pool of this service was seen.',
    ],
    [
      'a pool with two ports',
      observe({
        pool: pool('chat', {
          targetPorts: [{ number: 8000 }, { number: 8001 }],
        }),
      }),
      'pass',
      'finds the ready engines',
    ],
  ])('%s', (...given) => {
    expect(judgedCase(routerPool, given)).toEqual(wanted(given));
  });
});
