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

import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import {
  KUBERNETES_CLUSTER_ANNOTATION,
  LLM_INFERENCE_SERVICES_ANNOTATION,
} from 'backstage-plugin-prefix-caching-common';
import type {
  Finding,
  Target,
} from 'backstage-plugin-prefix-caching-common/core';
import type { KnownClusters } from '../clusters';
import {
  parseTargetAnnotation,
  type TargetReference,
} from './parseTargetAnnotation';
import { problemFinding } from './problems';
import { targetOfServerUrl } from './targetOfServerUrl';
import { targetKey } from './targetId';

/** What one entity claims. */
export interface EntityTargets {
  entityRef: string;
  targets: Target[];
  problems: Finding[];
}

/** The targets of an entity, and what keeps the rest from being ones. */
export function resolveTargets(
  entity: Entity,
  clusters: KnownClusters,
): EntityTargets {
  const annotation =
    entity.metadata.annotations?.[LLM_INFERENCE_SERVICES_ANNOTATION];
  const { references, problems } =
    annotation === undefined
      ? referencesOfServerUrl(entity)
      : parseTargetAnnotation(annotation);

  const fallback = entity.metadata.annotations?.[KUBERNETES_CLUSTER_ANNOTATION];
  const targets = new Map<string, Target>();
  for (const { cluster: named, namespace, name } of references) {
    const cluster = named ?? fallback ?? onlyOne(clusters);
    if (!cluster || !mayBeKnown(cluster, clusters)) {
      problems.push(clusterProblem({ namespace, name }, cluster, clusters));
      continue;
    }
    const target = { cluster, namespace, name };
    targets.set(targetKey(target), target);
  }
  return {
    entityRef: stringifyEntityRef(entity),
    targets: [...targets.values()],
    problems,
  };
}

function onlyOne({ names, unlisted }: KnownClusters): string | undefined {
  return names.length === 1 && !unlisted ? names[0] : undefined;
}

/** A name is not called wrong while the list of names is incomplete. */
function mayBeKnown(
  cluster: string,
  { names, unlisted }: KnownClusters,
): boolean {
  return names.includes(cluster) || unlisted !== undefined;
}

/** Both shapes in which catalogs hold the KServe connector's entities. */
function isModelServer(entity: Entity): boolean {
  const kind = entity.kind.toLowerCase();
  return (
    kind === 'aimodelserverapi' ||
    (kind === 'api' && entity.spec?.type === 'ai-model-server')
  );
}

/** Without the annotation; only model servers say where they are in another way. */
function referencesOfServerUrl(entity: Entity): {
  references: TargetReference[];
  problems: Finding[];
} {
  const serverUrl = isModelServer(entity) && entity.spec?.serverUrl;
  if (typeof serverUrl !== 'string') {
    const entityRef = stringifyEntityRef(entity);
    return {
      references: [],
      problems: [
        unlinkedProblem(
          `${entityRef} names no LLMInferenceService.`,
          'no such annotation',
        ),
      ],
    };
  }
  const reference = targetOfServerUrl(serverUrl);
  if (reference) return { references: [reference], problems: [] };
  const actual = serverUrl.slice(0, 120);
  return {
    references: [],
    problems: [
      unlinkedProblem(
        `The entity's spec.serverUrl, ${actual}, does not say which LLMInferenceService serves it.`,
        actual,
      ),
    ],
  };
}

function unlinkedProblem(summary: string, actual: string): Finding {
  return problemFinding({
    check: 'entity.unlinked',
    verdict: 'inconclusive',
    summary,
    expected: `the annotation ${LLM_INFERENCE_SERVICES_ANNOTATION}`,
    actual,
    remedy: `Add '${LLM_INFERENCE_SERVICES_ANNOTATION}: <namespace>/<name>' to the entity's catalog-info.yaml.`,
  });
}

function clusterProblem(
  service: { namespace: string; name: string },
  cluster: string | undefined,
  { names, unlisted }: KnownClusters,
): Finding {
  const { namespace, name } = service;
  const common = {
    check: 'entity.cluster' as const,
    expected: `one of the portal's clusters: ${names.join(', ') || 'none'}`,
    actual: cluster ?? 'no cluster named',
    remedy: `Set the annotation ${KUBERNETES_CLUSTER_ANNOTATION}, or write '<cluster>/${namespace}/${name}'. Clusters are added under kubernetes.clusterLocatorMethods.`,
  };
  if (unlisted) {
    return problemFinding({
      ...common,
      verdict: 'inconclusive',
      summary: `It is not said on which cluster ${namespace}/${name} runs, and whether the portal knows only one cannot be told: ${unlisted}.`,
    });
  }
  return problemFinding({
    ...common,
    verdict: 'fail',
    summary: cluster
      ? `${namespace}/${name} is claimed on cluster '${cluster}', which the portal does not know.`
      : `It is not said on which cluster ${namespace}/${name} runs, and the portal knows ${names.length}.`,
  });
}
