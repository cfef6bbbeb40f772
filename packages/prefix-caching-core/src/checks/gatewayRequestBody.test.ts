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
import { gatewayRequestBody } from './gatewayRequestBody';
import {
  ALL_KINDS,
  gateway,
  istiod,
  object,
  observe,
  poolBackend,
  prefixRule,
  route,
  traffic,
} from './testing/cluster';
import { judged, judgedCase, wanted } from './testing/judging';
import type { Case } from './testing/judging';

type Parts = { namespace?: string; spec?: Record<string, unknown> };

function filter(
  patch: Record<string, unknown>,
  { namespace = 'gateways', spec = {} }: Parts = {},
): { filter: KubernetesObject } {
  return {
    filter: object('EnvoyFilter', 'bodies', {
      apiVersion: 'networking.istio.io/v1alpha3',
      namespace,
      spec: { configPatches: [patch], ...spec },
    }),
  };
}

const EXT_PROC = 'envoy.filters.http.ext_proc';
const overrides = (entry: Record<string, unknown>) => ({
  typed_per_filter_config: { [EXT_PROC]: { overrides: entry } },
});
const BUFFERED = { processing_mode: { request_body_mode: 'BUFFERED' } };
const onRoute = (
  name: string | undefined,
  value: Record<string, unknown> = overrides(BUFFERED),
  applyTo = 'HTTP_ROUTE',
) => ({
  applyTo,
  match:
    name === undefined
      ? {}
      : {
          context: 'GATEWAY',
          routeConfiguration: { vhost: { route: { name } } },
        },
  patch: { operation: 'MERGE', value },
});
const ownPicker = (mode: string) =>
  overrides({
    grpc_service: {
      envoy_grpc: {
        cluster_name: 'outbound|9002||chat-epp-service.llm.svc.cluster.local',
      },
    },
    processing_mode: { request_body_mode: mode },
  });
const onFilter = (operation: string, mode: string) => ({
  applyTo: 'HTTP_FILTER',
  match: { context: 'GATEWAY' },
  patch: {
    operation,
    value: {
      name: EXT_PROC,
      typed_config: { processing_mode: { request_body_mode: mode } },
    },
  },
});
const unnamed = {
  route: route('chat', {
    rules: [prefixRule('/llm/chat', poolBackend('chat'))],
  }),
};
const PROVEN = {
  endpoints: traffic({ picker: 20, engines: 20 }),
  previousVerdicts: { 'routing.bypass': 'pass' as const },
};
const gap = (what: string) => ({
  what,
  reason: 'forbidden' as const,
  message: `${what}s may not be listed.`,
  remedy: `Grant list on ${what}.`,
});
const second = route('chat');
const noShadow = { shadow: undefined };

describe('gateway.request-body', () => {
  it.each<Case>([
    [
      'Istio does it, nobody interferes',
      observe(),
      'pass',
      'Istio hands the body to the Endpoint Picker',
    ],
    [
      'the switch alone, before Istio acted on it',
      observe(noShadow),
      'pass',
      'Istio hands the body',
    ],
    [
      'switched off',
      observe({ ...noShadow, istiod: istiod('1.30.4', []) }),
      'fail',
      "Istio's support for InferencePools is switched off",
    ],
    [
      'switched off, but a shadow Service exists',
      observe({ istiod: istiod('1.30.4', []) }),
      'pass',
      'Istio hands the body',
    ],
    [
      'switched off, and Services may not be listed: one may be there',
      observe(
        { ...noShadow, istiod: istiod('1.30.4', []) },
        { gaps: [gap('Service')] },
      ),
      'inconclusive',
      'nothing shows that Istio calls the Endpoint Picker',
    ],
    [
      'switched off, and nobody looked for Services',
      observe(
        { ...noShadow, istiod: istiod('1.30.4', []) },
        { asked: ALL_KINDS.filter(kind => kind !== 'Service') },
      ),
      'inconclusive',
      'nothing shows that Istio calls the Endpoint Picker',
    ],
    [
      'no route of the service',
      observe({ route: undefined }),
      'inconclusive',
      'no route of this service was seen',
    ],
    [
      'neither can be seen',
      observe({ ...noShadow, istiod: undefined }),
      'inconclusive',
      'nothing shows that Istio calls the Endpoint Picker',
    ],
    [
      'a filter for this route',
      observe(filter(onRoute('chat-chat'))),
      'fail',
      'EnvoyFilter gateways/bodies matches route chat-chat',
    ],
    [
      'a filter for this route by index',
      observe({ ...unnamed, ...filter(onRoute('llm.chat-kserve-route.0')) }),
      'fail',
      'matches route llm.chat-kserve-route.0',
    ],
    [
      'a filter for an index that is gone',
      observe(filter(onRoute('llm.chat-kserve-route.0'))),
      'warn',
      'matches no route of this service',
    ],
    [
      'a filter for an index that is gone, of one of two routes',
      observe({
        ...filter(onRoute('llm.chat-kserve-route.0')),
        second: { ...second, metadata: { ...second.metadata, name: 'chat-2' } },
      }),
      'warn',
      'matches no route of this service',
    ],
    [
      'a filter for another service',
      observe(filter(onRoute('llm.code-kserve-route.0'))),
      'pass',
      'no EnvoyFilter interferes',
    ],
    [
      'a filter for every route',
      observe(filter(onRoute(undefined))),
      'fail',
      'matches every route of the gateway',
    ],
    [
      'a filter on the virtual host',
      observe(filter(onRoute(undefined, overrides(BUFFERED), 'VIRTUAL_HOST'))),
      'fail',
      'matches every route',
    ],
    [
      'a filter with a picker of its own',
      observe(
        filter(
          onRoute(
            undefined,
            overrides({
              grpc_service: {
                envoy_grpc: { cluster_name: 'outbound|9002||code-epp' },
              },
            }),
          ),
        ),
      ),
      'fail',
      'calls outbound|9002||code-epp',
    ],
    [
      'a filter that says for this route what Istio does',
      observe(filter(onRoute('chat-chat', ownPicker('FULL_DUPLEX_STREAMED')))),
      'pass',
      'no EnvoyFilter interferes',
    ],
    [
      'the same for every route, other services among them',
      observe(filter(onRoute(undefined, ownPicker('FULL_DUPLEX_STREAMED')))),
      'fail',
      'matches every route of the gateway',
    ],
    [
      'its own picker, in a mode that it cannot read',
      observe(filter(onRoute('chat-chat', ownPicker('BUFFERED')))),
      'fail',
      'with body mode BUFFERED',
    ],
    [
      'the listener filter in a mode the picker cannot read',
      observe(filter(onFilter('MERGE', 'BUFFERED'))),
      'fail',
      'sets body mode BUFFERED',
    ],
    [
      'the listener filter in the right mode',
      observe(filter(onFilter('MERGE', 'FULL_DUPLEX_STREAMED'))),
      'pass',
      'no EnvoyFilter interferes',
    ],
    [
      'the listener filter removed',
      observe(filter(onFilter('REMOVE', 'BUFFERED'))),
      'fail',
      'removes the ext_proc filter',
    ],
    [
      'from the root namespace',
      observe(filter(onRoute(undefined), { namespace: 'istio-system' })),
      'fail',
      'EnvoyFilter istio-system/bodies',
    ],
    [
      'from a namespace that is not the gateway’s',
      observe(filter(onRoute(undefined), { namespace: 'elsewhere' })),
      'pass',
      'no EnvoyFilter interferes',
    ],
    [
      'for another gateway by label',
      observe(
        filter(onRoute(undefined), {
          spec: {
            workloadSelector: {
              labels: { 'gateway.networking.k8s.io/gateway-name': 'other' },
            },
          },
        }),
      ),
      'pass',
      'no EnvoyFilter interferes',
    ],
    [
      'for this gateway by reference',
      observe(
        filter(onRoute(undefined), {
          spec: { targetRefs: [{ kind: 'Gateway', name: 'inference' }] },
        }),
      ),
      'fail',
      'matches every route',
    ],
    [
      'for another gateway by reference',
      observe(
        filter(onRoute(undefined), {
          spec: { targetRefs: [{ kind: 'Gateway', name: 'other' }] },
        }),
      ),
      'pass',
      'no EnvoyFilter interferes',
    ],
    [
      'for sidecars only',
      observe(
        filter({
          ...onRoute(undefined),
          match: { context: 'SIDECAR_INBOUND' },
        }),
      ),
      'pass',
      'no EnvoyFilter interferes',
    ],
    [
      'that touches something else',
      observe(
        filter(
          onRoute(undefined, {
            typed_per_filter_config: { 'envoy.filters.http.cors': {} },
          }),
        ),
      ),
      'pass',
      'no EnvoyFilter interferes',
    ],
    [
      'filters may not be listed',
      observe({}, { gaps: [gap('EnvoyFilter')] }),
      'inconclusive',
      "Can't tell whether an EnvoyFilter interferes",
    ],
    [
      'filters may not be listed, and counters prove it twice',
      observe({}, { gaps: [gap('EnvoyFilter')], ...PROVEN }),
      'pass',
      'The Endpoint Picker sees every request',
    ],
    [
      'filters may not be listed, and counters prove it once',
      observe({}, { gaps: [gap('EnvoyFilter')], endpoints: PROVEN.endpoints }),
      'inconclusive',
      "Can't tell",
    ],
    [
      'a filter that should harm, and counters that prove it does not',
      observe(filter(onRoute('chat-chat')), PROVEN),
      'warn',
      'removes the call to the Endpoint Picker',
    ],
    [
      'no Istio CRDs means no filters',
      observe(
        {},
        {
          gaps: [
            {
              what: 'EnvoyFilter',
              reason: 'not-installed',
              message: 'not served',
            },
          ],
        },
      ),
      'pass',
      'no EnvoyFilter interferes',
    ],
    [
      'another controller’s gateway',
      observe({
        gateway: gateway('gke-l7-regional-external-managed'),
        istiod: undefined,
        route: route('chat', { status: {} }),
      }),
      'inconclusive',
      'is run by gke-l7-regional-external-managed',
    ],
    [
      'files in which no filter interferes',
      observe(noShadow, { source: 'manifests' }),
      'skipped',
      'Not decided from files',
    ],
    [
      'files with a filter for this route',
      observe(filter(onRoute('chat-chat')), { source: 'manifests' }),
      'fail',
      'matches route chat-chat',
    ],
    [
      'files without filters',
      observe({}, { source: 'manifests', asked: ['LLMInferenceService'] }),
      'skipped',
      'Not decided from files',
    ],
  ])('%s', (...given) => {
    expect(judgedCase(gatewayRequestBody, given)).toEqual(wanted(given));
  });

  it('names the rule that closes the gap', () => {
    expect(
      judged(gatewayRequestBody, observe({}, { gaps: [gap('EnvoyFilter')] }))
        .remedy,
    ).toBe('Grant list on EnvoyFilter.');
  });
});
