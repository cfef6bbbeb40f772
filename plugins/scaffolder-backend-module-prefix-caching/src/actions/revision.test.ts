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

import { revisionOf } from './revision';

describe('the revision of files', () => {
  const files = [
    { path: 'a.yaml', content: 'kind: A\n' },
    { path: 'b.yaml', content: 'kind: B\n' },
  ];

  it('is the same for the same files, and fit for the name of a branch', () => {
    expect(revisionOf(files)).toMatch(/^[0-9a-f]{8}$/);
    expect(revisionOf(files.map(file => ({ ...file })))).toBe(
      revisionOf(files),
    );
  });

  it.each([
    ['content', [files[0], { path: 'b.yaml', content: 'kind: C\n' }]],
    ['path', [files[0], { path: 'c.yaml', content: 'kind: B\n' }]],
    ['a file', [files[0]]],
    [
      'what is path and what content',
      [{ path: 'a.yamlkind: A\n', content: '' }, files[1]],
    ],
  ])('is another one when %s changes', (_, changed) => {
    expect(revisionOf(changed)).not.toBe(revisionOf(files));
  });
});
