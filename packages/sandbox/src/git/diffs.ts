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

import type { JsonObject } from '../json';
import { git } from './gitCommand';
import { rangeOf } from './mergeRequests';
import type { MergeRequest } from './repositories';

/** One file that a merge request changes. */
export interface FileDiff {
  path: string;
  kind: 'added' | 'deleted' | 'changed';
  modes: { before: string; after: string };
  /** As `git diff` words it, from its first `@@` on. */
  text: string;
}

const KINDS: Record<string, FileDiff['kind']> = { A: 'added', D: 'deleted' };

/** Every file that a merge request changes; none where its branch adds nothing. */
export async function diffsOf(request: MergeRequest): Promise<FileDiff[]> {
  const range = await rangeOf(request);
  if (!range) return [];
  const { directory } = request.repository;
  const between = ['--no-renames', '--no-color', range.base, range.head];
  const raw = await git(directory, ['diff', '--raw', '-z', ...between]);
  const parts = raw.toString().split('\0').filter(Boolean);
  const diffs: FileDiff[] = [];
  for (let index = 0; index + 1 < parts.length; index += 2) {
    const [before, after, , , status] = parts[index].slice(1).split(' ');
    const path = parts[index + 1];
    const diff = (
      await git(directory, ['diff', ...between, '--', path])
    ).toString();
    const start = diff.indexOf('\n@@');
    diffs.push({
      path,
      kind: KINDS[status] ?? 'changed',
      modes: { before, after },
      text: start === -1 ? '' : diff.slice(start + 1),
    });
  }
  return diffs;
}

/** A changed file as GitLab's REST shows it. */
export function diffView({ path, kind, modes, text }: FileDiff): JsonObject {
  return {
    old_path: path,
    new_path: path,
    a_mode: modes.before,
    b_mode: modes.after,
    diff: text,
    new_file: kind === 'added',
    renamed_file: false,
    deleted_file: kind === 'deleted',
  };
}
