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

import { createHash } from 'crypto';
import { childName, generatedNames } from './childName';
import { md5Hex } from './md5';

describe('md5Hex', () => {
  it.each([
    ['', 'd41d8cd98f00b204e9800998ecf8427e'],
    ['abc', '900150983cd24fb0d6963f7d28e17f72'],
    ['message digest', 'f96b697d7cb7938d525a2f31aaf161d0'],
    [
      '12345678901234567890123456789012345678901234567890123456789012345678901234567890',
      '57edf4a22be3c955ac49da2e2107b67a',
    ],
  ])('agrees with RFC 1321 on "%s"', (text, digest) => {
    expect(md5Hex(text)).toBe(digest);
  });

  it('agrees with node at every length around a block, and on UTF-8', () => {
    for (let length = 0; length < 200; length++) {
      const text = 'ä1'.repeat(length).slice(0, length);
      expect(md5Hex(text)).toBe(createHash('md5').update(text).digest('hex'));
    }
  });
});

describe('childName', () => {
  it('concatenates while 63 characters are enough', () => {
    const parent = 'x'.repeat(39);
    expect(childName(parent, '-kserve-router-scheduler')).toBe(
      `${parent}-kserve-router-scheduler`,
    );
    expect(generatedNames('qwen-3b').picker).toBe(
      'qwen-3b-kserve-router-scheduler',
    );
  });

  it('keeps the suffix and hashes the parent from 64 characters on', () => {
    const parent = 'a-service-with-a-name-of-forty-charactrs';
    const name = childName(parent, '-kserve-router-scheduler');
    expect(name).toBe(`a-servi${md5Hex(parent)}-kserve-router-scheduler`);
    expect(name).toHaveLength(63);
  });

  it('hashes parent and suffix together when the suffix is too long to keep', () => {
    const suffix = `-${'s'.repeat(35)}`;
    const name = childName('p'.repeat(40), suffix);
    expect(name).toBe('p'.repeat(31) + md5Hex('p'.repeat(40) + suffix));
  });
});
