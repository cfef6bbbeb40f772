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

import { LABELS, PICKER_PORT, generatedNames } from '../kubernetes';
import type { KubernetesObject } from '../kubernetes';
import { envoyRouteName } from '../platforms';
import { manifestText } from './manifestText';
import type { Reason } from './manifestText';
import type { ResolvedPlan, ResolvedService } from './resolvedPlan';
import type { RenderedFile } from './types';

const EXT_PROC = 'envoy.filters.http.ext_proc';

/** What the filter is called; the README names it too. */
export function envoyFilterName({ plan }: Pick<ResolvedPlan, 'plan'>): string {
  return `${plan.namespace}-${plan.name}-ext-proc-body`;
}

/** The routes of a service that end at its pool, as Istio names them. */
export function pooledRoutes(
  { plan, profile }: Pick<ResolvedPlan, 'plan' | 'profile'>,
  service: Pick<ResolvedService, 'name'>,
): string[] {
  return profile.routeRules.flatMap((shape, index) =>
    shape.to === 'pool'
      ? [
          envoyRouteName(
            plan.namespace,
            generatedNames(service.name).route,
            index,
          ),
        ]
      : [],
  );
}

function patch(
  { plan }: ResolvedPlan,
  service: ResolvedService,
  route: string,
): Record<string, unknown> {
  const { pickerService } = generatedNames(service.name);
  return {
    applyTo: 'HTTP_ROUTE',
    match: {
      context: 'GATEWAY',
      routeConfiguration: { vhost: { route: { name: route } } },
    },
    patch: {
      operation: 'MERGE',
      value: {
        typed_per_filter_config: {
          [EXT_PROC]: {
            '@type':
              'type.googleapis.com/envoy.extensions.filters.http.ext_proc.v3.ExtProcPerRoute',
            overrides: {
              grpc_service: {
                envoy_grpc: {
                  cluster_name: `outbound|${PICKER_PORT}||${pickerService}.${plan.namespace}.svc.cluster.local`,
                },
              },
              failure_mode_allow: true,
              processing_mode: {
                request_header_mode: 'SEND',
                request_body_mode: 'FULL_DUPLEX_STREAMED',
                request_trailer_mode: 'SEND',
                response_header_mode: 'SEND',
                response_body_mode: 'FULL_DUPLEX_STREAMED',
                response_trailer_mode: 'SEND',
              },
            },
          },
        },
      },
    },
  };
}

const VALUE = ['patch', 'value', 'typed_per_filter_config', EXT_PROC];

const WHY: [path: (string | number)[], text: string][] = [
  [
    ['match'],
    'One route, by the name Istio gives it. Without a name the patch would act on\nevery route of the gateway.',
  ],
  [
    [...VALUE, 'overrides', 'grpc_service'],
    "A merge replaces Istio's whole entry, so the service's own picker is named\nagain: without it nobody is asked, and requests still answer 200.",
  ],
  [
    [...VALUE, 'overrides', 'processing_mode', 'request_body_mode'],
    'The only mode the picker works with; BUFFERED makes it hang.',
  ],
];

/**
 * `deploy/envoy-filter.yaml`: the reference document's filter, written so that
 * it does no harm. It says again what Istio does by itself, and is rendered on
 * request only.
 */
export function renderEnvoyFilter(resolved: ResolvedPlan): RenderedFile {
  const { plan, gateway, services } = resolved;
  const patches = services.flatMap(service =>
    pooledRoutes(resolved, service).map(route =>
      patch(resolved, service, route),
    ),
  );
  const object: KubernetesObject = {
    apiVersion: 'networking.istio.io/v1alpha3',
    kind: 'EnvoyFilter',
    metadata: {
      name: envoyFilterName(resolved),
      namespace: gateway.namespace,
      labels: { 'backstage.io/kubernetes-id': plan.name },
    },
    spec: {
      workloadSelector: { labels: { [LABELS.gatewayName]: gateway.name } },
      configPatches: patches,
    },
  };
  const reasons: Reason[] = [
    [
      ['metadata', 'namespace'],
      'The namespace of the gateway: Istio reads the filter nowhere else but there and\nin its root namespace.',
    ],
    [
      ['spec', 'workloadSelector'],
      "This gateway's proxies only; without it every proxy of the namespace is patched.",
    ],
    ...patches.flatMap((_, index) =>
      WHY.map(
        ([path, text]): Reason => [
          ['spec', 'configPatches', index, ...path],
          text,
        ],
      ),
    ),
  ];
  return {
    path: 'deploy/envoy-filter.yaml',
    content: `# WARNING: not needed. Istio 1.27 and newer do this by themselves, and a filter like
# this one is the usual reason why a picker is bypassed. It is here because it was
# asked for. Remove it before the platform or Istio is upgraded: the names of the
# routes change, and it would match nothing.
${manifestText(object, reasons)}`,
    objects: [object],
  };
}
