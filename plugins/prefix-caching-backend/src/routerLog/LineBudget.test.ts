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

import { LineBudget } from './LineBudget';

it('lets the last lines through at once, then fifty a second, and counts the rest', () => {
  let now = 0;
  const budget = LineBudget.create({ now: () => now, burst: 100 });
  const offer = (lines: number) => {
    let taken = 0;
    for (let line = 0; line < lines; line++) {
      if (budget.takes()) taken += 1;
      else budget.skip();
    }
    return taken;
  };
  expect(offer(1000)).toBe(150);
  expect(budget.takeSkipped()).toBe(850);
  expect(budget.takeSkipped()).toBe(0);
  now += 1000;
  expect(offer(1000)).toBe(50);
  now += 3_600_000;
  expect(offer(1000)).toBe(150);
  // A clock that was set back earns nothing.
  now -= 3_600_000;
  expect(offer(10)).toBe(0);
});
