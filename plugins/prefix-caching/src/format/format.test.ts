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

import {
  formatCount,
  formatDuration,
  formatLatency,
  formatMoment,
  formatRatio,
} from './format';

/** Locales put narrow and non-breaking spaces in numbers; the words matter here. */
function plain(text: string): string {
  return text.replace(/\s/g, ' ');
}

describe('format', () => {
  it.each([
    [formatRatio(0.7104), '71.0%'],
    [formatRatio(0.7104, 0), '71%'],
    [formatRatio(0), '0.0%'],
    [formatRatio(undefined), '–'],
    [formatCount(1266), '1,266'],
    [formatCount(0), '0'],
    [formatCount(undefined), '–'],
    [formatLatency(0.384), '0.38 sec'],
    [formatLatency(0.0042), '4.2 ms'],
    [formatLatency(undefined), '–'],
    [formatDuration(40_000), '40 sec'],
    [formatDuration(89_000), '89 sec'],
    [formatDuration(27 * 60_000), '27 min'],
    [formatDuration(5 * 3_600_000), '5 hr'],
    [formatDuration(29 * 3_600_000), '1 day 5 hr'],
    [formatDuration(-5_000), '0 sec'],
  ])('%s is %s', (actual, expected) => {
    expect(plain(actual)).toBe(expected);
  });

  it('says no more of a moment than is needed', () => {
    const now = new Date(2026, 7, 18, 14, 32).getTime();
    const at = (...parts: [number, number, number, number]) =>
      plain(formatMoment(new Date(2026, ...parts).toISOString(), now));

    expect(at(7, 18, 14, 5)).toMatch(/^2:05 PM$/);
    expect(at(7, 17, 22, 40)).toMatch(/^Mon,? 10:40 PM$/);
    expect(at(6, 15, 9, 0)).toBe('Jul 15');
  });
});
