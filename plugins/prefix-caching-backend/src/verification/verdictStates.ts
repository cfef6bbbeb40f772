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

/** The state of the overall verdict, beside those of the checks. */
export const OVERALL = 'overall';

export interface JudgedCheck {
  check: string;
  verdict: Verdict;
  summary: string;
}

/**
 * Moves the states on by one run.
 *
 * The shown verdict follows at once. A row of history is due only when a
 * second run in a row says the same, so that a single bad scrape leaves none;
 * a verdict that returns before that keeps its old beginning.
 */
export function advanceStates(
  before: Record<string, VerdictState>,
  judged: readonly JudgedCheck[],
  at: string,
): { states: Record<string, VerdictState>; changes: VerdictChange[] } {
  const states: Record<string, VerdictState> = {};
  const changes: VerdictChange[] = [];
  for (const { check, verdict, summary } of judged) {
    const state = advance(before[check], verdict, at);
    const { recorded } = state;
    if (state.confirmed && recorded?.verdict !== verdict) {
      changes.push({
        check,
        ...(recorded && { from: recorded.verdict }),
        to: verdict,
        summary,
        at: state.first,
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
  at: string,
): VerdictState {
  if (!before) {
    return { verdict, first: at };
  }
  if (before.verdict === verdict) {
    return { ...before, confirmed: before.confirmed ?? at };
  }
  const { recorded } = before;
  return recorded?.verdict === verdict
    ? { ...recorded, recorded }
    : { verdict, first: at, recorded };
}
