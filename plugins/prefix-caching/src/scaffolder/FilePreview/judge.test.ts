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

import type { Verdict, Verification } from 'prefix-caching-core';
import { judge } from './judge';

function verification(
  name: string,
  findings: [check: string, verdict: Verdict][],
): Verification {
  return {
    target: { namespace: 'n', name },
    findings: findings.map(([check, verdict]) => ({
      check,
      verdict,
      summary: `${check} is ${verdict}.`,
    })),
  } as unknown as Verification;
}

const tightText = (name: string) => `${name} is tight.`;

describe('what the checks of a plan come to', () => {
  it.each<[string, Verification[], string[], object]>([
    [
      'each check counts once, and what files cannot tell does not',
      [
        verification('a', [
          ['one', 'pass'],
          ['two', 'pass'],
          ['three', 'skipped'],
        ]),
        verification('b', [['one', 'pass']]),
      ],
      [],
      { state: 'pass', passes: 2, warnings: 0, failures: 0, first: undefined },
    ],
    [
      'a check that warns of one service does not pass for another',
      [
        verification('a', [['one', 'warn']]),
        verification('b', [['one', 'pass']]),
      ],
      [],
      { state: 'warn', passes: 0, warnings: 1, first: 'a: one is warn.' },
    ],
    [
      'a failure comes first, and names no service where there is one only',
      [
        verification('a', [
          ['one', 'warn'],
          ['two', 'fail'],
        ]),
      ],
      ['T4'],
      { state: 'fail', failures: 1, warnings: 2, first: 'two is fail.' },
    ],
    [
      'what is tight warns, before what the checks say',
      [verification('a', [['one', 'warn']])],
      ['T4'],
      { state: 'warn', warnings: 2, first: 'T4 is tight.' },
    ],
  ])('%s', (_, verifications, tight, expected) => {
    expect(judge(verifications, tight, tightText)).toMatchObject(expected);
  });
});
