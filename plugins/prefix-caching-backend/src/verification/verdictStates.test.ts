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

import type { VerdictChange } from 'backstage-plugin-prefix-caching-common';
import type { Verdict } from 'backstage-plugin-prefix-caching-common/core';
import type { VerdictState } from '../database';
import { advanceStates } from './verdictStates';

/** Plays runs at minutes 0, 1, 2, … and returns the last state and all rows. */
function play(...verdicts: Verdict[]) {
  let states: Record<string, VerdictState> = {};
  const rows: VerdictChange[] = [];
  verdicts.forEach((verdict, minute) => {
    const result = advanceStates(
      states,
      [{ check: 'c', verdict, summary: `${verdict} at ${minute}` }],
      `minute ${minute}`,
    );
    states = result.states;
    rows.push(...result.changes);
  });
  return { state: states.c, rows };
}

describe('advanceStates', () => {
  it('shows a verdict at once and records it when it is confirmed', () => {
    expect(play('pass')).toEqual({
      state: { verdict: 'pass', first: 'minute 0' },
      rows: [],
    });
    expect(play('pass', 'pass').rows).toEqual([
      { check: 'c', to: 'pass', summary: 'pass at 1', at: 'minute 0' },
    ]);
  });

  it('records a change once, from the run that first said so', () => {
    const { state, rows } = play('pass', 'pass', 'fail', 'fail', 'fail');
    expect(state).toMatchObject({
      verdict: 'fail',
      first: 'minute 2',
      confirmed: 'minute 3',
    });
    expect(rows.slice(1)).toEqual([
      {
        check: 'c',
        from: 'pass',
        to: 'fail',
        summary: 'fail at 3',
        at: 'minute 2',
      },
    ]);
  });

  it('leaves no row of a single bad run, and gives the old beginning back', () => {
    const { state, rows } = play('pass', 'pass', 'fail', 'pass', 'pass');
    expect(state).toMatchObject({ verdict: 'pass', first: 'minute 0' });
    expect(rows).toHaveLength(1);
  });
});
