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
import { listHeader } from './discovery';
import type { KubeObject } from './objects';
import { apiVersionOf, type ResourceType } from './resourceTypes';
import { fieldSelector, labelSelector } from './selectors';
import { ApiError } from './status';
import type { ObjectStore } from './store';

export interface Scope {
  type: ResourceType;
  /** The version the client asked for. */
  version: string;
  namespace?: string;
}

/** Whether an object is in the namespace and passes the query's selectors. */
export function selection(
  scope: Scope,
  query: URLSearchParams,
): (object: KubeObject) => boolean {
  const labels = labelSelector(query.get('labelSelector') ?? '');
  const fields = fieldSelector(query.get('fieldSelector') ?? '');
  return object =>
    (!scope.namespace || object.metadata.namespace === scope.namespace) &&
    labels(object) &&
    fields(object);
}

/** An object in the version the client asked for. */
export function present(scope: Scope, object: KubeObject): KubeObject {
  const apiVersion = apiVersionOf(scope.type, scope.version);
  if (object.apiVersion === apiVersion) return object;
  const view: KubeObject = { ...object, apiVersion };
  if (scope.version === 'v1alpha1' && isObject(object.status)) {
    // Conversion drops what the older version has no field for.
    view.status = Object.fromEntries(
      Object.entries(object.status).filter(
        ([key]) => key !== 'workloads' && key !== 'appliedConfigs',
      ),
    );
  }
  return view;
}

/** One page of a list; `limit` and `continue` as the real one has them. */
export function list(
  store: ObjectStore,
  scope: Scope,
  query: URLSearchParams,
): JsonObject {
  const select = selection(scope, query);
  const start = readContinue(store, query.get('continue'));
  const limit = Number(query.get('limit') ?? 0);
  const candidates = store
    .list(scope.type, scope.namespace)
    .filter(
      object => select(object) && (!start || keyOf(object) > start.after),
    );
  const page = limit > 0 ? candidates.slice(0, limit) : candidates;
  const remaining = candidates.length - page.length;
  const version = start?.version ?? store.version;
  const token = remaining
    ? Buffer.from(
        JSON.stringify({ version, after: keyOf(page[page.length - 1]) }),
      ).toString('base64url')
    : undefined;
  return {
    ...listHeader(scope.type, scope.version),
    metadata: {
      resourceVersion: String(version),
      ...(token ? { continue: token, remainingItemCount: remaining } : {}),
    },
    items: page.map(object => present(scope, object)),
  };
}

function keyOf({ metadata }: KubeObject): string {
  return `${metadata.namespace ?? ''}/${metadata.name}`;
}

function readContinue(store: ObjectStore, token: string | null) {
  if (!token) return undefined;
  let read: { version: number; after: string };
  try {
    read = JSON.parse(Buffer.from(token, 'base64url').toString());
  } catch {
    throw new ApiError(400, 'continue key is not valid');
  }
  if (store.eventsSince(read.version) === undefined) {
    throw new ApiError(
      410,
      'The provided continue parameter is too old to display a consistent list result. List again without it.',
    );
  }
  return read;
}
