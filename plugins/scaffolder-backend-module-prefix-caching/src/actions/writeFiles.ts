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

import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, posix } from 'node:path';
import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import type { RenderedFile } from 'backstage-plugin-prefix-caching-common/core';

/**
 * Writes rendered files below a folder of the workspace.
 *
 * Every path is resolved before the first byte is written, so that a path that
 * leads out of the workspace leaves nothing behind.
 *
 * @returns the paths as seen from the workspace, with forward slashes
 * @throws NotAllowedError for a path outside of the workspace
 */
export async function writeFiles(
  workspacePath: string,
  targetPath: string,
  files: RenderedFile[],
): Promise<string[]> {
  const folder = resolveSafeChildPath(workspacePath, targetPath);
  const contentByPath = new Map(
    files.map(file => [resolveSafeChildPath(folder, file.path), file.content]),
  );
  for (const [absolutePath, content] of contentByPath) {
    await mkdir(dirname(absolutePath), { recursive: true });
    await writeFile(absolutePath, content, 'utf8');
  }
  return Array.from(files, ({ path }) => posix.join(targetPath, path));
}
