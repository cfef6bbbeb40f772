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

import { childName, shadowServiceName } from './names';

describe('childName', () => {
  it.each([
    ['qwen-3b', '-kserve', 'qwen-3b-kserve'],
    // 45 and 18 characters: exactly as long as Kubernetes allows.
    [
      'z'.repeat(45),
      '-kserve-route-1234',
      `${'z'.repeat(45)}-kserve-route-1234`,
    ],
    // One more: 31 - 18 characters of the name, its MD5, and the suffix.
    [
      'z'.repeat(46),
      '-kserve-route-1234',
      `${'z'.repeat(13)}73b2b2e60b1ff3b88a7e425d61815015-kserve-route-1234`,
    ],
  ])('of %s with %s', (parent, suffix, expected) => {
    expect(childName(parent, suffix)).toBe(expected);
  });

  it('names the shadow Service of a pool', () => {
    expect(shadowServiceName('qwen-3b-inference-pool')).toMatch(
      /^qwen-3b-inference-pool-ip-[0-9a-f]{8}$/,
    );
  });
});
