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
  ENGINE_PORT,
  LABELS,
  LABEL_VALUES,
  PICKER_METRICS_PORT,
  PICKER_PORT,
} from '../kubernetes';
import type { KubernetesObject } from '../kubernetes';
import { manifestText } from './manifestText';
import type { Reason } from './manifestText';
import type { ResolvedPlan, ResolvedService } from './resolvedPlan';
import type { RenderedFile } from './types';

/** Where the picker and precise prefix caching exchange cache events. */
const EVENTS_PORT = 5557;

/** The picker's own health probe. */
const PICKER_HEALTH_PORT = 9003;

/** A sidecar's control plane; only used where one is injected. */
const ISTIOD_PORT = 15012;

/**
 * Namespaces that usually hold Prometheus, the portal's own, and the one from
 * which a managed API server proxies to pods.
 */
const MONITORING_NAMESPACES = [
  'monitoring',
  'openshift-monitoring',
  'openshift-user-workload-monitoring',
  'gmp-system',
  'backstage',
  'kube-system',
];

type Fields = Record<string, unknown>;

/** One flow that is open, with the reason that stands above it. */
interface Flow {
  why: string;
  rule: Fields;
}

function tcp(...ports: number[]): Fields[] {
  return ports.map(port => ({ protocol: 'TCP', port }));
}

function podsOf(labels: Record<string, string>): Fields {
  return { podSelector: { matchLabels: labels } };
}

function engineLabels(service: string): Record<string, string> {
  return {
    [LABELS.name]: service,
    [LABELS.kserveComponent]: LABEL_VALUES.workload,
  };
}

function pickerLabels(service: string): Record<string, string> {
  return {
    [LABELS.name]: service,
    [LABELS.component]: LABEL_VALUES.picker,
  };
}

function gatewayPods({ gateway }: ResolvedService): Fields {
  return {
    namespaceSelector: {
      matchLabels: { [LABELS.namespaceName]: gateway.namespace },
    },
    ...podsOf({ [LABELS.gatewayName]: gateway.name }),
  };
}

const MONITORING: Fields = {
  namespaceSelector: {
    matchExpressions: [
      {
        key: LABELS.namespaceName,
        operator: 'In',
        values: MONITORING_NAMESPACES,
      },
    ],
  },
};

const DNS: Flow = {
  why: 'Names: over UDP, and over TCP when an answer is long.',
  rule: {
    ports: [
      { protocol: 'UDP', port: 53 },
      { protocol: 'TCP', port: 53 },
    ],
  },
};

const ISTIOD: Flow = {
  why: 'The control plane, should a sidecar be injected; none is needed.',
  rule: {
    to: [{ namespaceSelector: {}, ...podsOf({ app: 'istiod' }) }],
    ports: tcp(ISTIOD_PORT),
  },
};

function policy(
  resolved: ResolvedPlan,
  name: string,
  pods: Record<string, string>,
  ingress: Flow[],
  egress: Flow[],
): { object: KubernetesObject; reasons: Reason[] } {
  const reasonsOf = (direction: string, flows: Flow[]): Reason[] =>
    flows.map(({ why }, index) => [['spec', direction, index], why]);
  return {
    object: {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: {
        name,
        namespace: resolved.plan.namespace,
        labels: { 'backstage.io/kubernetes-id': resolved.plan.name },
      },
      spec: {
        podSelector: { matchLabels: pods },
        policyTypes: ['Ingress', 'Egress'],
        ingress: ingress.map(({ rule }) => rule),
        egress: egress.map(({ rule }) => rule),
      },
    },
    reasons: [
      [
        ['spec', 'podSelector'],
        'This service only: kserve.io/component alone would select every model in the namespace.',
      ],
      ...reasonsOf('ingress', ingress),
      ...reasonsOf('egress', egress),
    ],
  };
}

function enginePolicy(resolved: ResolvedPlan, service: ResolvedService) {
  const { name } = service;
  const picker = podsOf(pickerLabels(name));
  return policy(
    resolved,
    `${name}-engine`,
    engineLabels(name),
    [
      {
        why: 'Requests from the gateway, and metrics for the picker.',
        rule: {
          from: [gatewayPods(service), picker],
          ports: tcp(ENGINE_PORT),
        },
      },
      {
        why: "Metrics for Prometheus and the portal, also through the API server's proxy.",
        rule: { from: [MONITORING], ports: tcp(ENGINE_PORT) },
      },
      {
        why: 'Cache events, where the picker subscribes to the engine.',
        rule: { from: [picker], ports: tcp(EVENTS_PORT) },
      },
    ],
    [
      DNS,
      {
        why: 'The model: Hugging Face, a registry or object storage.',
        rule: { ports: tcp(443) },
      },
      {
        why: 'Cache events, where the engine publishes to the picker.',
        rule: { to: [picker], ports: tcp(EVENTS_PORT) },
      },
      ISTIOD,
    ],
  );
}

function pickerPolicy(resolved: ResolvedPlan, service: ResolvedService) {
  const { name } = service;
  const engines = podsOf(engineLabels(name));
  return policy(
    resolved,
    `${name}-picker`,
    pickerLabels(name),
    [
      {
        why: 'The gateway asks for a replica: ext_proc over gRPC.',
        rule: { from: [gatewayPods(service)], ports: tcp(PICKER_PORT) },
      },
      {
        why: 'Metrics for Prometheus and the portal; they ask for a token.',
        rule: { from: [MONITORING], ports: tcp(PICKER_METRICS_PORT) },
      },
      {
        why: "The kubelet's probe, where the network plug-in does not exempt it.",
        rule: { ports: tcp(PICKER_HEALTH_PORT) },
      },
      {
        why: 'Cache events, where the engine publishes to the picker.',
        rule: { from: [engines], ports: tcp(EVENTS_PORT) },
      },
    ],
    [
      DNS,
      {
        why: "The engines' metrics, from which the picker scores, and their cache events.",
        rule: { to: [engines], ports: tcp(ENGINE_PORT, EVENTS_PORT) },
      },
      {
        why: 'The API server, by port: a managed control plane has no pods to select.',
        rule: { ports: tcp(443, 6443) },
      },
      ISTIOD,
    ],
  );
}

/** `deploy/network-policies.yaml`: two policies per service, one per kind of pod. */
export function renderNetworkPolicies(resolved: ResolvedPlan): RenderedFile {
  const policies = resolved.services.flatMap(service => [
    enginePolicy(resolved, service),
    pickerPolicy(resolved, service),
  ]);
  return {
    path: 'deploy/network-policies.yaml',
    content: policies
      .map(({ object, reasons }) => manifestText(object, reasons))
      .join('---\n'),
    objects: policies.map(({ object }) => object),
  };
}
