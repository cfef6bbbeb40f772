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

import { commitTree, removeBranch, resolveRef, updateBranch } from './content';
import { git } from './gitCommand';
import { GitHostError, missing } from './gitError';
import type { MergeRequest, Repositories, Repository } from './repositories';

export async function openMergeRequest(
  repositories: Repositories,
  repository: Repository,
  wanted: Pick<
    MergeRequest,
    'source' | 'target' | 'title' | 'description' | 'removesSource'
  >,
): Promise<MergeRequest> {
  for (const branch of [wanted.source, wanted.target]) {
    if (!(await resolveRef(repository, `refs/heads/${branch}`))) {
      throw new GitHostError(400, `Branch ${branch} does not exist`);
    }
  }
  const others = requestsOf(repositories, repository);
  const twin = others.find(
    ({ state, source, target }) =>
      state === 'opened' &&
      source === wanted.source &&
      target === wanted.target,
  );
  if (twin) {
    throw new GitHostError(
      409,
      `Another open merge request already exists for this source branch: !${twin.iid}`,
    );
  }
  const request: MergeRequest = {
    ...wanted,
    repository,
    iid: others.length + 1,
    state: 'opened',
  };
  repositories.mergeRequests.push(request);
  return request;
}

export function requestsOf(repositories: Repositories, repository: Repository) {
  return repositories.mergeRequests.filter(
    request => request.repository === repository,
  );
}

export function findMergeRequest(
  repositories: Repositories,
  repository: Repository,
  iid: string,
): MergeRequest {
  const found = requestsOf(repositories, repository).find(
    request => String(request.iid) === iid,
  );
  if (!found) throw missing('Merge Request');
  return found;
}

/** The commits between which a request's changes lie; undefined when a branch is gone. */
export async function rangeOf(
  request: MergeRequest,
): Promise<{ base: string; head: string } | undefined> {
  const { repository, source, target, merged } = request;
  if (merged) return merged;
  const head = await resolveRef(repository, `refs/heads/${source}`);
  const ours = await resolveRef(repository, `refs/heads/${target}`);
  if (!head || !ours) return undefined;
  const base = await git(repository.directory, ['merge-base', ours, head]);
  return { base: base.toString().trim(), head };
}

/**
 * Merges the source branch into the target, and removes it where the request
 * says so; refuses a conflict, and a branch that has nothing to merge.
 */
export async function mergeRequest(request: MergeRequest): Promise<void> {
  const { repository, source, target } = request;
  if (request.state !== 'opened') {
    throw new GitHostError(405, `Merge request !${request.iid} is not open`);
  }
  const range = await rangeOf(request);
  const ours = await resolveRef(repository, `refs/heads/${target}`);
  if (!range || !ours) throw missing('Branch');
  if (range.base === range.head) {
    throw new GitHostError(
      405,
      `Merge request !${request.iid} cannot be merged: ${source} has no commit that ${target} lacks`,
    );
  }
  let tree: Buffer;
  try {
    tree = await git(repository.directory, [
      'merge-tree',
      '--write-tree',
      ours,
      range.head,
    ]);
  } catch {
    throw new GitHostError(
      406,
      `${source} conflicts with ${target}; rebase it and try again`,
    );
  }
  const message = `Merge branch '${source}' into '${target}'\n\n${request.title}\n`;
  const commit = await commitTree(
    repository,
    tree.toString().trim().split('\n')[0],
    [ours, range.head],
    message,
  );
  await updateBranch(repository, target, commit);
  request.state = 'merged';
  request.merged = range;
  if (request.removesSource) await removeBranch(repository, source);
}
