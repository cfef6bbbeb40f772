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

import { diffsOf, diffView } from './diffs';
import {
  findMergeRequest,
  mergeRequest,
  openMergeRequest,
  requestsOf,
} from './mergeRequests';
import { mergeRequestView } from './projectView';
import { DEFAULT_BRANCH } from './repositories';
import { paged, repositoryOf, text, type RestRoute } from './restCall';

export const mergeRequestRoutes: RestRoute[] = [
  {
    method: 'GET',
    pattern: '/projects/*/merge_requests',
    handle: async call => {
      const source = text(call, 'source_branch');
      const state = text(call, 'state');
      const requests = requestsOf(call.host.repositories, repositoryOf(call))
        .filter(request => !source || request.source === source)
        .filter(
          request => !state || state === 'all' || request.state === state,
        );
      return paged(
        call,
        requests.map(request => mergeRequestView(request, call.base)),
      );
    },
  },
  {
    method: 'POST',
    pattern: '/projects/*/merge_requests',
    handle: async call => {
      const request = await openMergeRequest(
        call.host.repositories,
        repositoryOf(call),
        {
          source: text(call, 'source_branch') ?? '',
          target: text(call, 'target_branch') ?? DEFAULT_BRANCH,
          title: text(call, 'title') ?? 'Untitled',
          description: text(call, 'description') ?? '',
          removesSource: text(call, 'remove_source_branch') === 'true',
        },
      );
      return { code: 201, json: mergeRequestView(request, call.base) };
    },
  },
  {
    method: 'GET',
    pattern: '/projects/*/merge_requests/*',
    handle: async call => {
      const { host, path } = call;
      const repository = repositoryOf(call);
      const found = findMergeRequest(host.repositories, repository, path[1]);
      const count = (await diffsOf(found)).length;
      return {
        json: {
          ...mergeRequestView(found, call.base),
          changes_count: count === 0 ? null : String(count),
        },
      };
    },
  },
  {
    method: 'GET',
    pattern: '/projects/*/merge_requests/*/diffs',
    handle: async call => {
      const { host, path } = call;
      const repository = repositoryOf(call);
      const found = findMergeRequest(host.repositories, repository, path[1]);
      return paged(call, (await diffsOf(found)).map(diffView));
    },
  },
  {
    method: 'PUT',
    pattern: '/projects/*/merge_requests/*',
    handle: async call => {
      const { host, path } = call;
      const repository = repositoryOf(call);
      const found = findMergeRequest(host.repositories, repository, path[1]);
      found.title = text(call, 'title') ?? found.title;
      found.description = text(call, 'description') ?? found.description;
      if (text(call, 'state_event') === 'close') found.state = 'closed';
      return { json: mergeRequestView(found, call.base) };
    },
  },
  {
    method: 'PUT',
    pattern: '/projects/*/merge_requests/*/merge',
    handle: async call => {
      const { host, path } = call;
      const repository = repositoryOf(call);
      const found = findMergeRequest(host.repositories, repository, path[1]);
      const remove = text(call, 'should_remove_source_branch');
      if (remove !== undefined) found.removesSource = remove === 'true';
      await mergeRequest(found);
      await host.branchMoved(repository, found.target);
      return { json: mergeRequestView(found, call.base) };
    },
  },
];
