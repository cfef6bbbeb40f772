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
import { ApiError } from './status';

/** RFC 7386. Strategic merge patches are treated the same, but for lists of containers and environment. */
export function mergePatch(
  target: unknown,
  patch: unknown,
  byName = false,
): unknown {
  if (byName && isNamedList(target) && isNamedList(patch)) {
    return mergeNamed(target, patch);
  }
  if (!isObject(patch)) return patch;
  const result: JsonObject = isObject(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key];
    else result[key] = mergePatch(result[key], value, byName);
  }
  return result;
}

type Named = JsonObject & { name: string };

function isNamedList(value: unknown): value is Named[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every(item => isObject(item) && typeof item.name === 'string')
  );
}

function mergeNamed(target: Named[], patch: Named[]): unknown[] {
  const result: unknown[] = target.map(item => {
    const change = patch.find(candidate => candidate.name === item.name);
    return change ? mergePatch(item, change, true) : item;
  });
  const known = new Set(target.map(item => item.name));
  for (const item of patch) if (!known.has(item.name)) result.push(item);
  return result;
}

/** RFC 6902. */
export function jsonPatch(document: unknown, operations: unknown): unknown {
  if (!Array.isArray(operations)) {
    throw new ApiError(400, 'a JSON patch must be a list of operations');
  }
  let result = structuredClone(document);
  for (const operation of operations) {
    if (!isObject(operation) || typeof operation.path !== 'string') {
      throw new ApiError(
        400,
        'each JSON patch operation needs "op" and "path"',
      );
    }
    result = applyOperation(result, operation, operation.path);
  }
  return result;
}

function applyOperation(root: unknown, step: JsonObject, path: string) {
  const keys = pointer(path);
  switch (step.op) {
    case 'add':
      return set(root, keys, step.value, true);
    case 'replace':
      read(root, keys, path);
      return set(root, keys, step.value, false);
    case 'remove':
      read(root, keys, path);
      return unset(root, keys);
    case 'test':
      if (
        JSON.stringify(read(root, keys, path)) !== JSON.stringify(step.value)
      ) {
        throw new ApiError(422, `testing value ${path} failed`);
      }
      return root;
    case 'copy':
    case 'move': {
      const from = pointer(String(step.from));
      const value = structuredClone(read(root, from, String(step.from)));
      const base = step.op === 'move' ? unset(root, from) : root;
      return set(base, keys, value, true);
    }
    default:
      throw new ApiError(400, `unknown JSON patch operation "${step.op}"`);
  }
}

function pointer(path: string): string[] {
  return path
    .split('/')
    .slice(1)
    .map(key => key.replace(/~1/g, '/').replace(/~0/g, '~'));
}

function read(root: unknown, keys: string[], path: string): unknown {
  let current = root;
  for (const key of keys) {
    if (Array.isArray(current)) current = current[Number(key)];
    else if (isObject(current)) current = current[key];
    else current = undefined;
  }
  if (current === undefined) {
    throw new ApiError(
      422,
      `the JSON patch names ${path}, which does not exist`,
    );
  }
  return current;
}

function set(root: unknown, keys: string[], value: unknown, insert: boolean) {
  if (keys.length === 0) return value;
  const parent = read(root, keys.slice(0, -1), keys.join('/'));
  const last = keys[keys.length - 1];
  if (Array.isArray(parent)) {
    const index = last === '-' ? parent.length : Number(last);
    parent.splice(index, insert ? 0 : 1, value);
  } else if (isObject(parent)) {
    parent[last] = value;
  }
  return root;
}

function unset(root: unknown, keys: string[]) {
  const parent = read(root, keys.slice(0, -1), keys.join('/'));
  const last = keys[keys.length - 1];
  if (Array.isArray(parent)) parent.splice(Number(last), 1);
  else if (isObject(parent)) delete parent[last];
  return root;
}
