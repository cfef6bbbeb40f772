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

import { InputError } from '@backstage/errors';
import type { z } from 'zod/v3';

/**
 * @throws InputError whose message starts with the path of the first field
 *   that is wrong, such as `accelerators[0].devices: Expected number`.
 */
export function parseBody<Output>(
  schema: z.ZodType<Output, z.ZodTypeDef, unknown>,
  body: unknown,
): Output {
  const result = schema.safeParse(body);
  if (result.success) {
    return result.data;
  }
  throw new InputError(
    result.error.issues
      .map(issue =>
        issue.code === 'unrecognized_keys'
          ? `${pathOf([...issue.path, issue.keys[0]])}: there is no such field`
          : `${pathOf(issue.path)}: ${issue.message}`,
      )
      .join('; '),
  );
}

function pathOf(path: (string | number)[]): string {
  return (
    path
      .map((part, index) =>
        typeof part === 'number'
          ? `[${part}]`
          : `${index > 0 ? '.' : ''}${part}`,
      )
      .join('') || 'body'
  );
}
