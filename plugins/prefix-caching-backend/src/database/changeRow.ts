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
  Target,
  Verdict,
} from 'backstage-plugin-prefix-caching-common/core';
import { columnsOf } from './openDatabase';

/** A row of `verdict_changes`. */
export interface ChangeRow {
  check_id: string;
  from_verdict?: Verdict | null;
  to_verdict: Verdict;
  summary: string;
  changed_at: string;
  actual?: string | null;
  evidence?: string | null;
  phase?: Phase | null;
}

export const CHANGE_COLUMNS = [
  'check_id',
  'from_verdict',
  'to_verdict',
  'summary',
  'changed_at',
  'phase',
] as const;

/** Tenants write objects: one annotation may be as long as all history. */
const MAX_TEXT = 2_000;
const MAX_EVIDENCE = 20;

export function changeRow(target: Target, change: VerdictChangeWithEvidence) {
  return {
    ...columnsOf(target),
    check_id: change.check,
    from_verdict: change.from,
    to_verdict: change.to,
    summary: shorten(change.summary),
    changed_at: change.at,
    phase: change.phase,
    actual: change.actual && shorten(change.actual),
    evidence: JSON.stringify(
      change.evidence
        .slice(0, MAX_EVIDENCE)
        .map(each => ({ ...each, value: shorten(each.value) })),
    ),
  };
}

export function changeOf(row: ChangeRow): VerdictChangeWithEvidence {
  return {
    check: row.check_id,
    ...(row.from_verdict && { from: row.from_verdict }),
    to: row.to_verdict,
    summary: row.summary,
    at: row.changed_at,
    ...(row.phase && { phase: row.phase }),
    ...(row.actual && { actual: row.actual }),
    evidence: row.evidence ? (JSON.parse(row.evidence) as Evidence[]) : [],
  };
}

function shorten(text: string): string {
  return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text;
}
