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
  ANNOTATION_LOCATION,
  ANNOTATION_SOURCE_LOCATION,
} from '@backstage/catalog-model';
import type { Entity } from '@backstage/catalog-model';

/** Where the deployment is kept, when the catalog read it from an address. */
export function repositoryOf(
  entity: Entity,
): { url: string; name: string } | undefined {
  const annotations = entity.metadata.annotations ?? {};
  const location =
    annotations[ANNOTATION_SOURCE_LOCATION] ?? annotations[ANNOTATION_LOCATION];
  const url = location?.replace(/^url:/, '');
  if (url === undefined || !URL.canParse(url) || !/^https?:/.test(url)) {
    return undefined;
  }
  const path = new URL(url).pathname.split('/').filter(Boolean);
  const end = path.findIndex(part => ['-', 'tree', 'blob'].includes(part));
  const name = path.slice(0, end === -1 ? undefined : end).join('/');
  return name === '' ? undefined : { url, name };
}
