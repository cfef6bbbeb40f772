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

import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { requesterOf } from '../router/requester';

export interface VisibleEntitiesOptions {
  catalog: CatalogService;
  now?: () => number;
}

/** How long it is believed what one user may see: paging asks nothing twice. */
const BELIEVED_MS = 10_000;

/** Refs in one question to the catalog. */
const PAGE = 1_000;

/** Users whose answers are kept. */
const MAX_USERS = 200;

interface Answer {
  at: number;
  asked: Set<string>;
  visible: Promise<Set<string>>;
}

/** Which of many entities the one who asks may see, by the catalog's word. */
export class VisibleEntities {
  readonly #catalog: CatalogService;
  readonly #now: () => number;
  readonly #answers = new Map<string, Answer>();

  static create(options: VisibleEntitiesOptions) {
    return new VisibleEntities(options);
  }

  private constructor(options: VisibleEntitiesOptions) {
    this.#catalog = options.catalog;
    this.#now = options.now ?? (() => Date.now());
  }

  /** Those of `entityRefs` that `credentials` may see. */
  async of(
    entityRefs: readonly string[],
    credentials: BackstageCredentials,
  ): Promise<ReadonlySet<string>> {
    const user = requesterOf(credentials);
    const known = this.#answers.get(user);
    if (
      known &&
      this.#now() - known.at < BELIEVED_MS &&
      entityRefs.every(ref => known.asked.has(ref))
    ) {
      return known.visible;
    }
    const visible = this.#ask(entityRefs, credentials);
    this.#answers.delete(user);
    this.#answers.set(user, {
      at: this.#now(),
      asked: new Set(entityRefs),
      visible,
    });
    for (const oldest of this.#answers.keys()) {
      if (this.#answers.size <= MAX_USERS) break;
      this.#answers.delete(oldest);
    }
    try {
      return await visible;
    } catch (error) {
      this.#answers.delete(user);
      throw error;
    }
  }

  async #ask(
    entityRefs: readonly string[],
    credentials: BackstageCredentials,
  ): Promise<Set<string>> {
    const visible = new Set<string>();
    for (let start = 0; start < entityRefs.length; start += PAGE) {
      const { items } = await this.#catalog.getEntitiesByRefs(
        {
          entityRefs: entityRefs.slice(start, start + PAGE),
          fields: ['kind', 'metadata.name', 'metadata.namespace'],
        },
        { credentials },
      );
      for (const entity of items) {
        if (entity) visible.add(stringifyEntityRef(entity));
      }
    }
    return visible;
  }
}
