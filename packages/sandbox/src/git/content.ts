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

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { git } from './gitCommand';
import { GitHostError, missing } from './gitError';
import { DEFAULT_BRANCH, type Repository } from './repositories';

export interface TreeEntry {
  id: string;
  name: string;
  type: 'tree' | 'blob';
  path: string;
  mode: string;
}

export interface CommitAction {
  action: 'create' | 'update' | 'delete' | 'move' | 'chmod';
  filePath: string;
  previousPath?: string;
  content?: Buffer;
  executable?: boolean;
}

/** The commit a branch, tag or hash stands for; undefined when there is none. */
export async function resolveRef(
  { directory }: Repository,
  ref: string,
): Promise<string | undefined> {
  if (ref.startsWith('-')) return undefined;
  try {
    const found = await git(directory, [
      'rev-parse',
      '--verify',
      '--quiet',
      `${ref}^{commit}`,
    ]);
    return found.toString().trim();
  } catch {
    return undefined;
  }
}

export async function readFile(
  repository: Repository,
  ref: string,
  path: string,
): Promise<{ content: Buffer; blob: string; commit: string }> {
  const commit = await resolveRef(repository, ref);
  if (!commit) throw missing('Commit');
  const entries = await listTree(repository, commit, { path, exact: true });
  const entry = entries.find(candidate => candidate.path === path);
  if (entry?.type !== 'blob') throw missing('File');
  const content = await git(repository.directory, [
    'cat-file',
    'blob',
    entry.id,
  ]);
  return { content, blob: entry.id, commit };
}

/** The entries of a folder; of the path itself with `exact`. */
export async function listTree(
  repository: Repository,
  commit: string,
  options: { path?: string; recursive?: boolean; exact?: boolean } = {},
): Promise<TreeEntry[]> {
  const path = (options.path ?? '').replace(/^\/+|\/+$/g, '');
  const pathspec = path && !options.exact ? `${path}/` : path;
  const output = await git(repository.directory, [
    'ls-tree',
    '-z',
    ...(options.recursive ? ['-r', '-t'] : []),
    commit,
    ...(pathspec ? ['--', pathspec] : []),
  ]);
  return output
    .toString()
    .split('\0')
    .filter(Boolean)
    .map(line => {
      const [meta, entryPath] = line.split('\t');
      const [mode, type, id] = meta.split(' ');
      const name = entryPath.split('/').pop() ?? entryPath;
      const kind = type === 'tree' ? ('tree' as const) : ('blob' as const);
      return { id, name, type: kind, path: entryPath, mode };
    })
    .filter(entry => options.exact || entry.path !== path);
}

/** Writes one commit onto a branch, without a work tree; returns its hash. */
export async function commitActions(
  repository: Repository,
  options: { branch: string; message: string; actions: CommitAction[] },
): Promise<string> {
  const { branch, message, actions } = options;
  const { directory } = repository;
  const parent = await resolveRef(repository, `refs/heads/${branch}`);
  const scratch = await mkdtemp(join(tmpdir(), 'sandbox-index-'));
  const env = { GIT_INDEX_FILE: join(scratch, 'index') };
  try {
    if (parent) await git(directory, ['read-tree', parent], { env });
    for (const action of actions) {
      await stage(repository, action, parent, env);
    }
    const tree = (await git(directory, ['write-tree'], { env })).toString();
    const commit = await commitTree(
      repository,
      tree.trim(),
      parent ? [parent] : [],
      message,
    );
    await updateBranch(repository, branch, commit);
    return commit;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function stage(
  repository: Repository,
  action: CommitAction,
  parent: string | undefined,
  env: Record<string, string>,
) {
  const { directory } = repository;
  const { filePath } = action;
  if (
    filePath.split('/').some(part => ['', '.', '..', '.git'].includes(part))
  ) {
    throw new GitHostError(400, `file_path ${filePath} is not allowed`);
  }
  const before = action.previousPath ?? filePath;
  const existing = parent
    ? await listTree(repository, parent, { path: before, exact: true })
    : [];
  const exists = existing.some(entry => entry.path === before);
  if (action.action === 'create' && exists) {
    throw new GitHostError(400, 'A file with this name already exists');
  }
  if (action.action !== 'create' && !exists) {
    throw new GitHostError(
      400,
      `A file with the name ${before} does not exist`,
    );
  }
  if (action.action === 'delete' || action.action === 'move') {
    await git(directory, ['rm', '--cached', '--', before], { env }).catch(() =>
      git(directory, ['update-index', '--force-remove', '--', before], { env }),
    );
    if (action.action === 'delete') return;
  }
  const blob = action.content
    ? await git(directory, ['hash-object', '-w', '--stdin'], {
        input: action.content,
      })
    : Buffer.from(existing[0].id);
  const mode = action.executable ? '100755' : '100644';
  const info = `${mode},${blob.toString().trim()},${filePath}`;
  await git(directory, ['update-index', '--add', '--cacheinfo', info], { env });
}

export async function commitTree(
  { directory }: Repository,
  tree: string,
  parents: string[],
  message: string,
): Promise<string> {
  const args = ['commit-tree', tree, ...parents.flatMap(one => ['-p', one])];
  const commit = await git(directory, args, { input: message });
  return commit.toString().trim();
}

export async function updateBranch(
  { directory }: Repository,
  branch: string,
  commit: string,
): Promise<void> {
  await git(directory, ['check-ref-format', '--branch', branch]).catch(() => {
    throw new GitHostError(400, `Branch name ${branch} is invalid`);
  });
  await git(directory, ['update-ref', `refs/heads/${branch}`, commit]);
}

/** Takes a branch away; the default branch stays. */
export async function removeBranch(
  { directory }: Repository,
  branch: string,
): Promise<void> {
  if (branch === DEFAULT_BRANCH) {
    throw new GitHostError(
      403,
      `The default branch ${branch} cannot be removed`,
    );
  }
  await git(directory, ['update-ref', '-d', `refs/heads/${branch}`]);
}

/** A tar archive in which everything lies in one folder, as GitLab packs it. */
export async function archive(
  repository: Repository,
  ref: string,
  path: string | undefined,
): Promise<Buffer> {
  const commit = await resolveRef(repository, ref);
  if (!commit) throw missing('Commit');
  const folder = `${repository.name}-${ref.replace(/\//g, '-')}-${commit}/`;
  return git(repository.directory, [
    'archive',
    '--format=tar.gz',
    `--prefix=${folder}`,
    commit,
    ...(path ? ['--', path] : []),
  ]);
}
