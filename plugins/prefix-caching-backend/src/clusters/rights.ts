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
  OBSERVED_KINDS,
  type ObservedKind,
} from 'backstage-plugin-prefix-caching-common/core';
import { kindVerbs } from './gaps';

/** One resource the back end reads, and what that is good for. */
export interface Right {
  group: string;
  /** Such as `pods` or `pods/proxy`. */
  resource: string;
  verbs: readonly string[];
  /** Where it is used: everywhere, or where services are. */
  scope: 'cluster' | 'namespace';
  /** Cluster-scoped objects; no Role in a namespace grants them. */
  clusterScoped?: boolean;
  /** Without it nothing can be verified. */
  required: boolean;
  /** What it tells. */
  why: string;
  /** Ids of the checks that cannot decide without it. */
  checks: readonly string[];
  /** Used only with this setting. */
  setting?: string;
  /** Not of the minimal role: one of its own, and for what. */
  ownRole?: { name: string; purpose: string };
  /** What its holder could do with it, beyond what the back end does. */
  risk?: string;
}

/** The kind without which there is no target. */
const INDISPENSABLE = 'LLMInferenceService';

/** What a check of traffic or of an engine's own word needs metrics for. */
const METRIC_CHECKS = [
  'routing.bypass',
  'routing.distribution',
  'routing.delivered-hits',
  'routing.prediction-gap',
];

const RISKS: Record<string, string> = {
  pods: 'shows arguments and environment; the tab gives them only to the entity that the service names back',
  deployments: 'as for pods',
  configmaps:
    'RBAC cannot narrow it to names that are not known beforehand; the back end reads those a picker mounts',
};

const PORT_FORWARD_SETTING = 'prefixCaching.metrics.portForward: true';

/** Everything the back end may be granted, in the order of its documentation. */
export const RIGHTS: readonly Right[] = [
  ...OBSERVED_KINDS.map(rightOf),
  {
    group: '',
    resource: 'pods/proxy',
    verbs: ['get'],
    scope: 'namespace',
    required: false,
    why: "the engines' metrics, and those of pickers that want no token; not needed where Prometheus has them",
    checks: METRIC_CHECKS,
    risk: 'its holder can call any port of the pods it covers; the back end calls `/metrics`',
  },
  {
    group: '',
    resource: 'pods/portforward',
    verbs: ['get', 'create'],
    scope: 'namespace',
    required: false,
    why: 'the metrics of pickers that want a token and are in another cluster than the portal',
    checks: ['router.metrics', 'routing.bypass', 'routing.prediction-gap'],
    setting: PORT_FORWARD_SETTING,
    ownRole: {
      name: 'prefix-caching-port-forward',
      purpose: `with ${PORT_FORWARD_SETTING}`,
    },
    risk: 'its holder can open any connection to the pods it covers',
  },
  {
    group: '',
    resource: 'pods/log',
    verbs: ['get'],
    scope: 'namespace',
    required: false,
    why: "the Endpoint Picker's log, for those who have the permission prefix-caching.router-log.read",
    checks: [],
    ownRole: {
      name: 'prefix-caching-router-log',
      purpose: 'for the router log of the tab',
    },
    risk: "its holder can read the log of every pod it covers; the back end reads the picker's, and leaves out what may hold prompts",
  },
];

function rightOf(kind: ObservedKind): Right {
  return {
    group: kind.group,
    resource: kind.plural,
    verbs: kindVerbs(kind),
    scope: kind.byName ? 'namespace' : 'cluster',
    ...(!kind.namespaced && { clusterScoped: true }),
    required: kind.kind === INDISPENSABLE,
    why: kind.why,
    checks: kind.checks,
    ...(RISKS[kind.plural] && { risk: RISKS[kind.plural] }),
  };
}

/** Where Istio keeps what acts on every gateway of its mesh. */
export const MESH_NAMESPACE = 'istio-system';

/**
 * What is looked for beyond the namespaces of services, where an account may
 * read namespaces only: beside the gateways, and where the mesh is run from.
 */
export const KINDS_ELSEWHERE: Readonly<
  Record<'gateways' | 'mesh', readonly string[]>
> = {
  gateways: [
    'Gateway',
    'Pod',
    'Deployment',
    'EnvoyFilter',
    'DestinationRule',
    'NetworkPolicy',
  ],
  mesh: ['Deployment', 'EnvoyFilter', 'DestinationRule'],
};
