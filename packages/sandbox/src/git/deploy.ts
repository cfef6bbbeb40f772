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

import type { ObjectStore } from '../api';
import { parseObjects } from '../objectFiles';
import { listTree, readFile, resolveRef } from './content';
import { DEFAULT_BRANCH, pathOf, type Repository } from './repositories';

/**
 * Applies what lies on a repository's default branch, as a GitOps controller
 * would: every object of a kind the cluster serves, namespaces as needed.
 */
export async function deploy(
  store: ObjectStore,
  repository: Repository,
): Promise<void> {
  const commit = await resolveRef(repository, DEFAULT_BRANCH);
  if (!commit) return;
  const entries = await listTree(repository, commit, { recursive: true });
  for (const { path, type } of entries) {
    if (type !== 'blob' || !/\.ya?ml$/.test(path)) continue;
    const { content } = await readFile(repository, commit, path);
    for (const object of parseObjects(content.toString('utf8'))) {
      const annotations = {
        ...object.metadata.annotations,
        'sandbox/applied-from': `${pathOf(repository)}:${path}`,
      };
      const metadata = { ...object.metadata, annotations };
      store.apply({ ...object, metadata });
    }
  }
}
