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

import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

/** @throws InputError that names a key which is not allowed, and those that are. */
export function checkKeys(
  path: string,
  value: unknown,
  allowed: readonly string[],
): void {
  if (value === undefined) {
    return;
  }
  if (!isObject(value)) {
    throw new InputError(
      `${path} must be an object with any of the keys ${allowed.join(', ')}`,
    );
  }
  for (const key of Object.keys(value)) {
    if (!allowed.includes(key)) {
      throw new InputError(
        `${path}.${key} is not known; expected one of ${allowed.join(', ')}`,
      );
    }
  }
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** One of some words; the first is the default. */
export function readChoice<T extends string>(
  config: Config | undefined,
  path: string,
  key: string,
  choices: readonly [T, ...T[]],
): T {
  const value = config?.getOptionalString(key);
  if (value === undefined) {
    return choices[0];
  }
  const chosen = choices.find(choice => choice === value);
  if (!chosen) {
    throw new InputError(
      `${path} is '${value}'; expected one of ${choices.join(', ')}`,
    );
  }
  return chosen;
}
