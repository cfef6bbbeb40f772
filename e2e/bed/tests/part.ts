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
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Ledger } from '../src/Ledger';
import type { PartName, Parts } from '../src/parts';

/**
 * A part of the tests, timed, that needs real programs. Where the machine lacks
 * one it is skipped with a line that says which and why; in CI that is a
 * failure, since CI has all of them.
 */
export function part(
  title: string,
  options: { parts: Parts; ledger: Ledger; needs: readonly PartName[] },
  tests: () => void,
): void {
  const missing = options.needs.flatMap(name => {
    const needed = options.parts[name];
    return 'missing' in needed ? [`${needed.name} (${needed.missing})`] : [];
  });
  if (missing.length === 0) {
    describe(title, () => {
      let end = () => {};
      before(() => {
        end = options.ledger.begin(title);
      });
      after(() => end());
      tests();
    });
    return;
  }
  const why = `without ${missing.join(' and ')}`;
  if (process.env.CI) {
    it(title, () => assert.fail(`In CI nothing is skipped: ${why}`));
  } else {
    it(title, { skip: why }, () => {});
  }
}
