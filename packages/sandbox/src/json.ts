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

/** A parsed JSON or YAML mapping. */
export type JsonObject = { [key: string]: unknown };

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value at a path of keys, or undefined where the path ends early. */
export function at(value: unknown, ...keys: (string | number)[]): unknown {
  let current = value;
  for (const key of keys) {
    if (Array.isArray(current) && typeof key === 'number') {
      current = current[key];
    } else if (isObject(current)) {
      current = current[key];
    } else {
      return undefined;
    }
  }
  return current === null ? undefined : current;
}

export function textAt(
  value: unknown,
  ...keys: (string | number)[]
): string | undefined {
  const found = at(value, ...keys);
  return typeof found === 'string' ? found : undefined;
}

export function numberAt(
  value: unknown,
  ...keys: (string | number)[]
): number | undefined {
  const found = at(value, ...keys);
  return typeof found === 'number' ? found : undefined;
}

/** The list at a path; empty where there is none. */
export function listAt(
  value: unknown,
  ...keys: (string | number)[]
): unknown[] {
  const found = at(value, ...keys);
  return Array.isArray(found) ? found : [];
}

/** The mapping at a path; empty where there is none. */
export function objectAt(
  value: unknown,
  ...keys: (string | number)[]
): JsonObject {
  const found = at(value, ...keys);
  return isObject(found) ? found : {};
}

/** Only the entries whose value is a string: labels, annotations, matchLabels. */
export function stringsAt(
  value: unknown,
  ...keys: (string | number)[]
): Record<string, string> {
  const result: Record<string, string> = {};
  for (const [key, entry] of Object.entries(objectAt(value, ...keys))) {
    if (typeof entry === 'string') result[key] = entry;
  }
  return result;
}
