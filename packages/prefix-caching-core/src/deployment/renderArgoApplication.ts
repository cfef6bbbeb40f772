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
import { manifestText } from './manifestText';
import type { ResolvedPlan } from './resolvedPlan';
import type { RenderedFile } from './types';

interface Source {
  repoUrl: string;
  path: string;
}

function application(
  { plan }: ResolvedPlan,
  { repoUrl, path }: Source,
  overlay?: string,
): RenderedFile {
  const name = overlay ? `${plan.name}-${overlay}` : plan.name;
  const object: KubernetesObject = {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: {
      name,
      namespace: 'argocd',
      labels: { 'backstage.io/kubernetes-id': plan.name },
    },
    spec: {
      project: 'default',
      source: {
        repoURL: repoUrl,
        path: overlay ? `${path}/overlays/${overlay}` : path,
        targetRevision: 'HEAD',
      },
      destination: {
        server: 'https://kubernetes.default.svc',
        namespace: plan.namespace,
      },
      syncPolicy: { automated: { prune: true, selfHeal: true } },
    },
  };
  return {
    path: `argocd/${overlay ?? 'application'}.yaml`,
    content: manifestText(object, [
      [
        ['spec', 'destination', 'server'],
        'The cluster Argo CD itself runs in; change it for another one.',
      ],
      [
        ['spec', 'syncPolicy'],
        'What is on the default branch is what runs; a roll-back is a revert.',
      ],
    ]),
    objects: [object],
  };
}

/**
 * `argocd/application.yaml`, or one for each overlay: applied once by whoever
 * runs Argo CD.
 */
export function renderArgoApplications(
  resolved: ResolvedPlan,
  source: Source,
): RenderedFile[] {
  const { overlays = [] } = resolved.plan;
  return overlays.length === 0
    ? [application(resolved, source)]
    : overlays.map(overlay => application(resolved, source, overlay));
}
