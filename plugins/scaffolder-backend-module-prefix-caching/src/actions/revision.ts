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
import type { RenderedFile } from 'backstage-plugin-prefix-caching-common/core';

/**
 * Eight characters that stand for paths and contents: the same files have the
 * same, whenever they are written, and a change of any gives others.
 */
export function revisionOf(
  files: readonly Pick<RenderedFile, 'path' | 'content'>[],
): string {
  const hash = createHash('sha256');
  for (const { path, content } of files) {
    hash.update(JSON.stringify([path, content]));
  }
  return hash.digest('hex').slice(0, 8);
}
