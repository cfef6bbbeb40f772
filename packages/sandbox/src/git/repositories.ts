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

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { git } from './gitCommand';
import { GitHostError } from './gitError';
import type { GitNamespace } from './namespaces';

export const DEFAULT_BRANCH = 'main';

const NAME = /^[A-Za-z0-9_][A-Za-z0-9._-]*$/;

export interface Repository {
  id: number;
  owner: GitNamespace;
  name: string;
  visibility: string;
  createdAt: string;
  /** Where the bare repository is. */
  directory: string;
}

export interface MergeRequest {
  iid: number;
  repository: Repository;
  source: string;
  target: string;
  title: string;
  description: string;
  /** Whether merging it removes its source branch. */
  removesSource: boolean;
  state: 'opened' | 'merged' | 'closed';
  /** What it changed, once it is merged: its branch may be gone by then. */
  merged?: { base: string; head: string };
}

/** The bare repositories under one folder, and the merge requests between their branches. */
export class Repositories {
  /** The folder `git http-backend` serves. */
  readonly root: string;
  readonly mergeRequests: MergeRequest[] = [];
  readonly #repositories: Repository[] = [];

  constructor(root: string) {
    this.root = root;
  }

  async create(
    owner: GitNamespace,
    name: string,
    visibility: string,
  ): Promise<Repository> {
    if (!NAME.test(name) || name.endsWith('.git')) {
      throw new GitHostError(
        400,
        `path can contain only letters, digits, '_', '-' and '.'; got ${JSON.stringify(
          name,
        )}`,
      );
    }
    if (this.find(`${owner.path}/${name}`)) {
      throw new GitHostError(
        400,
        `project ${owner.path}/${name}: path has already been taken`,
      );
    }
    const directory = join(this.root, owner.path, `${name}.git`);
    await mkdir(directory, { recursive: true });
    await git(directory, ['init', '--bare', '-b', DEFAULT_BRANCH, '.']);
    await git(directory, ['config', 'http.receivepack', 'true']);
    const repository: Repository = {
      id: this.#repositories.length + 1,
      owner,
      name,
      visibility,
      createdAt: new Date().toISOString(),
      directory,
    };
    this.#repositories.push(repository);
    return repository;
  }

  /** By number or by `<owner>/<name>`. */
  find(idOrPath: string): Repository | undefined {
    return this.#repositories.find(
      repository =>
        String(repository.id) === idOrPath || pathOf(repository) === idOrPath,
    );
  }

  all(): Repository[] {
    return [...this.#repositories];
  }
}

export function pathOf(repository: Repository): string {
  return `${repository.owner.path}/${repository.name}`;
}
