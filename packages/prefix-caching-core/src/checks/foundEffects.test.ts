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
import { effectsOf } from './foundEffects';
import {
  object,
  observe,
  pool,
  poolBackend,
  prefixRule,
  route,
  serviceBackend,
} from './testing/cluster';

const CALLER = 'outbound|9002||chat-epp-service.llm.svc.cluster.local';

/** A filter that names a route of the gateway, and calls a picker for it. */
function callFor(routeName: string, cluster = CALLER): KubernetesObject {
  return object('EnvoyFilter', 'calls', {
    apiVersion: 'networking.istio.io/v1alpha3',
    namespace: 'gateways',
    spec: {
      configPatches: [
        {
          applyTo: 'HTTP_ROUTE',
          match: {
            routeConfiguration: { vhost: { route: { name: routeName } } },
          },
          patch: {
            operation: 'MERGE',
            value: {
              typed_per_filter_config: {
                'envoy.filters.http.ext_proc': {
                  overrides: {
                    grpc_service: { envoy_grpc: { cluster_name: cluster } },
                    processing_mode: {
                      request_body_mode: 'FULL_DUPLEX_STREAMED',
                    },
                  },
                },
              },
            },
          },
        },
      ],
    },
  });
}

const both = {
  ...prefixRule('/llm/chat', poolBackend('chat')),
  backendRefs: [serviceBackend('chat'), poolBackend('chat')],
};
const withoutName = route('chat', {
  rules: [prefixRule('/', serviceBackend('chat')), both],
});
const kinds = (changes: Record<string, KubernetesObject | undefined>) =>
  effectsOf(observe(changes)).map(({ effect }) => effect.kind);

describe('the routes of a service, as filters of its gateway name them', () => {
  it('by the name of the rule: the same call once more changes nothing', () => {
    expect(kinds({ filter: callFor('chat-chat') })).toEqual([]);
  });

  it('by namespace, route and place where a rule has no name', () => {
    expect(
      kinds({
        route: withoutName,
        filter: callFor('llm.chat-kserve-route.1'),
      }),
    ).toEqual([]);
  });

  it('a rule that leads to no pool is none of them', () => {
    expect(
      kinds({
        route: withoutName,
        filter: callFor('llm.chat-kserve-route.0'),
      }),
    ).toEqual(['matches-nothing']);
  });

  it.each([
    [
      'another picker is called',
      {
        filter: callFor(
          'chat-chat',
          'outbound|9002||epp.other.svc.cluster.local',
        ),
      },
    ],
    [
      'the pool names no picker',
      {
        filter: callFor('chat-chat'),
        pool: pool('chat', { endpointPickerRef: undefined }),
      },
    ],
  ])('%s: that adds a call', (_, changes) => {
    expect(kinds(changes)).toEqual(['adds-call']);
  });

  it('names the filter', () => {
    const filter = callFor('none');
    expect(effectsOf(observe({ filter }))).toMatchObject([
      { filter: { metadata: { name: 'calls' } } },
    ]);
  });
});
