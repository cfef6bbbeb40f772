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

import { readFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.resolve(__dirname, '../../..');

function read(file: string): string {
  return readFileSync(path.join(ROOT, file), 'utf8');
}

describe('docs/stories.md', () => {
  it('lists the stories that are walked in a browser, and no others', () => {
    const walked = [
      ...read('packages/app/e2e-tests/stories.test.ts').matchAll(
        /^test\('([^']+)'/gm,
      ),
    ].map(([, title]) => title);
    const listed = [...read('docs/stories.md').matchAll(/^- (.+)$/gm)].map(
      ([, title]) => title,
    );
    expect(walked.length).toBeGreaterThan(10);
    expect(listed).toEqual(walked);
  });
});
