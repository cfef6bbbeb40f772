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

import { ENGINE_PORT, LABELS, LABEL_VALUES } from '../kubernetes';
import type { KubernetesObject } from '../kubernetes';
import { manifestText } from './manifestText';
import type { Reason } from './manifestText';
import type { ResolvedPlan, ResolvedService } from './resolvedPlan';
import type { RenderedFile } from './types';

interface Reasoned {
  object: KubernetesObject & Record<string, unknown>;
  reasons: Reason[];
}

/** The account whose token the picker's metrics ask for. */
export function readerName({ plan }: Pick<ResolvedPlan, 'plan'>): string {
  return `${plan.name}-metrics-reader`;
}

/** The Secret that holds its token. */
export function readerSecret(resolved: Pick<ResolvedPlan, 'plan'>): string {
  return `${readerName(resolved)}-token`;
}

function own({ plan }: ResolvedPlan, name: string) {
  return {
    name,
    namespace: plan.namespace,
    labels: { 'backstage.io/kubernetes-id': plan.name },
  };
}

/** The reader: an account, its token, and the one right it has. */
function reader(resolved: ResolvedPlan): Reasoned[] {
  const { plan } = resolved;
  const name = readerName(resolved);
  // Cluster-wide objects of several namespaces must not meet.
  const role = `${plan.namespace}-${name}`;
  const { labels } = own(resolved, name);
  return [
    {
      object: {
        apiVersion: 'v1',
        kind: 'ServiceAccount',
        metadata: own(resolved, name),
        automountServiceAccountToken: false,
      },
      reasons: [],
    },
    {
      object: {
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: {
          ...own(resolved, readerSecret(resolved)),
          annotations: { 'kubernetes.io/service-account.name': name },
        },
        type: 'kubernetes.io/service-account-token',
      },
      reasons: [
        [
          ['type'],
          'Kubernetes fills in the token; nothing secret stands in this file.',
        ],
      ],
    },
    {
      object: {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'ClusterRole',
        metadata: { name: role, labels },
        rules: [{ nonResourceURLs: ['/metrics'], verbs: ['get'] }],
      },
      reasons: [
        [
          ['rules'],
          'All the picker asks for: it reviews the token and this one right.',
        ],
      ],
    },
    {
      object: {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'ClusterRoleBinding',
        metadata: { name: role, labels },
        roleRef: {
          apiGroup: 'rbac.authorization.k8s.io',
          kind: 'ClusterRole',
          name: role,
        },
        subjects: [{ kind: 'ServiceAccount', name, namespace: plan.namespace }],
      },
      reasons: [],
    },
  ];
}

function engineMonitor(
  resolved: ResolvedPlan,
  { name }: ResolvedService,
): Reasoned {
  return {
    object: {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PodMonitor',
      metadata: own(resolved, `${name}-engine`),
      spec: {
        selector: {
          matchLabels: {
            [LABELS.name]: name,
            [LABELS.kserveComponent]: LABEL_VALUES.workload,
          },
        },
        podMetricsEndpoints: [
          {
            targetPort: ENGINE_PORT,
            path: '/metrics',
            scheme: resolved.profile.tls ? 'https' : 'http',
            ...(resolved.profile.tls
              ? { tlsConfig: { insecureSkipVerify: true } }
              : {}),
          },
        ],
      },
    },
    reasons: [
      [
        ['spec', 'podMetricsEndpoints', 0, 'targetPort'],
        "By number: the platform's container port has no name.",
      ],
    ],
  };
}

function pickerMonitor(
  resolved: ResolvedPlan,
  { name }: ResolvedService,
): Reasoned {
  return {
    object: {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'ServiceMonitor',
      metadata: own(resolved, `${name}-picker`),
      spec: {
        selector: {
          matchLabels: {
            [LABELS.name]: name,
            [LABELS.component]: LABEL_VALUES.picker,
          },
        },
        endpoints: [
          {
            port: 'metrics',
            path: '/metrics',
            authorization: {
              type: 'Bearer',
              credentials: { name: readerSecret(resolved), key: 'token' },
            },
          },
        ],
      },
    },
    reasons: [
      [
        ['spec', 'endpoints', 0, 'authorization'],
        'The picker answers 401 without a token.',
      ],
    ],
  };
}

/**
 * `deploy/monitoring.yaml`: what Prometheus scrapes, and the account that may
 * read the picker's metrics. Where the platform writes monitors itself, only
 * the account is left to write: the portal reads with it.
 */
export function renderMonitoring(resolved: ResolvedPlan): RenderedFile {
  const monitors = resolved.profile.writesMonitors
    ? []
    : resolved.services.flatMap(service => [
        engineMonitor(resolved, service),
        pickerMonitor(resolved, service),
      ]);
  const all = [...reader(resolved), ...monitors];
  return {
    path: 'deploy/monitoring.yaml',
    content: all
      .map(({ object, reasons }) => manifestText(object, reasons))
      .join('---\n'),
    objects: all.map(({ object }) => object),
  };
}
