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

import { isObject, type JsonObject } from '../json';
import type { GitNamespaces } from './namespaces';
import type { Repositories, Repository } from './repositories';
import { missing } from './gitError';

/** What a REST handler gets: query and body are one set of parameters. */
export interface RestCall {
  /** Decoded path parameters, in order. */
  path: string[];
  parameters: JsonObject;
  /** `http://<host>` as the client sees it. */
  base: string;
  host: GitHost;
}

export interface GitHost {
  namespaces: GitNamespaces;
  repositories: Repositories;
  /** To be called when a branch has moved. */
  branchMoved(repository: Repository, branch: string): Promise<void>;
}

export type RestAnswer =
  | { code?: number; json: unknown; headers?: Record<string, string> }
  | { raw: Buffer; contentType: string; headers?: Record<string, string> };

export interface RestRoute {
  method: string;
  /** Segments after `/api/v4`; `*` takes one, encoded slashes and all. */
  pattern: string;
  handle(call: RestCall): Promise<RestAnswer>;
}

export function repositoryOf({ host, path }: RestCall): Repository {
  const repository = host.repositories.find(path[0]);
  if (!repository) throw missing('Project');
  return repository;
}

/** A parameter as text; undefined when absent. */
export function text(call: RestCall, name: string): string | undefined {
  const value = call.parameters[name];
  if (value === undefined || value === null || isObject(value))
    return undefined;
  return String(value);
}

/** One page of a list, with the headers clients page by. */
export function paged(call: RestCall, items: unknown[]): RestAnswer {
  const size = Math.min(100, Number(text(call, 'per_page') ?? 20));
  const page = Math.max(1, Number(text(call, 'page') ?? 1));
  const pages = Math.max(1, Math.ceil(items.length / size));
  return {
    json: items.slice((page - 1) * size, page * size),
    headers: {
      'x-page': `${page}`,
      'x-per-page': `${size}`,
      'x-total': `${items.length}`,
      'x-total-pages': `${pages}`,
      'x-next-page': page < pages ? `${page + 1}` : '',
      'x-prev-page': page > 1 ? `${page - 1}` : '',
    },
  };
}
