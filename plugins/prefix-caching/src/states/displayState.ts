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

import type { Finding, Gap } from 'prefix-caching-core';
import type {
  TargetReport,
  Waiver,
} from 'backstage-plugin-prefix-caching-common';
import type { DisplayState } from './types';

/** Worst first; what is stopped or skipped never hides a service that runs. */
const WORST_FIRST: readonly DisplayState[] = [
  'fail',
  'bypassed',
  'unreachable',
  'noAccess',
  'inconclusive',
  'stale',
  'progressing',
  'warn',
  'advice',
  'pass',
  'observed',
  'stopped',
  'skipped',
];

/** The worst of some states; undefined for none. */
export function worstState(states: DisplayState[]): DisplayState | undefined {
  return [...states].sort(
    (a, b) => WORST_FIRST.indexOf(a) - WORST_FIRST.indexOf(b),
  )[0];
}

/** Negative when `a` is the worse one. */
export function compareStates(a: DisplayState, b: DisplayState): number {
  return WORST_FIRST.indexOf(a) - WORST_FIRST.indexOf(b);
}

/** The state of one check, with the gaps of its verification. */
export function stateOfFinding(finding: Finding, gaps: Gap[]): DisplayState {
  if (finding.verdict === 'inconclusive') {
    return isRefused(finding, gaps) ? 'noAccess' : 'inconclusive';
  }
  if (
    finding.requirement === 'advice' &&
    (finding.verdict === 'warn' || finding.verdict === 'fail')
  ) {
    return 'advice';
  }
  return finding.verdict;
}

/** The state of one service. */
export function stateOfTarget(target: TargetReport): DisplayState {
  const { verification } = target;
  if (verification === undefined) {
    return 'progressing';
  }
  if (unreachableGap(target) !== undefined) {
    return 'unreachable';
  }
  if (verification.phase === 'stopped') {
    return 'stopped';
  }
  if (verification.freshness === 'stale') {
    return 'stale';
  }
  if (verification.verdict !== 'fail' && verification.phase === 'progressing') {
    return 'progressing';
  }
  if (verification.verdict !== 'inconclusive') {
    return verification.verdict;
  }
  const undecided = requiredFindings(target, 'inconclusive');
  const refused = undecided.every(finding =>
    isRefused(finding, verification.gaps),
  );
  return undecided.length > 0 && refused ? 'noAccess' : 'inconclusive';
}

/** The required findings of a service that came out as `verdict`. */
export function requiredFindings(
  target: TargetReport,
  verdict: Finding['verdict'],
): Finding[] {
  const findings = target.verification?.findings ?? [];
  return findings.filter(
    finding =>
      finding.requirement === 'required' &&
      finding.verdict === verdict &&
      waiverOf(target, finding.check) === undefined,
  );
}

/** The waiver of a finding that was accepted for a time. */
export function waiverOf(
  target: TargetReport,
  check: string,
): Waiver | undefined {
  return target.waivers?.find(waiver => waiver.check === check);
}

/** Why nothing at all could be read, when that is so. */
export function unreachableGap(target: TargetReport): Gap | undefined {
  return target.verification?.gaps.find(
    gap =>
      gap.what === 'cluster' &&
      (gap.reason === 'unreachable' || gap.reason === 'timeout'),
  );
}

/**
 * A check does not name the gap it met, so one that quotes a refused kind or
 * scrape counts as refused.
 */
function isRefused(finding: Finding, gaps: Gap[]): boolean {
  const quoted = [
    finding.actual,
    ...finding.evidence.flatMap(({ subject, value }) => [subject, value]),
  ].join('\n');
  return gaps.some(
    gap =>
      (gap.reason === 'forbidden' || gap.reason === 'unauthorized') &&
      (quoted.includes(gap.what) || quoted.includes(gap.message)),
  );
}
