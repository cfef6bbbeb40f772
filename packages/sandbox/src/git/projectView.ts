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

import { git } from './gitCommand';
import { missing } from './gitError';
import type { JsonObject } from '../json';
import {
  DEFAULT_BRANCH,
  pathOf,
  type MergeRequest,
  type Repository,
} from './repositories';
import { resolveRef } from './content';

/** A repository as GitLab's REST shows it. */
export function projectView(repository: Repository, base: string): JsonObject {
  const path = pathOf(repository);
  return {
    id: repository.id,
    name: repository.name,
    path: repository.name,
    path_with_namespace: path,
    default_branch: DEFAULT_BRANCH,
    visibility: repository.visibility,
    archived: false,
    created_at: repository.createdAt,
    last_activity_at: repository.createdAt,
    http_url_to_repo: `${base}/${path}.git`,
    web_url: `${base}/${path}`,
    namespace: repository.owner,
  };
}

export async function branchView(
  repository: Repository,
  name: string,
  base: string,
): Promise<JsonObject> {
  const commit = await resolveRef(repository, `refs/heads/${name}`);
  if (!commit) throw missing('Branch');
  const [view] = await commitViews(repository, commit, undefined, 1);
  return {
    name,
    commit: view,
    default: name === DEFAULT_BRANCH,
    protected: false,
    merged: false,
    web_url: `${base}/${pathOf(repository)}/-/tree/${name}`,
  };
}

/** Commits from `ref` back, that touch `path` if one is given. */
export async function commitViews(
  repository: Repository,
  ref: string,
  path: string | undefined,
  limit: number,
): Promise<JsonObject[]> {
  const output = await git(repository.directory, [
    'log',
    `-n${limit}`,
    '--format=%H%x1f%s%x1f%B%x1f%an%x1f%ae%x1f%cI%x1e',
    ref,
    ...(path ? ['--', path] : []),
  ]);
  return output
    .toString()
    .split('\x1e')
    .map(record => record.trim())
    .filter(Boolean)
    .map(record => {
      const [id, title, message, name, email, date] = record.split('\x1f');
      return {
        id,
        short_id: id.slice(0, 8),
        title,
        message,
        author_name: name,
        author_email: email,
        created_at: date,
        committed_date: date,
        authored_date: date,
      };
    });
}

export function mergeRequestView(
  request: MergeRequest,
  base: string,
): JsonObject {
  const path = pathOf(request.repository);
  return {
    id: request.repository.id * 1000 + request.iid,
    iid: request.iid,
    project_id: request.repository.id,
    title: request.title,
    description: request.description,
    state: request.state,
    source_branch: request.source,
    target_branch: request.target,
    force_remove_source_branch: request.removesSource,
    web_url: `${base}/${path}/-/merge_requests/${request.iid}`,
  };
}
