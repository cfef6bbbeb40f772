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
  isRecord,
  type KubernetesObject,
  type ObjectMeta,
  type ObservedKind,
} from 'backstage-plugin-prefix-caching-common/core';

/** kubectl's copy of the whole object, as large as the object itself. */
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** No annotation that a check reads comes near; what is longer is left out. */
const MAX_ANNOTATION_LENGTH = 4096;

/**
 * Keeps of an object what the checks read, in a form they can rely on: a name,
 * labels and annotations that are texts, owners that are objects. Clusters hold
 * objects that violate their own schema; what is of another shape is left out.
 *
 * Items of a list carry neither kind nor apiVersion; they are put back.
 *
 * @returns undefined for what is no object or has no name.
 */
export function projectObject(
  item: unknown,
  kind: ObservedKind,
  version: string,
): KubernetesObject | undefined {
  const metadata = isRecord(item) ? projectMetadata(item.metadata) : undefined;
  if (!isRecord(item) || !metadata) {
    return undefined;
  }
  const { spec, status, data } = item;
  return {
    apiVersion:
      textOf(item.apiVersion) ??
      (kind.group ? `${kind.group}/${version}` : version),
    kind: textOf(item.kind) ?? kind.kind,
    metadata,
    ...(isRecord(spec) && { spec }),
    ...(isRecord(status) && { status }),
    ...(isRecord(data) && { data: textsOf(data) }),
  };
}

function projectMetadata(raw: unknown): ObjectMeta | undefined {
  if (!isRecord(raw) || typeof raw.name !== 'string') {
    return undefined;
  }
  const { labels, annotations, ownerReferences, generation } = raw;
  const metadata: ObjectMeta = { name: raw.name };
  for (const key of [
    'namespace',
    'uid',
    'creationTimestamp',
    'deletionTimestamp',
    'resourceVersion',
  ] as const) {
    const text = textOf(raw[key]);
    if (text !== undefined) metadata[key] = text;
  }
  if (typeof generation === 'number') metadata.generation = generation;
  if (isRecord(labels)) metadata.labels = textsOf(labels);
  if (isRecord(annotations)) {
    const { [LAST_APPLIED]: _, ...kept } = textsOf(annotations);
    for (const [key, value] of Object.entries(kept)) {
      if (value.length > MAX_ANNOTATION_LENGTH) delete kept[key];
    }
    metadata.annotations = kept;
  }
  if (Array.isArray(ownerReferences)) {
    metadata.ownerReferences = ownerReferences.flatMap(projectOwner);
  }
  return metadata;
}

function projectOwner(owner: unknown) {
  if (!isRecord(owner) || typeof owner.name !== 'string') {
    return [];
  }
  return [
    {
      apiVersion: textOf(owner.apiVersion) ?? '',
      kind: textOf(owner.kind) ?? '',
      name: owner.name,
      uid: textOf(owner.uid) ?? '',
      ...(owner.controller === true && { controller: true }),
    },
  ];
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** The entries that are texts; the same record where all of them are. */
function textsOf(record: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(record).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  );
}
