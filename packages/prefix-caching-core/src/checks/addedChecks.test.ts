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

import { DuplicateCheckError, withAddedChecks } from './addedChecks';
import { CHECKS } from './catalogue';

const [known] = CHECKS;
const added = (id: string) => ({ ...known, id });

describe('checks that other teams add', () => {
  it('come after those of the catalogue', () => {
    const own = added('acme.quota');
    expect(withAddedChecks([own])).toEqual([...CHECKS, own]);
    expect(withAddedChecks()).toEqual(CHECKS);
  });

  it.each([
    ['of the catalogue', [known.id], known.id],
    [
      'of another one that is added',
      ['acme.quota', 'acme.quota'],
      'acme.quota',
    ],
    [
      'of the way back to the catalog',
      ['ownership.back-reference'],
      'ownership.back-reference',
    ],
  ])(
    'may not have the id %s, and learn how to name themselves',
    (_, ids, taken) => {
      const name = taken.split('.')[1];
      expect(() => withAddedChecks(ids.map(added))).toThrow(
        expect.objectContaining({
          name: 'DuplicateCheckError',
          message: `There is a check '${taken}' already. Expected an id that no check has; begin it with your team's or company's name, as in 'acme.${name}'.`,
        }),
      );
    },
  );

  it('learn it also of an id without a point', () => {
    expect(new DuplicateCheckError('quota').message).toContain(
      "as in 'acme.quota'.",
    );
  });
});
