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
import type {
  Evidence,
  Phase,
  Verdict,
} from 'backstage-plugin-prefix-caching-common/core';
import type { VerdictState } from '../database';

export interface JudgedCheck {
  check: string;
  verdict: Verdict;
  summary: string;
  actual?: string;
  evidence?: Evidence[];
}

/** A run, as far as histories care. */
export interface StateRun {
  /** ISO 8601. */
  at: string;
  phase: Phase;
  /** A run that counts towards the confirmation of a verdict. */
  counts: boolean;
  /** Counting runs in a row that make a change one for the history. */
  confirmAfter: number;
}

/**
 * Moves the states on by one run.
 *
 * The shown verdict follows at once. A row of history is due only when enough
 * runs in a row say the same, so that a single bad scrape leaves none; a
 * verdict that returns before that keeps its old beginning.
 */
export function advanceStates(
  before: Record<string, VerdictState>,
  judged: readonly JudgedCheck[],
  run: StateRun,
): {
  states: Record<string, VerdictState>;
  changes: VerdictChangeWithEvidence[];
} {
  const states: Record<string, VerdictState> = {};
  const changes: VerdictChangeWithEvidence[] = [];
  for (const { check, verdict, summary, actual, evidence = [] } of judged) {
    const state = advance(before[check], verdict, run);
    const { recorded } = state;
    if (state.confirmed && recorded?.verdict !== verdict) {
      changes.push({
        check,
        ...(recorded && { from: recorded.verdict }),
        to: verdict,
        summary,
        at: state.first,
        phase: state.phase ?? run.phase,
        actual,
        evidence,
      });
      state.recorded = {
        verdict,
        first: state.first,
        confirmed: state.confirmed,
      };
    }
    states[check] = state;
  }
  return { states, changes };
}

function advance(
  before: VerdictState | undefined,
  verdict: Verdict,
  run: StateRun,
): VerdictState {
  if (before?.verdict === verdict) {
    return confirm(before, run);
  }
  const recorded = before?.recorded;
  return recorded?.verdict === verdict
    ? { ...recorded, recorded }
    : confirm(
        { verdict, first: run.at, phase: run.phase, recorded, runs: 0 },
        run,
      );
}

function confirm(state: VerdictState, run: StateRun): VerdictState {
  if (state.confirmed || !run.counts) {
    return state;
  }
  // A state of before runs were counted has seen one.
  const runs = (state.runs ?? 1) + 1;
  return runs >= run.confirmAfter
    ? { ...state, runs, confirmed: run.at }
    : { ...state, runs };
}
