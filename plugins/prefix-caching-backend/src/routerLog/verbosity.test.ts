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

import { verbosityAdvice, verbosityOf } from './verbosity';

describe('the verbosity of a picker', () => {
  it.each([
    [[], 2],
    [['--v=4'], 4],
    [['-v', '3'], 3],
    [['--v', '5', '--zap-encoder', 'json'], 5],
    [['--zap-log-level=4'], 4],
    [['--v=loud'], undefined],
  ])('of %j is %s', (args, expected) => {
    expect(verbosityOf({ command: ['/app/epp'], args })).toBe(expected);
  });

  it.each([
    [
      2,
      /At verbosity 2, the endpoint of each request shows from --v=3, scores/,
    ],
    [3, /At verbosity 3 scores show from --v=4/],
    [undefined, /can't be told.*from --v=3, scores from --v=4/],
  ])('%s advises what shows more', (verbosity, expected) => {
    expect(verbosityAdvice(verbosity)).toMatch(expected);
  });

  it('has nothing to advise where scores show', () => {
    expect(verbosityAdvice(4)).toBeUndefined();
  });
});
