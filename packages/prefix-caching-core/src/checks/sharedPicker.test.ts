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
import { observeManifests } from '../observation';
import {
  brokenRule,
  ownObjects,
  routeShape,
  sharedRuleNames,
  shareHost,
  sharesByName,
} from './sharedPicker';
import type { RouteShape } from './sharedPicker';
import {
  object,
  observe,
  poolBackend,
  prefixRule,
  route,
  service,
  serviceBackend,
} from './testing/cluster';

const NOTHING: RouteShape = {
  hostnames: [],
  ruleNames: [],
  managedNames: false,
  pooled: false,
};
const shape = (parts: Partial<RouteShape>): RouteShape => ({
  ...NOTHING,
  ...parts,
});
const hosts = (...hostnames: string[]) => shape({ hostnames });

const controller = (release: string) =>
  object('Deployment', 'kserve-controller-manager', {
    namespace: 'kserve',
    labels: { 'app.kubernetes.io/name': 'kserve-controller-manager' },
    spec: {
      template: {
        spec: {
          containers: [
            { name: 'manager', image: `kserve/kserve-controller:${release}` },
          ],
        },
      },
    },
  });
const asking = (router: unknown, version = 'v1alpha2') =>
  service('chat', { router }, { apiVersion: `serving.kserve.io/${version}` });
const written = (spec: object) =>
  asking({ scheduler: {}, route: { http: { spec } } });

type ShapeCase = [
  title: string,
  expected: RouteShape | undefined,
  objects: KubernetesObject[],
];

describe('how a service’s requests enter the gateway', () => {
  it.each<ShapeCase>([
    ['nothing is there', undefined, []],
    [
      'by its route: hosts, and the rules that go to a pool',
      shape({
        hostnames: ['a.example'],
        ruleNames: ['chat-completions', 'chat-chat'],
        pooled: true,
      }),
      [asking({}), route('chat', { hostnames: ['a.example'] })],
    ],
    [
      'by a rule that a pool has a part of',
      shape({ ruleNames: ['both'], pooled: true }),
      [
        route('chat', {
          rules: [
            {
              name: 'both',
              backendRefs: [serviceBackend('chat'), poolBackend('chat')],
            },
          ],
        }),
      ],
    ],
    [
      'by rules without a name',
      shape({ pooled: true }),
      [route('chat', { rules: [prefixRule('/x', poolBackend('chat'))] })],
    ],
    [
      'by a route to no pool',
      NOTHING,
      [
        route('chat', {
          rules: [prefixRule('/x', serviceBackend('chat'), 'rest')],
        }),
      ],
    ],
    ['a service that says nothing', undefined, [asking(undefined)]],
    [
      'a service without a specification',
      undefined,
      [{ ...asking({}), spec: undefined }],
    ],
    ['a service whose router is empty', undefined, [asking(null)]],
    ['a router that is no object', undefined, [asking('yes')]],
    ['a service that asks for no picker', undefined, [asking({ route: {} })]],
    [
      'a service that asks for no route',
      undefined,
      [asking({ scheduler: {} })],
    ],
    [
      'by KServe’s own rules, which have names',
      shape({ managedNames: true, pooled: true }),
      [asking({ route: {}, scheduler: {} })],
    ],
    [
      'a service among other objects',
      shape({ managedNames: true, pooled: true }),
      [
        object('Service', 'chat', { spec: { router: {} } }),
        asking({ route: {}, scheduler: {} }),
      ],
    ],
    [
      'by KServe’s own rules of an older API, which have none',
      shape({ pooled: true }),
      [asking({ route: {}, scheduler: {} }, 'v1alpha1')],
    ],
    [
      'by KServe’s own rules of a release that has no names',
      shape({ pooled: true }),
      [asking({ route: {}, scheduler: {} }), controller('v0.18.2')],
    ],
    [
      'by KServe’s own rules of the first release that names them',
      shape({ managedNames: true, pooled: true }),
      [asking({ route: {}, scheduler: {} }, 'v1alpha1'), controller('v0.19')],
    ],
    [
      'by rules written out: those that go to a pool, and have a name',
      shape({ hostnames: ['a.example'], ruleNames: ['mine'], pooled: true }),
      [
        written({
          hostnames: ['a.example'],
          rules: [
            prefixRule('/a', poolBackend('chat'), 'mine'),
            prefixRule('/b', serviceBackend('chat'), 'rest'),
            prefixRule('/c', poolBackend('chat')),
          ],
        }),
      ],
    ],
    [
      'by a rule written out that a pool has a part of',
      shape({ ruleNames: ['both'], pooled: true }),
      [
        written({
          rules: [
            {
              name: 'both',
              backendRefs: [serviceBackend('chat'), poolBackend('chat')],
            },
          ],
        }),
      ],
    ],
  ])('%s', (...[, expected, objects]) => {
    expect(routeShape([...objects])).toEqual(expected);
  });

  it('is worked out once for the objects that neighbours share', () => {
    const objects = [route('chat')];
    expect(routeShape(objects)).toBe(routeShape(objects));
  });

  it('is that of the target itself, whose service may stand apart', () => {
    const observation = observe();
    expect(ownObjects(observation)).toHaveLength(observation.objects.length);
    const { service: own } = observation;
    const apart = {
      ...observation,
      objects: observation.objects.filter(each => each !== own),
    };
    expect(ownObjects(apart)).toContain(own);
    expect(ownObjects({ ...apart, service: undefined })).toBe(apart.objects);
  });

  it('is told from the service that a file declares', () => {
    const [declared] = observeManifests([asking({ route: {}, scheduler: {} })]);
    expect(routeShape(ownObjects(declared))).toMatchObject({ pooled: true });
  });
});

describe('whether two routes are one virtual host', () => {
  it.each<[title: string, shared: boolean, RouteShape, RouteShape]>([
    ['both take every host', true, NOTHING, NOTHING],
    ['one takes every host', false, NOTHING, hosts('a.example')],
    ['the other does', false, hosts('a.example'), NOTHING],
    ['one host of each', true, hosts('a.example'), hosts('a.example')],
    ['hosts of their own', false, hosts('a.example'), hosts('b.example')],
    [
      'one host of several in common',
      true,
      hosts('x.example', 'a.example'),
      hosts('a.example', 'y.example'),
    ],
    ['a wildcard over the other', true, hosts('*.example'), hosts('b.example')],
    ['under the other’s', true, hosts('b.example'), hosts('*.example')],
    ['a wildcard over others', false, hosts('*.com'), hosts('b.example')],
    ['a host that ends alike', false, hosts('example'), hosts('b.example')],
    ['a wildcard’s bare domain', false, hosts('*.example'), hosts('example')],
  ])('%s: %p', (_, shared, one, other) => {
    expect(shareHost(one, other)).toBe(shared);
  });
});

describe('rule names that two services have in common', () => {
  const named = (...ruleNames: string[]) => shape({ ruleNames });
  const managed = shape({ managedNames: true });

  it.each<[title: string, names: string[], RouteShape, RouteShape]>([
    ['none', [], named('a'), named('b')],
    ['one of several', ['b'], named('a', 'b'), named('b', 'c')],
    [
      'both leave them to KServe',
      ["KServe's own rule names"],
      managed,
      managed,
    ],
    ['one leaves them to KServe', [], managed, named('a')],
    ['the other does', [], named('a'), managed],
  ])('%s', (_, names, one, other) => {
    expect(sharedRuleNames(one, other)).toEqual(names);
  });
});

describe('whether an Istio shares a picker between equal rule names', () => {
  it.each<[istio: string, shares: boolean | undefined]>([
    ['1.27.3', true],
    ['1.27-latest', true],
    ['1.28.0', true],
    ['1.28.9', true],
    ['1.29.7', true],
    ['1.29.8', undefined],
    ['1.30.4', true],
    ['1.30.5', undefined],
    ['1.31.0', undefined],
    ['13.0.4', undefined],
    ['main', undefined],
  ])('%s: %p', (istio, shares) => {
    expect(sharesByName(istio)).toBe(shares);
  });
});

describe('a rule in which Istio loses the picker', () => {
  const off = (backend: object) => ({ ...backend, weight: 0 });
  const elsewhere = { ...poolBackend('chat'), namespace: 'other' };

  it.each<[title: string, problem: string | undefined, backends: object[]]>([
    ['one pool', undefined, [poolBackend('chat')]],
    ['one Service', undefined, [serviceBackend('chat')]],
    ['nothing', undefined, []],
    [
      'two pools',
      'rule number 1 has 2 pools',
      [poolBackend('chat'), poolBackend('code')],
    ],
    [
      'pools of one name in two namespaces',
      'rule number 1 has 2 pools',
      [poolBackend('chat'), elsewhere],
    ],
    ['one pool twice', undefined, [poolBackend('chat'), poolBackend('chat')]],
    [
      'a pool and a Service',
      'rule number 1 has a pool and a Service',
      [poolBackend('chat'), serviceBackend('chat')],
    ],
    [
      'a second pool that gets nothing',
      undefined,
      [poolBackend('chat'), off(poolBackend('code'))],
    ],
    [
      'a Service that gets nothing',
      undefined,
      [poolBackend('chat'), off(serviceBackend('chat'))],
    ],
  ])('%s', (_, problem, backendRefs) => {
    const good = prefixRule('/x', poolBackend('chat'), 'good');
    const routes = [route('chat', { rules: [good, { backendRefs }] })];
    expect(brokenRule(routes)).toBe(problem);
  });
});
