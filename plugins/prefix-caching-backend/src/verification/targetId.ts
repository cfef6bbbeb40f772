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

import { createHash } from 'node:crypto';
import type { Target } from 'backstage-plugin-prefix-caching-common/core';

/**
 * What the browser calls a target. Stable, and no name of a cluster or
 * namespace can be put in its place.
 */
export function targetIdOf(target: Target): string {
  return createHash('sha256')
    .update(JSON.stringify([target.cluster, target.namespace, target.name]))
    .digest('base64url')
    .slice(0, 22);
}

/** The key of a target in a map. */
export function targetKey(target: Target): string {
  return `${target.cluster}/${target.namespace}/${target.name}`;
}
