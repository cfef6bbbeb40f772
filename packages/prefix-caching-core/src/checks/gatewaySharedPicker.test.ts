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
import { gatewaySharedPicker } from './gatewaySharedPicker';
import {
  engineSamples,
  gateway,
  istiod,
  observe,
  pool,
  poolBackend,
  prefixRule,
  route,
  routerSamples,
  service,
  serviceBackend,
  traffic,
} from './testing/cluster';
import { judged, judgedCase, wanted } from './testing/judging';
import type { Case } from './testing/judging';

const other = (parts: Parameters<typeof route>[1] = {}) => ({
  service2: service('code'),
  route2: route('code', parts),
  pool2: pool('code'),
});
const sameNames = other({
  rules: [prefixRule('/llm/code', poolBackend('code'), 'chat-chat')],
});
const sameServiceRule = other({
  rules: [
    prefixRule('/llm/code', poolBackend('code'), 'code-all'),
    prefixRule('/x', serviceBackend('code'), 'chat-chat'),
  ],
});
const hosts = (own: string, theirs: string) => ({
  route: route('chat', { hostnames: [own] }),
  ...other({ hostnames: [theirs] }),
});
const PROVEN = {
  endpoints: traffic({ picker: 20, engines: 20 }),
  previousVerdicts: { 'routing.bypass': 'pass' as const },
};
const taken = {
  endpoints: traffic({ picker: 0, engines: 20 }),
  neighbourEndpoints: {
    'llm/code': [
      routerSamples('code-epp', { requests: 0 }, { requests: 40 }),
      engineSamples('code-0', { requests: 0 }, { requests: 20 }),
    ],
  },
};
const rule = (...backendRefs: Record<string, unknown>[]) => ({
  route: route('chat', {
    rules: [{ name: 'mixed', backendRefs, matches: [] }],
  }),
});

describe('gateway.shared-picker', () => {
  it.each<Case>([
    [
      'alone on the gateway',
      observe(),
      'pass',
      'No other service is on the gateway',
    ],
    [
      'names of its own',
      observe(other()),
      'pass',
      'No other service on the gateway shares its Endpoint Picker',
    ],
    ['equal rule names', observe(sameNames), 'fail', 'shared with llm/code'],
    [
      'equal names of rules that need no picker',
      observe(sameServiceRule),
      'pass',
      'shares its Endpoint Picker',
    ],
    [
      'equal rule names, a release that may be mended',
      observe({ ...sameNames, istiod: istiod('1.30.9') }),
      'inconclusive',
      'Istio 1.30.9',
    ],
    [
      'equal rule names, release unknown',
      observe({ ...sameNames, istiod: undefined }),
      'inconclusive',
      'an unknown release',
    ],
    [
      'equal rule names, release stated',
      observe({ ...sameNames, istiod: undefined }),
      'fail',
      'equal rule names',
      { istio: '1.29.7' },
    ],
    [
      'equal rule names, and counters prove it harmless',
      observe(sameNames, PROVEN),
      'pass',
      'twice in a row',
    ],
    [
      'merged routes',
      observe({ ...other(), istiod: istiod('1.28.4') }),
      'fail',
      'this route and that of llm/code take',
    ],
    [
      'merged routes on 1.27',
      observe({ ...other(), istiod: istiod('1.27.1') }),
      'fail',
      'merges the routes',
    ],
    [
      'no longer merged',
      observe({ ...other(), istiod: istiod('1.28.5') }),
      'pass',
      'shares its Endpoint Picker',
    ],
    [
      'hosts of their own',
      observe({ ...hosts('a.example', 'b.example'), istiod: istiod('1.27.1') }),
      'pass',
      'shares its Endpoint Picker',
    ],
    [
      'a wildcard that covers the other host',
      observe({ ...hosts('*.example', 'b.example'), istiod: istiod('1.27.1') }),
      'fail',
      'merges',
    ],
    [
      'same host, release unknown',
      observe({ ...other(), istiod: undefined }),
      'inconclusive',
      'depends on its release',
    ],
    [
      'the counters show who takes the requests',
      observe(other(), taken),
      'fail',
      'that of llm/code saw more than its engines served',
    ],
    [
      'two pools in one rule',
      observe(rule(poolBackend('chat'), poolBackend('code'))),
      'fail',
      'rule mixed has 2 pools',
    ],
    [
      'pool and Service in one rule',
      observe(rule(poolBackend('chat'), serviceBackend('chat'))),
      'fail',
      'rule mixed has a pool and a Service',
    ],
    [
      'whose gateway it is was not seen',
      observe({
        gateway: undefined,
        istiod: undefined,
        route: route('chat', { status: {} }),
      }),
      'inconclusive',
      'was not seen',
    ],
    [
      'another controller’s gateway',
      observe({
        ...sameNames,
        gateway: gateway('nginx'),
        istiod: undefined,
        route: route('chat', { status: {} }),
      }),
      'inconclusive',
      'not run by Istio',
    ],
    [
      'routes may not be read',
      observe(
        { route: undefined, service: undefined },
        {
          gaps: [
            {
              what: 'HTTPRoute',
              reason: 'forbidden',
              message: 'HTTPRoutes may not be listed.',
            },
          ],
        },
      ),
      'inconclusive',
      "Can't tell",
    ],
    [
      'routes may not be read, and the service asks for one',
      observe(
        { route: undefined },
        {
          gaps: [
            {
              what: 'HTTPRoute',
              reason: 'forbidden',
              message: 'HTTPRoutes may not be listed.',
            },
          ],
        },
      ),
      'inconclusive',
      "Can't tell whether another service shares the Endpoint Picker",
    ],
    [
      'a service that asks for no route',
      observe({ route: undefined, service: service('chat', { router: {} }) }),
      'inconclusive',
      'no route and no Endpoint Picker',
    ],
    [
      'files that ask for no route',
      observe(
        { route: undefined, service: service('chat', { router: {} }) },
        { source: 'manifests', asked: ['HTTPRoute'] },
      ),
      'skipped',
      'no route and no Endpoint Picker',
    ],
  ])('%s', (...given) => {
    expect(judgedCase(gatewaySharedPicker, given)).toEqual(wanted(given));
  });

  describe('from files alone', () => {
    const pair = (
      apiVersion: string,
      spec: (name: string) => Record<string, unknown>,
    ): KubernetesObject[] =>
      ['qwen-3b-gpu-svc', 'qwen-3b-tpu-svc'].map(name =>
        service(
          name,
          {
            router: {
              gateway: {},
              scheduler: {},
              route: { http: { spec: spec(name) } },
            },
          },
          { apiVersion: `serving.kserve.io/${apiVersion}` },
        ),
      );
    const ruled = (name: string, ruleName: string) => ({
      rules: [prefixRule(`/llm/${name}`, poolBackend(name), ruleName)],
    });
    const both = (objects: KubernetesObject[]) =>
      observeManifests(objects).map(
        observation => judged(gatewaySharedPicker, observation).verdict,
      );

    it.each([
      [
        'v1alpha2, nothing but the platform’s rules',
        pair('v1alpha2', () => ({})),
        'fail',
      ],
      [
        'v1alpha2, equal rule names written out',
        pair('v1alpha2', name => ruled(name, 'v1-chat-completions-path')),
        'fail',
      ],
      [
        'v1alpha2, rule names of their own',
        pair('v1alpha2', name => ruled(name, `${name}-chat`)),
        'pass',
      ],
      ['v1alpha1, one host', pair('v1alpha1', () => ({})), 'fail'],
      [
        'v1alpha1, hosts of their own',
        pair('v1alpha1', name => ({ hostnames: [`${name}.example`] })),
        'pass',
      ],
    ])('%s: %s', (_, objects, verdict) => {
      expect(both(objects as KubernetesObject[])).toEqual([verdict, verdict]);
    });

    it('keeps services on different gateways apart', () => {
      const [gpu, tpu] = pair('v1alpha2', () => ({}));
      const on = (object: KubernetesObject, name: string) => ({
        ...object,
        spec: {
          ...object.spec,
          router: {
            route: {},
            scheduler: {},
            gateway: { refs: [{ name, namespace: 'gateways' }] },
          },
        },
      });
      expect(both([on(gpu, 'a'), on(tpu, 'b')])).toEqual(['pass', 'pass']);
    });
  });
});
