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
import type { ApiObject } from './ClusterApi';

export interface EnvoyPlan {
  /** The HTTPRoute that the gateway serves. */
  route: ApiObject;
  /** Where it listens. */
  listen: { address: string; port: number };
  adminPort: number;
  /** `address:port` of each engine. */
  engines: readonly { address: string; port: number }[];
  /** None where it has no ready pod. */
  pickers: readonly { address: string; port: number }[];
  /** Whether the gateway speaks TLS to the picker. */
  pickerTls: boolean;
}

interface Rule {
  matches: { path?: { type: string; value: string } }[];
  backendRefs: { kind?: string; name: string }[];
  filters?: { urlRewrite?: { path?: { replacePrefixMatch?: string } } }[];
}

const TYPE = 'type.googleapis.com/envoy';

/**
 * An Envoy that does what Istio has its gateway do for an HTTPRoute whose rules
 * name InferencePools: it asks the picker by ext_proc, sends the request to the
 * endpoint that came back, and to any where nothing did.
 */
export function envoyConfig(plan: EnvoyPlan) {
  const { rules } = plan.route.spec as { rules: Rule[] };
  return {
    admin: { address: socket({ address: '127.0.0.1', port: plan.adminPort }) },
    static_resources: {
      listeners: [
        {
          name: 'gateway',
          address: socket(plan.listen),
          filter_chains: [
            {
              filters: [
                {
                  name: 'http',
                  typed_config: {
                    '@type': `${TYPE}.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager`,
                    stat_prefix: 'gateway',
                    route_config: {
                      virtual_hosts: [
                        {
                          name: 'all',
                          domains: ['*'],
                          routes: rules.flatMap(routesOf),
                        },
                      ],
                    },
                    http_filters: [
                      extProc(),
                      {
                        name: 'router',
                        typed_config: {
                          '@type': `${TYPE}.extensions.filters.http.router.v3.Router`,
                        },
                      },
                    ],
                  },
                },
              ],
            },
          ],
        },
      ],
      clusters: [
        {
          ...cluster('pool', plan.engines),
          load_balancing_policy: overrideHost(),
        },
        cluster('service', plan.engines),
        pickerCluster(plan),
      ],
    },
  };
}

function routesOf({ matches, backendRefs, filters = [] }: Rule) {
  const toPool = backendRefs.some(({ kind }) => kind === 'InferencePool');
  const rewrite = filters
    .map(({ urlRewrite }) => urlRewrite?.path?.replacePrefixMatch)
    .find(Boolean);
  return matches.map(({ path }) => ({
    match: { prefix: path?.value ?? '/' },
    route: {
      cluster: toPool ? 'pool' : 'service',
      timeout: '0s',
      ...(rewrite && { prefix_rewrite: rewrite }),
    },
    ...(!toPool && {
      typed_per_filter_config: {
        'envoy.filters.http.ext_proc': {
          '@type': `${TYPE}.extensions.filters.http.ext_proc.v3.ExtProcPerRoute`,
          disabled: true,
        },
      },
    }),
  }));
}

function extProc() {
  return {
    name: 'envoy.filters.http.ext_proc',
    typed_config: {
      '@type': `${TYPE}.extensions.filters.http.ext_proc.v3.ExternalProcessor`,
      grpc_service: { envoy_grpc: { cluster_name: 'picker' } },
      failure_mode_allow: true,
      message_timeout: '10s',
      processing_mode: {
        request_header_mode: 'SEND',
        response_header_mode: 'SEND',
        request_body_mode: 'FULL_DUPLEX_STREAMED',
        response_body_mode: 'FULL_DUPLEX_STREAMED',
        request_trailer_mode: 'SEND',
        response_trailer_mode: 'SEND',
      },
      metadata_options: { receiving_namespaces: { untyped: ['envoy.lb'] } },
    },
  };
}

function overrideHost() {
  const key = 'x-gateway-destination-endpoint';
  return {
    policies: [
      {
        typed_extension_config: {
          name: 'override_host',
          typed_config: {
            '@type': `${TYPE}.extensions.load_balancing_policies.override_host.v3.OverrideHost`,
            override_host_sources: [
              { metadata: { key: 'envoy.lb', path: [{ key }] } },
              { header: key },
            ],
            fallback_policy: {
              policies: [
                {
                  typed_extension_config: {
                    name: 'round_robin',
                    typed_config: {
                      '@type': `${TYPE}.extensions.load_balancing_policies.round_robin.v3.RoundRobin`,
                    },
                  },
                },
              ],
            },
          },
        },
      },
    ],
  };
}

function pickerCluster({ pickers, pickerTls }: EnvoyPlan) {
  return {
    ...cluster('picker', pickers),
    typed_extension_protocol_options: {
      'envoy.extensions.upstreams.http.v3.HttpProtocolOptions': {
        '@type': `${TYPE}.extensions.upstreams.http.v3.HttpProtocolOptions`,
        explicit_http_config: { http2_protocol_options: {} },
      },
    },
    ...(pickerTls && {
      // As a DestinationRule with insecureSkipVerify: the picker signed itself.
      transport_socket: {
        name: 'tls',
        typed_config: {
          '@type': `${TYPE}.extensions.transport_sockets.tls.v3.UpstreamTlsContext`,
          common_tls_context: { alpn_protocols: ['h2'] },
        },
      },
    }),
  };
}

function cluster(
  name: string,
  endpoints: readonly { address: string; port: number }[],
) {
  return {
    name,
    type: 'STATIC',
    connect_timeout: '5s',
    load_assignment: {
      cluster_name: name,
      endpoints: [
        {
          lb_endpoints: endpoints.map(endpoint => ({
            endpoint: { address: socket(endpoint) },
          })),
        },
      ],
    },
  };
}

function socket({ address, port }: { address: string; port: number }) {
  return { socket_address: { address, port_value: port } };
}
