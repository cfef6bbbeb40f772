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
import { gatewayRoutes } from './gatewayRoutes';
import {
  ACCEPTED,
  observe,
  poolBackend,
  prefixRule,
  route,
  service,
  serviceBackend,
} from './testing/cluster';
import { judgedCase, wanted } from './testing/judging';
import type { Case } from './testing/judging';

const pooled = poolBackend('chat');
const direct = serviceBackend('chat');
const base = '/llm/chat';
const rules = (...list: Record<string, unknown>[]) => ({
  route: route('chat', { rules: list }),
});
const condition = (type: string) => ({
  parents: [
    {
      controllerName: 'istio.io/gateway-controller',
      conditions: [{ type, status: 'False', message: 'not here' }],
    },
  ],
});
const conditions = (...list: Record<string, string>[]) => ({
  parents: [
    { controllerName: 'istio.io/gateway-controller', conditions: list },
  ],
});
const named = (name: string, object: KubernetesObject): KubernetesObject => ({
  ...object,
  metadata: { ...object.metadata, name },
});
const moved = (
  namespace: string,
  object: KubernetesObject,
): KubernetesObject => ({
  ...object,
  metadata: { ...object.metadata, namespace },
});
const nowhere = {
  matches: [{ path: { type: 'Exact', value: `${base}/v1/completions` } }],
};
const modelRule = {
  backendRefs: [pooled],
  matches: ['/v1/completions', '/v1/chat/completions'].map(value => ({
    path: { type: 'Exact', value },
    headers: [
      { name: 'X-Gateway-Model-Name', value: 'publishers/llm/models/chat' },
    ],
  })),
};
const twin = {
  service2: service('other', { model: { name: 'chat' } }),
  route2: route('other'),
};

describe('gateway.routes', () => {
  it.each<Case>([
    [
      'each prompt path by its own rule',
      observe(),
      'pass',
      'Every prompt path goes to the pool',
    ],
    [
      'one prefix for all',
      observe(rules(prefixRule(base, pooled))),
      'pass',
      'Every prompt path',
    ],
    [
      'the catch-all first: order means nothing',
      observe(
        rules(
          prefixRule(base, direct),
          prefixRule(`${base}/v1/completions`, pooled),
          prefixRule(`${base}/v1/chat/completions`, pooled),
        ),
      ),
      'pass',
      'Every prompt path',
    ],
    [
      'chat goes around the picker',
      observe(
        rules(
          prefixRule(`${base}/v1/completions`, pooled),
          prefixRule(base, direct),
        ),
      ),
      'fail',
      '/llm/chat/v1/chat/completions goes to Service chat-kserve-workload-svc',
    ],
    [
      'an exact rule wins over the prefix',
      observe(
        rules(prefixRule(base, pooled), {
          matches: [
            { path: { type: 'Exact', value: `${base}/v1/completions` } },
          ],
          backendRefs: [direct],
        }),
      ),
      'fail',
      '/llm/chat/v1/completions goes to Service',
    ],
    [
      'a share goes around the picker',
      observe(
        rules({
          matches: [{ path: { type: 'PathPrefix', value: base } }],
          backendRefs: [pooled, direct],
        }),
      ),
      'fail',
      'around the Endpoint Picker',
    ],
    [
      'a share of nothing does not',
      observe(
        rules({
          matches: [{ path: { type: 'PathPrefix', value: base } }],
          backendRefs: [pooled, { ...direct, weight: 0 }],
        }),
      ),
      'pass',
      'Every prompt path',
    ],
    [
      'to nothing at all',
      observe(rules(prefixRule(base, pooled), { ...nowhere, name: 'none' })),
      'fail',
      '/llm/chat/v1/completions goes to nothing',
    ],
    [
      'to backends that all get nothing',
      observe(rules({ ...nowhere, backendRefs: [{ ...pooled, weight: 0 }] })),
      'fail',
      'around the Endpoint Picker',
    ],
    [
      'nothing but another path',
      observe(rules(prefixRule('/health/v1/x', pooled))),
      'fail',
      'No rule of the route takes a prompt path',
    ],
    [
      'by model name too',
      observe(rules(prefixRule(base, pooled), modelRule)),
      'pass',
      'Every prompt path',
    ],
    [
      'two services of one model name',
      observe({ ...rules(prefixRule(base, pooled), modelRule), ...twin }),
      'warn',
      'model name shared with other',
    ],
    [
      'two services of one model name, one of them with a second route',
      observe({
        ...rules(prefixRule(base, pooled)),
        byModel: named('chat-by-model', route('chat', { rules: [modelRule] })),
        ...twin,
      }),
      'warn',
      'model name shared with other',
    ],
    [
      'two services of two model names',
      observe({
        ...rules(prefixRule(base, pooled), modelRule),
        service2: service('other', { model: { name: 'other' } }),
        route2: route('other'),
      }),
      'pass',
      'Every prompt path',
    ],
    [
      'two services of one model name in two namespaces',
      observe({
        ...rules(prefixRule(base, pooled), modelRule),
        service2: service(
          'other',
          { model: { name: 'chat' } },
          { namespace: 'elsewhere' },
        ),
        route2: moved('elsewhere', route('other')),
      }),
      'pass',
      'Every prompt path',
    ],
    [
      'the same names without routing by model',
      observe(twin),
      'pass',
      'Every prompt path',
    ],
    [
      'refused',
      observe({ route: route('chat', { status: condition('Accepted') }) }),
      'fail',
      'Accepted is False: not here',
    ],
    [
      'backend not resolved',
      observe({ route: route('chat', { status: condition('ResolvedRefs') }) }),
      'fail',
      'ResolvedRefs is False',
    ],
    [
      'refused, without a message',
      observe({
        route: route('chat', {
          status: conditions({
            type: 'Accepted',
            status: 'False',
            reason: 'NotAllowedByListeners',
          }),
        }),
      }),
      'fail',
      'Accepted is False: NotAllowedByListeners',
    ],
    [
      'refused, without a word',
      observe({
        route: route('chat', {
          status: conditions({ type: 'Accepted', status: 'False' }),
        }),
      }),
      'fail',
      'Accepted is False: no reason given',
    ],
    [
      'a condition of another kind is false',
      observe({
        route: route('chat', {
          status: conditions(
            { type: 'Accepted', status: 'True' },
            { type: 'ResolvedRefs', status: 'True' },
            { type: 'PartiallyInvalid', status: 'False' },
          ),
        }),
      }),
      'pass',
      'Every prompt path',
    ],
    [
      'accepted, and its backends not looked at yet',
      observe({
        route: route('chat', {
          status: conditions(
            { type: 'Accepted', status: 'True' },
            { type: 'ResolvedRefs', status: 'Unknown' },
          ),
        }),
      }),
      'inconclusive',
      'No gateway has accepted',
    ],
    [
      'accepted, and nothing said of its backends',
      observe({
        route: route('chat', {
          status: conditions({ type: 'Accepted', status: 'True' }),
        }),
      }),
      'inconclusive',
      'No gateway has accepted',
    ],
    [
      'not accepted yet',
      observe({ route: route('chat', { status: {} }) }),
      'inconclusive',
      'No gateway has accepted',
    ],
    [
      'no route',
      observe({ route: undefined }),
      'inconclusive',
      'No HTTPRoute of this service was found',
    ],
    [
      'routes may not be read',
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
      "Can't tell whether prompt paths go to the pool",
    ],
    [
      'files without routes',
      observe(
        { route: undefined },
        { source: 'manifests', asked: ['LLMInferenceService'] },
      ),
      'skipped',
      'Not decided from files',
    ],
    [
      'files with a right route',
      observe(
        { route: route('chat', { status: ACCEPTED }) },
        { source: 'manifests' },
      ),
      'skipped',
      'Not decided from files',
    ],
    [
      'files whose service sends a prompt path around the picker',
      observe(
        {
          route: undefined,
          service: service('chat', {
            router: {
              scheduler: {},
              route: { http: { spec: { rules: [prefixRule(base, direct)] } } },
            },
          }),
        },
        { source: 'manifests', asked: ['LLMInferenceService'] },
      ),
      'fail',
      'around the Endpoint Picker',
    ],
  ])('%s', (...given) => {
    expect(judgedCase(gatewayRoutes, given)).toEqual(wanted(given));
  });
});
