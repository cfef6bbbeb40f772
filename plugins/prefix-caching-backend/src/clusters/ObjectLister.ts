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
import { failureOf, listingGap, type HttpFailure } from './gaps';
import { parseList, parseObject } from './parseAnswers';
import { collectionPath, isName, objectPath } from './paths';
import { projectObject } from './projectObject';
import type {
  CollectionReading,
  HttpResult,
  ListOptions,
  Listing,
} from './types';

/** Objects asked for at once. */
export const PAGE_SIZE = 500;

/** Where a page of the usual size is above the byte limit. */
const SMALL_PAGE_SIZE = 25;

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
    const { fallbackNamespaces, signal } = options;
    const everything = this.#partOf(kind, await this.read(kind, { signal }));
    const refused = everything.gaps.some(gap => gap.reason === 'forbidden');
    if (!refused || !kind.namespaced || fallbackNamespaces.length === 0) {
      return { kind, ...everything };
    }
    const parts: Part[] = [];
    for (const namespace of fallbackNamespaces) {
      const reading = await this.read(kind, { namespace, signal });
      parts.push(this.#partOf(kind, reading, namespace));
    }
    return {
      kind,
      objects: parts.flatMap(part => part.objects),
      gaps: parts.flatMap(part => part.gaps),
    };
  }

  /** One scope of a kind, in the first version of it that the cluster serves. */
  async read(
    kind: ObservedKind,
    scope: { namespace?: string; signal?: AbortSignal },
  ): Promise<CollectionReading> {
    const served = this.#served.get(kind);
    const versions = served ? [served] : kind.versions;
    let reading: CollectionReading | undefined;
    for (const version of versions) {
      reading = await this.#readVersion(kind, version, scope);
      if (reading.ok || reading.failure.reason !== 'not-installed') {
        this.#served.set(kind, version);
        return reading;
      }
    }
    // An upgrade may have taken the version away: start with the best again.
    this.#served.delete(kind);
    return reading ?? broken('invalid', `no version of ${kind.kind} is known`);
  }

  async getNamed(
    kind: ObservedKind,
    namespace: string,
    name: string,
    signal?: AbortSignal,
  ): Promise<Listing> {
    const [version] = kind.versions;
    const without = (failure: HttpFailure): Listing => ({
      kind,
      objects: [],
      gaps: [listingGap(kind, this.#cluster, failure, namespace)],
    });
    if (!isName(name)) {
      // Tenants write references; one that names nothing is theirs to mend.
      const message = `'${name.slice(0, 100)}' is not a Kubernetes name`;
      return without({ reason: 'invalid', message });
    }
    const result = await this.#get(
      objectPath(kind, version, namespace, name),
      signal,
    );
    if (result.ok && result.status === 404) {
      return { kind, objects: [], gaps: [] };
    }
    const failure = failureOf(result);
    const object =
      result.ok && !failure
        ? projectObject(parseObject(result.body), kind, version)
        : undefined;
    return object
      ? { kind, objects: [object], gaps: [] }
      : without(failure ?? { reason: 'invalid', message: 'no object at all' });
  }

  #partOf(
    kind: ObservedKind,
    reading: CollectionReading,
    namespace?: string,
  ): Part {
    return reading.ok
      ? { objects: reading.objects, gaps: [] }
      : {
          objects: [],
          gaps: [listingGap(kind, this.#cluster, reading.failure, namespace)],
        };
  }

  /** All pages or none: half a collection is worse, absence would be believed. */
  async #readVersion(
    kind: ObservedKind,
    version: string,
    scope: { namespace?: string; signal?: AbortSignal },
  ): Promise<CollectionReading> {
    const path = collectionPath(kind, version, scope.namespace);
    const objects: KubernetesObject[] = [];
    let continueToken = '';
    let pageSize = PAGE_SIZE;
    let restarted = false;
    const startOver = () => {
      continueToken = '';
      objects.length = 0;
    };
    for (let page = 0; page < MAX_PAGES; page++) {
      const query = new URLSearchParams({ limit: String(pageSize) });
      if (continueToken) {
        query.set('continue', continueToken);
      }
      const result = await this.#get(`${path}?${query}`, scope.signal);
      if (result.ok && result.status === 410 && !restarted) {
        // The continue token outlived the API server's history: once more.
        restarted = true;
        startOver();
        continue;
      }
      const failure = failureOf(result);
      if (failure?.reason === 'too-large' && pageSize === PAGE_SIZE) {
        pageSize = SMALL_PAGE_SIZE;
        startOver();
        continue;
      }
      if (failure) {
        return { ok: false, failure };
      }
      const list = result.ok ? parseList(result.body) : undefined;
      if (!list) {
        return broken('invalid', 'the answer is not a Kubernetes list');
      }
      for (const item of list.items) {
        const object = projectObject(item, kind, version);
        if (object) objects.push(object);
      }
      continueToken = list.continueToken;
      if (!continueToken) {
        const { resourceVersion } = list;
        return { ok: true, objects, version, resourceVersion };
      }
    }
    return broken(
      'too-large',
      `more than ${MAX_PAGES * pageSize} objects in pages of ${pageSize}`,
    );
  }
}

function broken(
  reason: HttpFailure['reason'],
  message: string,
): CollectionReading {
  return { ok: false, failure: { reason, message } };
}
