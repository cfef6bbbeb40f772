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

import type {
  Gap,
  KubernetesObject,
  ObservedKind,
} from 'backstage-plugin-prefix-caching-common/core';
import { failureOf, listingGap } from './gaps';
import { collectionPath, isName, objectPath } from './paths';
import { projectObject } from './projectObject';
import type { HttpResult, ListOptions, Listing } from './types';

/** Objects asked for at once. */
export const PAGE_SIZE = 500;

/** Pages of one collection before it is given up: 100,000 objects. */
const MAX_PAGES = 200;

/** GETs a path of the API server, with its query. */
export type GetPath = (
  path: string,
  signal?: AbortSignal,
) => Promise<HttpResult>;

type Part = { objects: KubernetesObject[]; gaps: Gap[] };

/** Reads kinds of one cluster, page by page, in the version it serves. */
export class ObjectLister {
  readonly #cluster: string;
  readonly #get: GetPath;
  /** The version that answered, so that a second run asks once. */
  readonly #served = new Map<ObservedKind, string>();

  static create(cluster: string, get: GetPath) {
    return new ObjectLister(cluster, get);
  }

  private constructor(cluster: string, get: GetPath) {
    this.#cluster = cluster;
    this.#get = get;
  }

  /** The whole cluster, or, where that is refused, namespace by namespace. */
  async list(kind: ObservedKind, options: ListOptions): Promise<Listing> {
    const everything = await this.#listServed(kind, options);
    const refused = everything.gaps.some(gap => gap.reason === 'forbidden');
    const { fallbackNamespaces } = options;
    if (!refused || !kind.namespaced || fallbackNamespaces.length === 0) {
      return { kind, ...everything };
    }
    const parts: Part[] = [];
    for (const namespace of fallbackNamespaces) {
      parts.push(await this.#listServed(kind, options, namespace));
    }
    return {
      kind,
      objects: parts.flatMap(part => part.objects),
      gaps: parts.flatMap(part => part.gaps),
    };
  }

  async getNamed(
    kind: ObservedKind,
    namespace: string,
    name: string,
    signal?: AbortSignal,
  ): Promise<Listing> {
    const [version] = kind.versions;
    if (!isName(name)) {
      // Tenants write references; one that names nothing is theirs to mend.
      const message = `'${name.slice(0, 100)}' is not a Kubernetes name`;
      const gap = { reason: 'invalid' as const, message };
      return {
        kind,
        objects: [],
        gaps: [listingGap(kind, this.#cluster, gap, namespace)],
      };
    }
    const result = await this.#get(
      objectPath(kind, version, namespace, name),
      signal,
    );
    if (result.ok && result.status === 404) {
      return { kind, objects: [], gaps: [] };
    }
    const failure = failureOf(result);
    const object = result.ok && !failure ? parseObject(result.body) : undefined;
    return object
      ? { kind, objects: [projectObject(object, kind, version)], gaps: [] }
      : {
          kind,
          objects: [],
          gaps: [
            listingGap(
              kind,
              this.#cluster,
              failure ?? { reason: 'invalid', message: 'not a JSON object' },
              namespace,
            ),
          ],
        };
  }

  /** In the first version of the kind that the cluster serves. */
  async #listServed(
    kind: ObservedKind,
    options: ListOptions,
    namespace?: string,
  ): Promise<Part> {
    const served = this.#served.get(kind);
    const versions = served ? [served] : kind.versions;
    let part: Part = { objects: [], gaps: [] };
    for (const version of versions) {
      part = await this.#listVersion(kind, version, options, namespace);
      if (!part.gaps.some(gap => gap.reason === 'not-installed')) {
        this.#served.set(kind, version);
        return part;
      }
    }
    // An upgrade may have taken the version away: start with the best again.
    this.#served.delete(kind);
    return part;
  }

  async #listVersion(
    kind: ObservedKind,
    version: string,
    options: ListOptions,
    namespace?: string,
  ): Promise<Part> {
    const path = collectionPath(kind, version, namespace);
    const objects: KubernetesObject[] = [];
    const broken = (failure: Parameters<typeof listingGap>[2]): Part => ({
      // Half a collection is worse than none: absence would be believed.
      objects: [],
      gaps: [listingGap(kind, this.#cluster, failure, namespace)],
    });

    let continueToken = '';
    let restarted = false;
    for (let page = 0; page < MAX_PAGES; page++) {
      const query = new URLSearchParams({ limit: String(PAGE_SIZE) });
      if (continueToken) {
        query.set('continue', continueToken);
      }
      const result = await this.#get(`${path}?${query}`, options.signal);
      if (result.ok && result.status === 410 && !restarted) {
        // The continue token outlived the API server's history: once more.
        restarted = true;
        continueToken = '';
        objects.length = 0;
        continue;
      }
      const failure = failureOf(result);
      if (failure) {
        return broken(failure);
      }
      const list = result.ok ? parseList(result.body) : undefined;
      if (!list) {
        return broken({
          reason: 'invalid',
          message: 'the answer is not a Kubernetes list',
        });
      }
      for (const item of list.items) {
        objects.push(projectObject(item, kind, version));
      }
      continueToken = list.continueToken;
      if (!continueToken) {
        return { objects, gaps: [] };
      }
    }
    return broken({
      reason: 'too-large',
      message: `more than ${MAX_PAGES * PAGE_SIZE} objects`,
    });
  }
}

function parseList(
  body: string,
): { items: unknown[]; continueToken: string } | undefined {
  const parsed = parseObject(body) as
    | { items?: unknown; metadata?: { continue?: string } }
    | undefined;
  // A Go server writes an empty list as null.
  const items = parsed?.items === null ? [] : parsed?.items;
  return Array.isArray(items)
    ? { items, continueToken: parsed?.metadata?.continue ?? '' }
    : undefined;
}

function parseObject(body: string): object | undefined {
  try {
    const parsed: unknown = JSON.parse(body);
    return typeof parsed === 'object' && parsed ? parsed : undefined;
  } catch {
    return undefined;
  }
}
