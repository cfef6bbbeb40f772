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

import { groupOf, listAt, textAt } from '../kubernetes';
import type { KubernetesObject } from '../kubernetes';
import { detectIstio } from './detectIstio';
import { detectKserve } from './detectKserve';
import type { DetectedPlatform, PlatformId } from './types';

function rulesOf(objects: readonly KubernetesObject[]): unknown[] {
  return objects
    .filter(object => object.kind === 'HTTPRoute')
    .flatMap(route => listAt(route.spec, 'rules'));
}

/** The group routes send requests to; of pools alone when no route is there. */
function poolGroupOf(
  objects: readonly KubernetesObject[],
  rules: unknown[],
): string | undefined {
  const backends = rules.flatMap(rule => listAt(rule, 'backendRefs'));
  const pools = backends.filter(
    backend => textAt(backend, 'kind') === 'InferencePool',
  );
  const pool = objects.find(object => object.kind === 'InferencePool');
  return textAt(pools[0], 'group') ?? (pool ? groupOf(pool) : undefined);
}

/**
 * Which profile fits. The release decides; where only manifests are there, the
 * API version does: the two profiles are written in different ones.
 */
function profileOf(detected: Omit<DetectedPlatform, 'unknown' | 'evidence'>) {
  if (detected.distribution === 'rhaii') {
    return detected.kserve === '0.15' ? 'rhaii-3.4-ea1' : undefined;
  }
  if (detected.kserve !== undefined) {
    return detected.kserve === '0.20' ? 'kserve-0.20' : undefined;
  }
  const byApiVersion: Record<string, PlatformId> = {
    'serving.kserve.io/v1alpha1': 'rhaii-3.4-ea1',
    'serving.kserve.io/v1alpha2': 'kserve-0.20',
  };
  return byApiVersion[detected.apiVersion ?? ''];
}

/**
 * What platform runs here, told from observed objects only: never from a plan,
 * so that a deployment's own rendering cannot vouch for itself.
 *
 * @public
 */
export function detectPlatform(
  objects: readonly KubernetesObject[],
): DetectedPlatform {
  const rules = rulesOf(objects);
  const kserve = detectKserve(
    objects,
    rules.length === 0
      ? undefined
      : rules.some(rule => textAt(rule, 'name') !== undefined),
  );
  const istio = detectIstio(objects);
  const service = objects.find(object => object.kind === 'LLMInferenceService');
  const found = {
    kserve: kserve.kserve,
    istio: istio?.version,
    distribution: kserve.distribution,
    poolGroup: poolGroupOf(objects, rules),
    apiVersion: service?.apiVersion,
  };
  const profile = profileOf(found);
  const all = { ...found, profile };
  return {
    ...all,
    unknown: Object.entries(all)
      .filter(([, value]) => value === undefined)
      .map(([key]) => key),
    evidence: [...kserve.evidence, ...(istio ? [istio.evidence] : [])],
  };
}
