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

import type { ObjectStore } from '../api';
import { settingsReader } from '../cluster';
import { listAt, textAt } from '../json';

export interface GitNamespace {
  id: number;
  name: string;
  path: string;
  full_path: string;
  kind: 'user' | 'group';
}

/** Who may own repositories, and with which token; from the ConfigMap `sandbox-git`. */
export class GitNamespaces {
  readonly #settings: () => unknown;

  static create(store: ObjectStore): GitNamespaces {
    return new GitNamespaces(store);
  }

  private constructor(store: ObjectStore) {
    this.#settings = settingsReader(store, 'sandbox-git', 'git.yaml');
  }

  get token(): string {
    return textAt(this.#settings(), 'token') ?? 'sandbox-git';
  }

  /** The user behind the token. */
  user(): GitNamespace {
    return namespace(1, textAt(this.#settings(), 'user') ?? 'sandbox', 'user');
  }

  all(): GitNamespace[] {
    const groups = listAt(this.#settings(), 'groups').map((name, index) =>
      namespace(index + 2, String(name), 'group'),
    );
    return [this.user(), ...groups];
  }

  find(idOrPath: string): GitNamespace | undefined {
    return this.all().find(
      candidate =>
        String(candidate.id) === idOrPath || candidate.path === idOrPath,
    );
  }
}

function namespace(
  id: number,
  path: string,
  kind: GitNamespace['kind'],
): GitNamespace {
  return { id, name: path, path, full_path: path, kind };
}
