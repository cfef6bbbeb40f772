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

import { readFileSync, writeFileSync } from 'fs';
import path from 'path';
import { CHECKS } from './catalogue';
import { describeChecks } from './catalogueDocument';
import { CHECK_GUIDES } from './checkGuides';

const page = path.resolve(__dirname, '../../../../docs/checks.md');

describe('docs/checks.md', () => {
  it('describes the checks as they are; run this test with UPDATE_DOCS=1 to rewrite it', () => {
    if (process.env.UPDATE_DOCS) writeFileSync(page, describeChecks());
    expect(readFileSync(page, 'utf8')).toBe(describeChecks());
  });

  it('has a guide for each check and for nothing else', () => {
    expect(Object.keys(CHECK_GUIDES)).toEqual(CHECKS.map(({ id }) => id));
  });

  it('names no object of anybody', () => {
    expect(describeChecks()).not.toMatch(
      /SERVICENAME|SERVICENAMESPACE|GATEWAY(NAME|NAMESPACE)|undefined/,
    );
  });
});
