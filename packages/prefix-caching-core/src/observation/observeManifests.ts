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

import { LABEL_VALUES, LABELS } from '../kubernetes';
import type { KubernetesObject } from '../kubernetes';
import { indexObjects, namespaceOf } from './ObjectIndex';
import { observeTarget } from './observeTarget';
import type { Observation } from './types';

/** Manifests have no time of their own. */
const NO_TIME = '1970-01-01T00:00:00.000Z';

function serviceNameOf(object: KubernetesObject): string | undefined {
  if (object.kind === 'LLMInferenceService') return object.metadata.name;
  const labels = object.metadata.labels ?? {};
  return labels[LABELS.partOf] === LABEL_VALUES.partOf
    ? labels[LABELS.name]
    : undefined;
}

/**
 * One observation per LLMInferenceService among the objects, with the generated
 * objects that are among them too; generated objects without their service give
 * one as well, by their `app.kubernetes.io/name`.
 *
 * Only kinds that occur count as looked for: about the others the files say
 * nothing. `observedAt` is the epoch unless given, since files have no time.
 *
 * @public
 */
export function observeManifests(
  objects: readonly KubernetesObject[],
  options: { observedAt?: string } = {},
): Observation[] {
  const index = indexObjects(objects);
  const targets = new Map<string, { namespace: string; name: string }>();
  for (const object of objects) {
    const name = serviceNameOf(object);
    const namespace = namespaceOf(object);
    if (name) targets.set(`${namespace}/${name}`, { namespace, name });
  }
  return [...targets.values()].map(({ namespace, name }) =>
    observeTarget({
      source: 'manifests',
      target: { cluster: '', namespace, name },
      objects: index,
      asked: index.kinds(),
      observedAt: options.observedAt ?? NO_TIME,
    }),
  );
}
