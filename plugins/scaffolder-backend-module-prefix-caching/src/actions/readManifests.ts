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

import { readdir, readFile, realpath } from 'node:fs/promises';
import { posix } from 'node:path';
import {
  isChildPath,
  resolveSafeChildPath,
} from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';

/** As many files as the back end takes in one request. */
const MOST_FILES = 500;

/**
 * The YAML files below a folder of the workspace, by path.
 *
 * Folders that begin with a dot hold no manifests. A link that leads out of
 * the workspace is refused: a repository someone fetched may hold one.
 *
 * @throws InputError when the folder is not there, or holds too many.
 * @throws NotAllowedError for a path outside of the workspace
 */
export async function readManifests(
  workspacePath: string,
  targetPath: string,
): Promise<{ path: string; content: string }[]> {
  const root = resolveSafeChildPath(workspacePath, targetPath);
  const inside = await realpath(workspacePath);
  const found: { path: string; content: string }[] = [];

  async function walk(folder: string, path: string): Promise<void> {
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => {
      throw new InputError(
        `targetPath: there is no folder '${targetPath}' in the workspace. Expected the folder that the render step wrote to.`,
      );
    });
    for (const entry of entries.sort((one, other) =>
      one.name < other.name ? -1 : 1,
    )) {
      const own = posix.join(path, entry.name);
      const absolute = resolveSafeChildPath(folder, entry.name);
      if (entry.isDirectory()) {
        if (!entry.name.startsWith('.')) {
          await walk(absolute, own);
        }
      } else if (/\.ya?ml$/.test(entry.name)) {
        if (!isChildPath(inside, await realpath(absolute))) {
          throw new InputError(
            `${own} leads out of the workspace. Replace the link by the file.`,
          );
        }
        found.push({ path: own, content: await readFile(absolute, 'utf8') });
      }
    }
  }

  await walk(root, targetPath);
  if (found.length > MOST_FILES) {
    throw new InputError(
      `targetPath: '${targetPath}' holds ${found.length} YAML files. Expected at most ${MOST_FILES}; name the folder of the deployment.`,
    );
  }
  return found;
}
