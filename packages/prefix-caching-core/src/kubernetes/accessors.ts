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

import type { KubernetesObject } from './types';

/** Whether a value is an object with keys, not a list. @public */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The value at a path, or `undefined` where anything on the way is missing or
 * of another shape. Clusters hold objects that violate their own schema, so
 * nothing is taken for granted.
 *
 * @public
 */
export function at(value: unknown, ...path: (string | number)[]): unknown {
  let current: unknown = value;
  for (const key of path) {
    if (Array.isArray(current) && typeof key === 'number') {
      current = current[key];
    } else if (isRecord(current) && Object.hasOwn(current, key)) {
      current = current[key];
    } else {
      return undefined;
    }
  }
  return current ?? undefined;
}

/**
 * The text at a path of an unknown value; `undefined` where there is none or something else.
 *
 * @public
 */
export function textAt(
  value: unknown,
  ...path: (string | number)[]
): string | undefined {
  const found = at(value, ...path);
  return typeof found === 'string' ? found : undefined;
}

/**
 * The number at a path of an unknown value; `undefined` where there is none or something else.
 *
 * @public
 */
export function numberAt(
  value: unknown,
  ...path: (string | number)[]
): number | undefined {
  const found = at(value, ...path);
  return typeof found === 'number' ? found : undefined;
}

/** The list at a path; empty where there is none. @public */
export function listAt(
  value: unknown,
  ...path: (string | number)[]
): unknown[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? found : [];
}

/** The object at a path; empty where there is none. @public */
export function recordAt(
  value: unknown,
  ...path: (string | number)[]
): Record<string, unknown> {
  const found = at(value, ...path);
  return isRecord(found) ? found : {};
}

/** The texts in a list; other members are left out. @public */
export function textsAt(
  value: unknown,
  ...path: (string | number)[]
): string[] {
  return listAt(value, ...path).filter(
    (member): member is string => typeof member === 'string',
  );
}

/** A map of texts, such as labels; other values are left out. @public */
export function textMapAt(
  value: unknown,
  ...path: (string | number)[]
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(recordAt(value, ...path)).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  );
}

/** The API group of an object, empty for the core group. @public */
export function groupOf(object: KubernetesObject): string {
  const slash = object.apiVersion.indexOf('/');
  return slash < 0 ? '' : object.apiVersion.slice(0, slash);
}

/** `Kind namespace/name`, as findings and evidence name an object. @public */
export function describeObject(object: KubernetesObject): string {
  const { name, namespace } = object.metadata;
  return `${object.kind} ${namespace ? `${namespace}/` : ''}${name}`;
}
