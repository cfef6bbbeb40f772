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

import type { VerdictChangeWithEvidence } from 'backstage-plugin-prefix-caching-common';
import type { Verdict } from 'backstage-plugin-prefix-caching-common/core';
import type { VerdictState } from '../database';
import { advanceStates, type StateRun } from './verdictStates';

/** Plays runs at minutes 0, 1, 2, … and returns the last state and all rows. */
function play(
  verdicts: Verdict[],
  runAt: (minute: number) => Partial<StateRun> = () => ({}),
) {
  let states: Record<string, VerdictState> = {};
  const rows: VerdictChangeWithEvidence[] = [];
  verdicts.forEach((verdict, minute) => {
    const result = advanceStates(
      states,
      [
        {
          check: 'c',
          verdict,
          summary: `${verdict} at ${minute}`,
          actual: 'a',
          evidence: [{ subject: 's', value: `${minute}` }],
        },
      ],
      {
        at: `minute ${minute}`,
        phase: 'running',
        counts: true,
        confirmAfter: 2,
        ...runAt(minute),
      },
    );
    states = result.states;
    rows.push(...result.changes);
  });
  return { state: states.c, rows };
}

describe('advanceStates', () => {
  it('shows a verdict at once and records it, with its evidence, when it is confirmed', () => {
    expect(play(['pass'])).toEqual({
      state: { verdict: 'pass', first: 'minute 0', phase: 'running', runs: 1 },
      rows: [],
    });
    expect(play(['pass', 'pass']).rows).toEqual([
      {
        check: 'c',
        to: 'pass',
        summary: 'pass at 1',
        at: 'minute 0',
        phase: 'running',
        actual: 'a',
        evidence: [{ subject: 's', value: '1' }],
      },
    ]);
  });

  it('records a change once, from the run that first said so', () => {
    const { state, rows } = play(['pass', 'pass', 'fail', 'fail', 'fail']);
    expect(state).toMatchObject({
      verdict: 'fail',
      first: 'minute 2',
      confirmed: 'minute 3',
    });
    expect(rows).toHaveLength(2);
    expect(rows[1]).toMatchObject({
      from: 'pass',
      to: 'fail',
      summary: 'fail at 3',
      at: 'minute 2',
    });
  });

  it('leaves no row of a single bad run, and gives the old beginning back', () => {
    const { state, rows } = play(['pass', 'pass', 'fail', 'pass', 'pass']);
    expect(state).toMatchObject({ verdict: 'pass', first: 'minute 0' });
    expect(rows).toHaveLength(1);
  });

  it.each([
    [1, ['pass', 'fail'], 2],
    [3, ['pass', 'pass', 'pass', 'fail', 'fail'], 1],
    [3, ['pass', 'pass', 'pass', 'fail', 'fail', 'fail'], 2],
    [3, ['pass', 'pass', 'pass', 'fail', 'fail', 'warn', 'fail'], 1],
  ] as [number, Verdict[], number][])(
    'waits for %d runs in a row: %j',
    (confirmAfter, verdicts, rows) => {
      expect(play(verdicts, () => ({ confirmAfter })).rows).toHaveLength(rows);
    },
  );

  it('counts no run of a roll-out, and marks what began in it', () => {
    const rollOut = (from: number, to: number) => (minute: number) =>
      minute >= from && minute <= to
        ? { phase: 'progressing' as const, counts: false }
        : {};
    const back = play(
      ['pass', 'pass', 'fail', 'fail', 'fail', 'pass'],
      rollOut(2, 4),
    );
    expect(back.rows).toHaveLength(1);
    expect(back.state).toMatchObject({ verdict: 'pass', first: 'minute 0' });

    const stays = play(
      ['pass', 'pass', 'fail', 'fail', 'fail', 'fail'],
      rollOut(2, 3),
    );
    expect(stays.rows[1]).toMatchObject({
      to: 'fail',
      at: 'minute 2',
      phase: 'progressing',
    });
    expect(stays.state.confirmed).toBe('minute 5');
  });

  it('reads a state that was written before runs were counted', () => {
    const { changes } = advanceStates(
      { c: { verdict: 'fail', first: 'minute 0' } },
      [{ check: 'c', verdict: 'fail', summary: 's' }],
      { at: 'minute 1', phase: 'running', counts: true, confirmAfter: 2 },
    );
    expect(changes).toHaveLength(1);
  });
});
