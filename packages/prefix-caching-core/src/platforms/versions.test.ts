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

import { ISTIO_MERGED_ROUTES_FIXED, compareVersions, isOlderThan } from '.';

describe('compareVersions', () => {
  it.each([
    ['1.28.4', '1.28.5', -1],
    ['1.28.5', '1.28.5', 0],
    ['v1.28.5', '1.28.5', 0],
    ['1.30.4', '1.28.5', 1],
    ['1.9', '1.10', -1],
    ['1.28', '1.28.0', 0],
    ['v1.27-latest', '1.27.9', 1],
    ['v1.27-latest', '1.28.0', -1],
    ['1.29.0-rc.1', '1.29.0', -1],
    ['1.28.5-tetrate0', '1.28.5', 0],
    ['latest', '1.28.5', undefined],
    ['', '1.28.5', undefined],
  ])('%s against %s: %s', (one, other, expected) => {
    expect(compareVersions(one, other)).toBe(expected);
  });

  it.each([
    ['1.27.3', true],
    ['1.28.4', true],
    ['1.28.5', false],
    ['1.29', false],
    // What cannot be read gets the safeguard.
    ['main', true],
  ])('merged routes before %s: %s', (version, affected) => {
    expect(isOlderThan(version, ISTIO_MERGED_ROUTES_FIXED)).toBe(affected);
  });
});
