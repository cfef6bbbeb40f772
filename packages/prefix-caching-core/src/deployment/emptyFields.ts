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

import { isRecord } from '../kubernetes';

function clean(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(clean);
  }
  return isRecord(value)
    ? Object.fromEntries(
        Object.entries(value)
          .filter(
            ([, member]) =>
              member !== '' && member !== undefined && member !== null,
          )
          .map(([key, member]) => [key, clean(member)]),
      )
    : value;
}

/** A form sends an empty text for a field that was left out. */
export function withoutEmptyFields<T>(plan: T): T {
  return clean(plan) as T;
}
