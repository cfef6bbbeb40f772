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

/** A kind the checks read, and how to list it. @public */
export interface ObservedKind {
  kind: string;
  /** API group, empty for the core group. */
  group: string;
  /** Served versions to try, best first. */
  versions: readonly string[];
  plural: string;
  namespaced: boolean;
  /** What it tells. */
  why: string;
  /** Checks that cannot decide without it. */
  checks: readonly string[];
  /** Nothing is inconclusive without it. */
  optional?: boolean;
  /** Never listed: single objects are read by the names other objects give. */
  byName?: boolean;
}

const ISTIO = { group: 'networking.istio.io', versions: ['v1', 'v1alpha3'] };

/**
 * What the back end lists, in one table: its RBAC rules are these, verbs get
 * and list. Both InferencePool groups are asked for, since clusters under
 * migration hold both and the route says which one is live.
 *
 * @public
 */
export const OBSERVED_KINDS: readonly ObservedKind[] = [
  {
    kind: 'LLMInferenceService',
    group: 'serving.kserve.io',
    versions: ['v1alpha2', 'v1alpha1'],
    plural: 'llminferenceservices',
    namespaced: true,
    why: 'the target itself',
    checks: ['status.conditions', 'router.available', 'engine.replicas'],
  },
  {
    kind: 'Deployment',
    group: 'apps',
    versions: ['v1'],
    plural: 'deployments',
    namespaced: true,
    why: "the picker's flags and configuration, the engine's template, istiod",
    checks: ['router.available', 'router.scorers', 'gateway.picker-tls'],
  },
  {
    kind: 'Pod',
    group: '',
    versions: ['v1'],
    plural: 'pods',
    namespaced: true,
    why: 'what really runs, and whether it is ready',
    checks: [
      'engine.prefix-caching',
      'engine.arguments',
      'engine.block-size',
      'engine.replicas',
      'router.available',
      'router.scorers',
      'router.pool',
      'router.metrics',
      'gateway.picker-tls',
      // Whose metrics to read is known from pods alone.
      'routing.bypass',
      'routing.distribution',
      'routing.delivered-hits',
      'routing.prediction-gap',
    ],
  },
  {
    kind: 'Service',
    group: '',
    versions: ['v1'],
    plural: 'services',
    namespaced: true,
    why: "the picker's ports, and Istio's shadow Service of a pool",
    checks: ['router.pool', 'gateway.request-body'],
  },
  {
    kind: 'ConfigMap',
    group: '',
    versions: ['v1'],
    plural: 'configmaps',
    namespaced: true,
    why: 'the configuration a picker mounts',
    checks: ['router.scorers'],
    optional: true,
    byName: true,
  },
  {
    kind: 'HTTPRoute',
    group: 'gateway.networking.k8s.io',
    versions: ['v1', 'v1beta1'],
    plural: 'httproutes',
    namespaced: true,
    why: 'which paths reach which pool, on which gateway',
    checks: [
      'gateway.routes',
      'gateway.request-body',
      'gateway.shared-picker',
      'router.pool',
    ],
  },
  {
    kind: 'Gateway',
    group: 'gateway.networking.k8s.io',
    versions: ['v1', 'v1beta1'],
    plural: 'gateways',
    namespaced: true,
    why: 'whose gateway it is',
    checks: ['gateway.request-body', 'gateway.shared-picker'],
  },
  {
    kind: 'InferencePool',
    group: 'inference.networking.k8s.io',
    versions: ['v1'],
    plural: 'inferencepools',
    namespaced: true,
    why: 'which pods are endpoints, and which picker answers for them',
    checks: ['router.pool', 'router.failure-mode'],
  },
  {
    kind: 'InferencePool',
    group: 'inference.networking.x-k8s.io',
    versions: ['v1alpha2'],
    plural: 'inferencepools',
    namespaced: true,
    why: 'the same, in the group Istio read up to 1.27',
    checks: ['router.pool', 'router.failure-mode'],
  },
  {
    kind: 'NetworkPolicy',
    group: 'networking.k8s.io',
    versions: ['v1'],
    plural: 'networkpolicies',
    namespaced: true,
    why: 'whether required traffic is let through',
    checks: ['network.policies'],
  },
  {
    kind: 'EnvoyFilter',
    ...ISTIO,
    versions: ['v1alpha3'],
    plural: 'envoyfilters',
    namespaced: true,
    why: 'whether somebody replaced what Istio wrote for the picker',
    checks: ['gateway.request-body'],
  },
  {
    kind: 'DestinationRule',
    ...ISTIO,
    plural: 'destinationrules',
    namespaced: true,
    why: 'whether the gateway speaks TLS to the picker',
    checks: ['gateway.picker-tls'],
  },
  {
    kind: 'Node',
    group: '',
    versions: ['v1'],
    plural: 'nodes',
    namespaced: false,
    why: 'which accelerator a pod really got',
    checks: [],
    optional: true,
  },
];
