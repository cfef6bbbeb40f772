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

import { BACK_REFERENCE } from './backReference';
import { CHECKS } from './catalogue';
import type { Check } from './types';

/** An added check has the id of another one. @public */
export class DuplicateCheckError extends Error {
  constructor(id: string) {
    super(
      `There is a check '${id}' already. Expected an id that no check has; begin it with your team's or company's name, as in 'acme.${
        id.split('.').pop() ?? id
      }'.`,
    );
    this.name = 'DuplicateCheckError';
  }
}

/**
 * The catalogue's checks and, after them, those that other teams add.
 *
 * @throws DuplicateCheckError when an added one has an id that is taken, by the
 * catalogue or by another added one.
 * @public
 */
export function withAddedChecks(added: readonly Check[] = []): Check[] {
  const taken = new Set([...CHECKS.map(({ id }) => id), BACK_REFERENCE]);
  for (const { id } of added) {
    if (taken.has(id)) throw new DuplicateCheckError(id);
    taken.add(id);
  }
  return [...CHECKS, ...added];
}
