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

import { CHECKS } from './checks';
import { DOCUMENT_COMPONENTS, DOCUMENT_STEPS } from './referenceDocument';

const ids = CHECKS.map(({ id }) => id);

describe('the reference document', () => {
  it('has eight steps, and every check but KServe’s own status shows one of them', () => {
    expect(DOCUMENT_STEPS.map(({ number }) => number)).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8,
    ]);
    expect(DOCUMENT_STEPS.flatMap(({ checks }) => checks).sort()).toEqual(
      ids.filter(id => id !== 'status.conditions').sort(),
    );
  });

  it('has five components, and each holds the checks of its own', () => {
    for (const { component, checks, requirement } of DOCUMENT_COMPONENTS) {
      const own = CHECKS.filter(check => check.component === component);
      expect(checks).toEqual(own.map(({ id }) => id));
      // Advice may stand beside what the document marks, and never instead of it.
      expect(
        new Set(
          own.map(check => check.requirement).filter(each => each !== 'advice'),
        ),
      ).toEqual(new Set([requirement]));
    }
    expect(DOCUMENT_COMPONENTS).toHaveLength(5);
  });
});
