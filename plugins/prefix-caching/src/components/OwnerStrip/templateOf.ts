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

import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import type { Entity } from '@backstage/catalog-model';

/** Stamped by the scaffolder's `catalog:write`. */
const SOURCE_TEMPLATE = 'backstage.io/source-template';
/** Kept up to date by the community's scaffolder relation processor. */
const TEMPLATE_VERSION = 'backstage.io/template-version';

/** The template that an entity came from, and its version then. */
export function templateOf(
  entity: Entity,
): { ref: string; version?: string } | undefined {
  const { annotations = {} } = entity.metadata;
  const ref = annotations[SOURCE_TEMPLATE] ?? entity.spec?.scaffoldedFrom;
  if (typeof ref !== 'string') {
    return undefined;
  }
  try {
    return {
      ref: stringifyEntityRef(parseEntityRef(ref, { defaultKind: 'template' })),
      version: annotations[TEMPLATE_VERSION],
    };
  } catch {
    // Anybody may write an annotation; one that is no reference names nothing.
    return undefined;
  }
}
