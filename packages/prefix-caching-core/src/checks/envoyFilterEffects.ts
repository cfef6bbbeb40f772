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

import {
  at,
  isRecord,
  LABELS,
  listAt,
  matchesLabels,
  recordAt,
  textAt,
  textMapAt,
} from '../kubernetes';
import type { KubernetesObject } from '../kubernetes';

const EXT_PROC = 'envoy.filters.http.ext_proc';
const FULL_DUPLEX = 'FULL_DUPLEX_STREAMED';

/** What a patch of an EnvoyFilter does to the call to the picker. */
export interface PatchEffect {
  kind:
    | 'drops-picker'
    | 'removes'
    | 'body-mode'
    | 'matches-nothing'
    | 'adds-call';
  /** Whether it acts on every route of the gateway, for want of a match. */
  everywhere: boolean;
  message: string;
}

/** The gateway a filter may act on, and the Envoy routes that lead to the target's pool. */
export interface GatewayRoutes {
  namespace: string;
  name: string;
  /** `<namespace>.<route>.<index>`, or the rule's own name where it has one. */
  routeNames: readonly string[];
  /** Envoy's names of the target's own pickers: `outbound|9002||<service>.<namespace>.svc.cluster.local`. */
  pickerClusters: readonly string[];
}

/** Whether a filter acts on a gateway's proxies at all. */
export function selectsGateway(
  filter: KubernetesObject,
  gateway: GatewayRoutes,
): boolean {
  const references = listAt(filter, 'spec', 'targetRefs');
  if (references.length > 0) {
    return references.some(
      reference =>
        textAt(reference, 'kind') === 'Gateway' &&
        textAt(reference, 'name') === gateway.name &&
        (filter.metadata.namespace ?? 'default') === gateway.namespace,
    );
  }
  const wanted = textMapAt(filter, 'spec', 'workloadSelector', 'labels');
  const known = { [LABELS.gatewayName]: gateway.name };
  // Gateway pods carry further labels that are not known here; only this one tells gateways apart.
  const own = Object.fromEntries(
    Object.entries(wanted).filter(([key]) => key === LABELS.gatewayName),
  );
  return matchesLabels(known, own);
}

function bodyMode(entry: unknown): string | undefined {
  return textAt(entry, 'overrides', 'processing_mode', 'request_body_mode');
}

function reachOf(wanted: string | undefined, pruned: boolean): string {
  if (wanted !== undefined) return `matches route ${wanted}`;
  return pruned
    ? 'matches every route, because match.route is no field of EnvoyFilter and is dropped'
    : 'matches every route of the gateway';
}

function routePatch(
  patch: unknown,
  gateway: GatewayRoutes,
): PatchEffect | undefined {
  const perFilter = recordAt(
    patch,
    'patch',
    'value',
    'typed_per_filter_config',
  );
  const entry = perFilter[EXT_PROC];
  if (!isRecord(entry)) return undefined;
  const configuration = at(patch, 'match', 'routeConfiguration');
  const wanted = textAt(configuration, 'vhost', 'route', 'name');
  const everywhere = wanted === undefined;
  if (wanted !== undefined && !gateway.routeNames.includes(wanted)) {
    return {
      kind: 'matches-nothing',
      everywhere: false,
      message: `names route ${wanted}, and no rule of this service has that name`,
    };
  }
  const mode = bodyMode(entry);
  const reach = reachOf(wanted, at(patch, 'match', 'route') !== undefined);
  if (isRecord(at(entry, 'overrides', 'grpc_service'))) {
    const cluster = textAt(
      entry,
      'overrides',
      'grpc_service',
      'envoy_grpc',
      'cluster_name',
    );
    // Says for one route what Istio says by itself: the same picker, the only mode it reads.
    if (
      !everywhere &&
      mode === FULL_DUPLEX &&
      gateway.pickerClusters.includes(cluster ?? '')
    ) {
      return undefined;
    }
    return {
      kind: 'adds-call',
      everywhere,
      message: `${reach} and calls ${cluster ?? 'a picker of its own'}${
        mode ? ` with body mode ${mode}` : ''
      }`,
    };
  }
  return {
    kind: 'drops-picker',
    everywhere,
    message: `${reach} and replaces Istio's ext_proc entry, so the picker is no longer called${
      mode ? ` (body mode ${mode})` : ''
    }`,
  };
}

function filterPatch(patch: unknown): PatchEffect | undefined {
  const named = [
    textAt(patch, 'patch', 'value', 'name'),
    textAt(
      patch,
      'match',
      'listener',
      'filterChain',
      'filter',
      'subFilter',
      'name',
    ),
  ];
  if (!named.includes(EXT_PROC)) return undefined;
  const operation = textAt(patch, 'patch', 'operation') ?? '';
  if (operation === 'REMOVE') {
    return {
      kind: 'removes',
      everywhere: true,
      message: 'removes the ext_proc filter',
    };
  }
  const mode = textAt(
    patch,
    'patch',
    'value',
    'typed_config',
    'processing_mode',
    'request_body_mode',
  );
  return mode === undefined || mode === FULL_DUPLEX
    ? undefined
    : {
        kind: 'body-mode',
        everywhere: true,
        message: `sets body mode ${mode} on the gateway's ext_proc filter`,
      };
}

/** Everything an EnvoyFilter does to the call to the picker on one gateway; empty when it leaves it alone. */
export function envoyFilterEffects(
  filter: KubernetesObject,
  gateway: GatewayRoutes,
): PatchEffect[] {
  if (!selectsGateway(filter, gateway)) return [];
  return listAt(filter, 'spec', 'configPatches').flatMap(patch => {
    const context = textAt(patch, 'match', 'context') ?? 'ANY';
    if (context !== 'ANY' && context !== 'GATEWAY') return [];
    const target = textAt(patch, 'applyTo') ?? '';
    if (target === 'HTTP_FILTER') return filterPatch(patch) ?? [];
    return ['HTTP_ROUTE', 'VIRTUAL_HOST', 'ROUTE_CONFIGURATION'].includes(
      target,
    )
      ? routePatch(patch, gateway) ?? []
      : [];
  });
}
