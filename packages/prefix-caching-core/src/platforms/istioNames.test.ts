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

import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { envoyRouteName, shadowServiceName } from '.';
import { sha256Hex } from './sha256';

describe('sha256Hex', () => {
  it('is what Node computes', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200, unit: 'grapheme' }), text => {
        expect(sha256Hex(text)).toBe(
          createHash('sha256').update(text).digest('hex'),
        );
      }),
      { numRuns: 200, seed: 20261122 },
    );
  });
});

describe('shadowServiceName', () => {
  it.each([
    ['qwen-3b-inference-pool', /^qwen-3b-inference-pool-ip-[0-9a-f]{8}$/],
    [`${'p'.repeat(51)}`, /^p{51}-ip-[0-9a-f]{8}$/],
    [`${'p'.repeat(52)}`, /^p{51}-ip-[0-9a-f]{8}$/],
  ])('of %s', (pool, expected) => {
    expect(shadowServiceName(pool)).toMatch(expected);
  });

  it('differs for names that are alike up to the cut', () => {
    expect(shadowServiceName(`${'p'.repeat(52)}a`)).not.toBe(
      shadowServiceName(`${'p'.repeat(52)}b`),
    );
  });
});

describe('envoyRouteName', () => {
  it('is the rule’s own name, else made of the route’s', () => {
    expect(envoyRouteName('ns', 'qwen-kserve-route', 1)).toBe(
      'ns.qwen-kserve-route.1',
    );
    expect(envoyRouteName('ns', 'r', 0, 'v1-completions-path')).toBe(
      'v1-completions-path',
    );
  });
});
