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

import type {
  KubernetesObject,
  ObjectMeta,
  ObservedKind,
} from 'backstage-plugin-prefix-caching-common/core';

/** kubectl's copy of the whole object, as large as the object itself. */
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/**
 * Keeps of an object what the checks read.
 *
 * Items of a list carry neither kind nor apiVersion; they are put back.
 */
export function projectObject(
  item: unknown,
  kind: ObservedKind,
  version: string,
): KubernetesObject {
  const raw = (item ?? {}) as Partial<KubernetesObject> & {
    metadata?: ObjectMeta & { managedFields?: unknown };
  };
  const {
    managedFields: _,
    annotations,
    ...metadata
  } = raw.metadata ?? {
    name: '',
  };
  const { [LAST_APPLIED]: __, ...keptAnnotations } = annotations ?? {};
  return {
    apiVersion:
      raw.apiVersion ?? (kind.group ? `${kind.group}/${version}` : version),
    kind: raw.kind ?? kind.kind,
    metadata: {
      ...metadata,
      ...(annotations && { annotations: keptAnnotations }),
    },
    ...(raw.spec && { spec: raw.spec }),
    ...(raw.status && { status: raw.status }),
    ...(raw.data && { data: raw.data }),
  };
}
