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

import { envoyFilterEffects, selectsGateway } from './envoyFilterEffects';
import { object } from './testing/cluster';

type Fields = Record<string, unknown>;

const EXT_PROC = 'envoy.filters.http.ext_proc';
const GATEWAY = {
  namespace: 'gateways',
  name: 'inference',
  routeNames: ['llm.chat.0'],
  pickerClusters: ['outbound|9002||chat-epp-service.llm.svc.cluster.local'],
};
const filter = (spec: Fields, namespace: string | undefined = 'gateways') =>
  object('EnvoyFilter', 'bodies', { namespace, spec });
const effects = (patch: Fields) =>
  envoyFilterEffects(filter({ configPatches: [patch] }), GATEWAY);
const ofRoute = (entry: unknown, match?: Fields, applyTo = 'HTTP_ROUTE') => ({
  applyTo,
  match,
  patch: {
    operation: 'MERGE',
    value: { typed_per_filter_config: { [EXT_PROC]: entry } },
  },
});
const named = (name: string) => ({
  routeConfiguration: { vhost: { route: { name } } },
});
const ofFilter = (patch: Fields, match: Fields = {}) => ({
  applyTo: 'HTTP_FILTER',
  match,
  patch,
});
const mode = (request_body_mode: string) => ({
  typed_config: { processing_mode: { request_body_mode } },
});
const before = (name: string) => ({
  listener: { filterChain: { filter: { subFilter: { name } } } },
});
const calls = (cluster_name?: string, request_body_mode?: string) => ({
  overrides: {
    grpc_service: { envoy_grpc: { cluster_name } },
    ...(request_body_mode && { processing_mode: { request_body_mode } }),
  },
});

describe('the gateway that an EnvoyFilter is for', () => {
  const target = (name: string, kind = 'Gateway') => ({ kind, name });
  it.each<[string, Fields, string]>([
    ['named', { targetRefs: [target('inference')] }, 'gateways'],
    [
      'named among others',
      { targetRefs: [target('other'), target('inference')] },
      'gateways',
    ],
    [
      'selected by its label',
      {
        workloadSelector: {
          labels: { 'gateway.networking.k8s.io/gateway-name': 'inference' },
        },
      },
      'gateways',
    ],
    [
      'selected by labels of which the others are not known',
      {
        workloadSelector: {
          labels: {
            'gateway.networking.k8s.io/gateway-name': 'inference',
            tier: 'edge',
          },
        },
      },
      'gateways',
    ],
    ['one of all', {}, 'gateways'],
  ])('is this one: %s', (_, spec, namespace) => {
    expect(selectsGateway(filter(spec, namespace), GATEWAY)).toBe(true);
  });

  it.each<[string, Fields, string]>([
    ['another name', { targetRefs: [target('other')] }, 'gateways'],
    [
      'another kind of that name',
      { targetRefs: [target('inference', 'Service')] },
      'gateways',
    ],
    ['another namespace', { targetRefs: [target('inference')] }, 'llm'],
    [
      'another label',
      {
        workloadSelector: {
          labels: { 'gateway.networking.k8s.io/gateway-name': 'other' },
        },
      },
      'gateways',
    ],
  ])('is not this one: %s', (_, spec, namespace) => {
    expect(selectsGateway(filter(spec, namespace), GATEWAY)).toBe(false);
    expect(
      envoyFilterEffects(
        filter({ ...spec, configPatches: [ofRoute(calls())] }, namespace),
        GATEWAY,
      ),
    ).toEqual([]);
  });

  it('is looked for in the default namespace where the filter names none', () => {
    const spec = { targetRefs: [target('inference')] };
    const homeless = filter(spec);
    const { namespace: _, ...metadata } = homeless.metadata;
    expect(
      selectsGateway(
        { ...homeless, metadata },
        { ...GATEWAY, namespace: 'default' },
      ),
    ).toBe(true);
  });
});

describe("what a patch of a route's own entry does", () => {
  it.each([
    [
      'replaces the entry on all routes',
      ofRoute({}),
      {
        kind: 'drops-picker',
        everywhere: true,
        message:
          "matches every route of the gateway and replaces Istio's ext_proc entry, so the picker is no longer called",
      },
    ],
    [
      'replaces the entry on all routes of a whole configuration',
      ofRoute({}, undefined, 'ROUTE_CONFIGURATION'),
      expect.objectContaining({ kind: 'drops-picker' }),
    ],
    [
      'replaces the entry on one route, with a mode',
      ofRoute(
        { overrides: { processing_mode: { request_body_mode: 'BUFFERED' } } },
        named('llm.chat.0'),
      ),
      {
        kind: 'drops-picker',
        everywhere: false,
        message:
          "matches route llm.chat.0 and replaces Istio's ext_proc entry, so the picker is no longer called (body mode BUFFERED)",
      },
    ],
    [
      'names a route that is none of the service',
      ofRoute({}, named('llm.other.0')),
      {
        kind: 'matches-nothing',
        everywhere: false,
        message:
          'names route llm.other.0, and no rule of this service has that name',
      },
    ],
    [
      'calls a picker of its own, which it does not name',
      ofRoute(calls(), named('llm.chat.0')),
      {
        kind: 'adds-call',
        everywhere: false,
        message: 'matches route llm.chat.0 and calls a picker of its own',
      },
    ],
    [
      'calls none that is named, in the only mode that Istio reads',
      ofRoute(calls(undefined, 'FULL_DUPLEX_STREAMED'), named('llm.chat.0')),
      expect.objectContaining({ kind: 'adds-call' }),
    ],
  ])('%s', (_, patch, effect) => {
    expect(effects(patch)).toEqual([effect]);
  });
});

describe("what a patch of the gateway's filter does", () => {
  it.each([
    [
      'removes it, told by the name of the patch',
      ofFilter({ operation: 'REMOVE', value: { name: EXT_PROC } }),
      {
        kind: 'removes',
        everywhere: true,
        message: 'removes the ext_proc filter',
      },
    ],
    [
      'removes it, told by what is matched',
      ofFilter({ operation: 'REMOVE' }, before(EXT_PROC)),
      {
        kind: 'removes',
        everywhere: true,
        message: 'removes the ext_proc filter',
      },
    ],
    [
      'sets a mode',
      ofFilter(
        { operation: 'MERGE', value: mode('BUFFERED') },
        before(EXT_PROC),
      ),
      {
        kind: 'body-mode',
        everywhere: true,
        message: "sets body mode BUFFERED on the gateway's ext_proc filter",
      },
    ],
    [
      'sets a mode without saying how',
      ofFilter({ value: { name: EXT_PROC, ...mode('NONE') } }),
      expect.objectContaining({ kind: 'body-mode' }),
    ],
  ])('%s', (_, patch, effect) => {
    expect(effects(patch)).toEqual([effect]);
  });

  it.each([
    [
      'another filter is removed',
      ofFilter({
        operation: 'REMOVE',
        value: { name: 'envoy.filters.http.lua' },
      }),
    ],
    [
      'another filter is set',
      ofFilter(
        { operation: 'MERGE', value: mode('BUFFERED') },
        before('envoy.filters.http.lua'),
      ),
    ],
    [
      'a filter is added before it, which says nothing of a mode',
      ofFilter(
        { operation: 'INSERT_BEFORE', value: { name: 'acme.log' } },
        before(EXT_PROC),
      ),
    ],
    [
      'the mode that Istio reads is set',
      ofFilter({
        operation: 'MERGE',
        value: { name: EXT_PROC, ...mode('FULL_DUPLEX_STREAMED') },
      }),
    ],
    [
      'sidecars alone are patched',
      ofFilter(
        { operation: 'REMOVE', value: { name: EXT_PROC } },
        { context: 'SIDECAR_INBOUND' },
      ),
    ],
    ['a cluster is patched', ofRoute({}, undefined, 'CLUSTER')],
    ['nothing says what is patched', { ...ofRoute({}), applyTo: undefined }],
    [
      "a route's other entries are patched",
      {
        applyTo: 'HTTP_ROUTE',
        patch: {
          value: { typed_per_filter_config: { 'envoy.filters.http.lua': {} } },
        },
      },
    ],
    [
      'a route calls the same picker in the same mode',
      ofRoute(
        calls(GATEWAY.pickerClusters[0], 'FULL_DUPLEX_STREAMED'),
        named('llm.chat.0'),
      ),
    ],
  ])('nothing: %s', (_, patch) => {
    expect(effects(patch)).toEqual([]);
  });
});
