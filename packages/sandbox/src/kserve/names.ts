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

const LIMIT = 63;
const HASH_LENGTH = 32;

/**
 * The name of a generated object, as knative's `kmeta.ChildName` builds it: the
 * parent's name and a suffix, or, over 63 characters, what is left of the name,
 * the MD5 of all of it, and the suffix.
 */
export function childName(parent: string, suffix: string): string {
  if (parent.length + suffix.length <= LIMIT) return parent + suffix;
  const hash = createHash('md5').update(parent).digest('hex');
  const room = LIMIT - HASH_LENGTH - suffix.length;
  if (room > 0) return parent.slice(0, room) + hash + suffix;
  return (hash + suffix).slice(0, LIMIT);
}

/** The Service Istio puts behind an InferencePool. */
export function shadowServiceName(pool: string): string {
  const hash = createHash('sha256').update(pool).digest('hex').slice(0, 8);
  return childName(pool, `-ip-${hash}`);
}
