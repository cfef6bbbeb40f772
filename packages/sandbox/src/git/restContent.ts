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

import { isObject, listAt, textAt } from '../json';
import {
  archive,
  commitActions,
  listTree,
  readFile,
  removeBranch,
  resolveRef,
  updateBranch,
  type CommitAction,
} from './content';
import { git } from './gitCommand';
import { GitHostError, missing } from './gitError';
import { branchView, commitViews } from './projectView';
import { DEFAULT_BRANCH, type Repository } from './repositories';
import {
  paged,
  repositoryOf,
  text,
  type RestAnswer,
  type RestCall,
  type RestRoute,
} from './restCall';

/** Files, trees, commits, branches and archives. */
export const contentRoutes: RestRoute[] = [
  {
    method: 'GET',
    pattern: '/projects/*/repository/files/*/raw',
    handle: async call => {
      const ref = refOf(call);
      const file = await readFile(repositoryOf(call), ref, call.path[1]);
      return {
        raw: file.content,
        contentType: 'text/plain; charset=utf-8',
        headers: { etag: `"${file.blob}"` },
      };
    },
  },
  {
    method: 'GET',
    pattern: '/projects/*/repository/files/*',
    handle: async call => {
      const ref = refOf(call);
      const path = call.path[1];
      const file = await readFile(repositoryOf(call), ref, path);
      return {
        json: {
          file_name: path.split('/').pop(),
          file_path: path,
          size: file.content.length,
          encoding: 'base64',
          content: file.content.toString('base64'),
          ref,
          blob_id: file.blob,
          commit_id: file.commit,
          last_commit_id: file.commit,
        },
      };
    },
  },
  {
    method: 'GET',
    pattern: '/projects/*/repository/tree',
    handle: async call => {
      const repository = repositoryOf(call);
      const commit = await resolveRef(repository, refOf(call));
      if (!commit) throw missing('Tree');
      const path = text(call, 'path');
      const entries = await listTree(repository, commit, {
        path,
        recursive: text(call, 'recursive') === 'true',
      });
      if (path && entries.length === 0)
        throw missing('invalid revision or path');
      return paged(call, entries);
    },
  },
  {
    method: 'GET',
    pattern: '/projects/*/repository/commits',
    handle: async call => {
      const repository = repositoryOf(call);
      const ref = text(call, 'ref_name') ?? DEFAULT_BRANCH;
      const commit = await resolveRef(repository, ref);
      if (!commit) return paged(call, []);
      const path = text(call, 'path');
      return paged(call, await commitViews(repository, commit, path, 100));
    },
  },
  {
    method: 'POST',
    pattern: '/projects/*/repository/commits',
    handle: createCommit,
  },
  {
    method: 'GET',
    pattern: '/projects/*/repository/commits/*',
    handle: async call => {
      const repository = repositoryOf(call);
      const commit = await resolveRef(repository, call.path[1]);
      if (!commit) throw missing('Commit');
      const [view] = await commitViews(repository, commit, undefined, 1);
      return { json: view };
    },
  },
  {
    method: 'GET',
    pattern: '/projects/*/repository/branches',
    handle: async call => {
      const repository = repositoryOf(call);
      const names = await branchNames(repository);
      const views = names.map(name => branchView(repository, name, call.base));
      return paged(call, await Promise.all(views));
    },
  },
  {
    method: 'POST',
    pattern: '/projects/*/repository/branches',
    handle: async call => {
      const repository = repositoryOf(call);
      const name = text(call, 'branch') ?? '';
      const ref = text(call, 'ref') ?? DEFAULT_BRANCH;
      if ((await branchNames(repository)).includes(name)) {
        throw new GitHostError(400, 'Branch already exists');
      }
      const commit = await resolveRef(repository, ref);
      if (!commit)
        throw new GitHostError(400, `Invalid reference name: ${ref}`);
      await updateBranch(repository, name, commit);
      const json = await branchView(repository, name, call.base);
      return { code: 201, json };
    },
  },
  {
    method: 'GET',
    pattern: '/projects/*/repository/branches/*',
    handle: async call => ({
      json: await branchView(repositoryOf(call), call.path[1], call.base),
    }),
  },
  {
    method: 'DELETE',
    pattern: '/projects/*/repository/branches/*',
    handle: async call => {
      const repository = repositoryOf(call);
      const branch = call.path[1];
      if (!(await branchNames(repository)).includes(branch)) {
        throw missing('Branch');
      }
      await removeBranch(repository, branch);
      return { code: 204, json: undefined };
    },
  },
  ...['archive', 'archive.tar.gz'].map(
    (name): RestRoute => ({
      method: 'GET',
      pattern: `/projects/*/repository/${name}`,
      handle: async call => ({
        raw: await archive(
          repositoryOf(call),
          text(call, 'sha') ?? DEFAULT_BRANCH,
          text(call, 'path'),
        ),
        contentType: 'application/gzip',
      }),
    }),
  ),
];

async function createCommit(call: RestCall): Promise<RestAnswer> {
  const repository = repositoryOf(call);
  const branch = text(call, 'branch') ?? '';
  const start = text(call, 'start_branch');
  if (start && !(await resolveRef(repository, `refs/heads/${branch}`))) {
    const from = await resolveRef(repository, start);
    if (!from) throw new GitHostError(400, `Branch ${start} does not exist`);
    await updateBranch(repository, branch, from);
  }
  const commit = await commitActions(repository, {
    branch,
    message: text(call, 'commit_message') ?? 'Update',
    actions: listAt(call.parameters, 'actions').map(readAction),
  });
  await call.host.branchMoved(repository, branch);
  const [json] = await commitViews(repository, commit, undefined, 1);
  return { code: 201, json };
}

function readAction(value: unknown): CommitAction {
  const action = textAt(value, 'action');
  const filePath = textAt(value, 'file_path') ?? textAt(value, 'filePath');
  if (
    !filePath ||
    (action !== 'create' &&
      action !== 'update' &&
      action !== 'delete' &&
      action !== 'move' &&
      action !== 'chmod')
  ) {
    throw new GitHostError(
      400,
      'each of the actions needs action and file_path',
    );
  }
  const content = textAt(value, 'content');
  const encoding =
    textAt(value, 'encoding') === 'base64' ? 'base64' : ('utf8' as const);
  return {
    action,
    filePath,
    previousPath: textAt(value, 'previous_path'),
    content: content === undefined ? undefined : Buffer.from(content, encoding),
    executable: isObject(value) && value.execute_filemode === true,
  };
}

function refOf(call: RestCall): string {
  const ref = text(call, 'ref') ?? DEFAULT_BRANCH;
  return ref === 'HEAD' ? DEFAULT_BRANCH : ref;
}

async function branchNames(repository: Repository): Promise<string[]> {
  const output = await git(repository.directory, [
    'for-each-ref',
    '--format=%(refname:lstrip=2)',
    'refs/heads',
  ]);
  return output.toString().split('\n').filter(Boolean);
}
