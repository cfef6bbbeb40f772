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

import { GitHostError, missing } from './gitError';
import { projectView } from './projectView';
import {
  paged,
  repositoryOf,
  text,
  type RestCall,
  type RestRoute,
} from './restCall';

/** Namespaces, users, groups and projects. */
export const projectRoutes: RestRoute[] = [
  {
    method: 'GET',
    pattern: '/version',
    handle: async () => ({ json: { version: '17.0.0-sandbox' } }),
  },
  {
    method: 'GET',
    pattern: '/user',
    handle: async ({ host }) => ({
      json: userView(host.namespaces.user().path),
    }),
  },
  {
    method: 'GET',
    pattern: '/users',
    handle: async call => {
      const user = userView(call.host.namespaces.user().path);
      const wanted = text(call, 'username');
      const users = !wanted || wanted === user.username ? [user] : [];
      return paged(call, users);
    },
  },
  {
    method: 'GET',
    pattern: '/namespaces',
    handle: async call => paged(call, searched(call, namespaces(call))),
  },
  {
    method: 'GET',
    pattern: '/namespaces/*',
    handle: async ({ host, path }) => {
      const namespace = host.namespaces.find(path[0]);
      if (!namespace) throw missing('Namespace');
      return { json: namespace };
    },
  },
  {
    method: 'GET',
    pattern: '/groups',
    handle: async call =>
      paged(
        call,
        searched(
          call,
          namespaces(call).filter(({ kind }) => kind === 'group'),
        ),
      ),
  },
  {
    method: 'GET',
    pattern: '/groups/*',
    handle: async ({ host, path }) => {
      const group = host.namespaces.find(path[0]);
      if (group?.kind !== 'group') throw missing('Group');
      return { json: group };
    },
  },
  ...['users', 'groups'].map(
    (kind): RestRoute => ({
      method: 'GET',
      pattern: `/${kind}/*/projects`,
      handle: async call => {
        const owner = call.host.namespaces.find(call.path[0]);
        if (!owner) throw missing('Namespace');
        return paged(call, projects(call, owner.path));
      },
    }),
  ),
  {
    method: 'GET',
    pattern: '/projects',
    handle: async call => paged(call, projects(call)),
  },
  {
    method: 'POST',
    pattern: '/projects',
    handle: async call => {
      const { host, base } = call;
      const id = text(call, 'namespace_id');
      const owner = id ? host.namespaces.find(id) : host.namespaces.user();
      if (!owner) throw new GitHostError(400, `namespace ${id} is not valid`);
      const name = text(call, 'path') ?? text(call, 'name');
      if (!name) throw new GitHostError(400, 'name or path is missing');
      const visibility = text(call, 'visibility') ?? 'private';
      const created = await host.repositories.create(owner, name, visibility);
      return { code: 201, json: projectView(created, base) };
    },
  },
  {
    method: 'GET',
    pattern: '/projects/*',
    handle: async call => ({
      json: projectView(repositoryOf(call), call.base),
    }),
  },
];

function userView(username: string) {
  return { id: 1, username, name: username, state: 'active' };
}

function namespaces(call: RestCall) {
  return call.host.namespaces.all();
}

function projects(call: RestCall, owner?: string) {
  const search = text(call, 'search') ?? '';
  return call.host.repositories
    .all()
    .filter(
      repository =>
        (!owner || repository.owner.path === owner) &&
        repository.name.includes(search),
    )
    .map(repository => projectView(repository, call.base));
}

function searched<T extends { path: string }>(call: RestCall, items: T[]): T[] {
  const search = text(call, 'search') ?? '';
  return items.filter(({ path }) => path.includes(search));
}
