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
  Observation,
  Thresholds,
  Verdict,
  Verification,
} from 'backstage-plugin-prefix-caching-common/core';
import { OVERALL, type VerificationRecord } from '../database';
import { describeTarget } from './describeTarget';
import { advanceStates } from './verdictStates';

/** Joins what was observed and judged with what was known before. */
export function createRecord(options: {
  before?: VerificationRecord;
  observation: Observation;
  verification: Verification;
  run: VerificationRecord['lastRun'];
  intervalSeconds: number;
  /** Runs in a row that make a change one for the history. */
  confirmAfter: number;
  thresholds: Thresholds;
}): {
  record: VerificationRecord;
  changes: VerdictChangeWithEvidence[];
  /** Whether anything a tab shows as a verdict is different. */
  changed: boolean;
} {
  const { before, observation, verification, run, intervalSeconds } = options;
  const { phase } = verification;
  const progressingSince =
    phase === 'progressing' ? before?.progressingSince ?? run.at : undefined;
  const { states, changes } = advanceStates(
    before?.states ?? {},
    [
      ...verification.findings,
      {
        check: OVERALL,
        verdict: verification.verdict,
        summary: verification.summary,
      },
    ],
    {
      at: run.at,
      phase,
      // Nearly the same samples judged again are no second opinion, and in a
      // roll-out or after a restart verdicts come and go.
      counts:
        !(before && isSoonAfter(before, run.at, intervalSeconds)) &&
        !(progressingSince && isRollOut(progressingSince, run.at)),
      confirmAfter: options.confirmAfter,
    },
  );
  const findings = verification.findings.map(finding => {
    const { first, confirmed } = states[finding.check];
    return { ...finding, since: { first, ...(confirmed && { confirmed }) } };
  });
  const verdicts = Object.fromEntries(
    findings.map(finding => [finding.check, finding.verdict]),
  );
  return {
    record: {
      target: observation.target,
      verification: { ...verification, findings },
      ...describeTarget(observation),
      thresholds: options.thresholds,
      lastRun: run,
      progressingSince,
      states,
      baseline: nextBaseline(before, { at: run.at, verdicts }, intervalSeconds),
    },
    changes,
    changed:
      verification.phase !== before?.verification.phase ||
      Object.entries(states).some(
        ([check, state]) => state.verdict !== before?.states[check]?.verdict,
      ),
  };
}

/**
 * The verdicts that a run now may take for the run before.
 *
 * "Twice in a row" means two windows of time, one after the other: a run soon
 * after another, as by "Verify now", judges nearly the same samples and is no
 * second opinion, and after a long silence nothing is known of the run before.
 */
export function previousVerdictsOf(
  before: VerificationRecord | undefined,
  at: string,
  intervalSeconds: number,
): Record<string, Verdict> | undefined {
  if (!before || isLongAfter(before, at, intervalSeconds)) {
    return undefined;
  }
  return isSoonAfter(before, at, intervalSeconds)
    ? before.baseline.before
    : before.baseline.verdicts;
}

function nextBaseline(
  before: VerificationRecord | undefined,
  run: { at: string; verdicts: Record<string, Verdict> },
  intervalSeconds: number,
): VerificationRecord['baseline'] {
  if (before && isSoonAfter(before, run.at, intervalSeconds)) {
    return { ...before.baseline, verdicts: run.verdicts };
  }
  return before && !isLongAfter(before, run.at, intervalSeconds)
    ? { ...run, before: before.baseline.verdicts }
    : run;
}

function isSoonAfter(
  before: VerificationRecord,
  at: string,
  intervalSeconds: number,
): boolean {
  return secondsSince(before.baseline.at, at) < intervalSeconds / 2;
}

/** Runs that a restart or an outage leaves out are no reason to forget. */
const MISSED_RUNS = 5;
const OUTAGE_SECONDS = 600;

function isLongAfter(
  before: VerificationRecord,
  at: string,
  intervalSeconds: number,
): boolean {
  return (
    secondsSince(before.lastRun.at, at) >
    Math.max(OUTAGE_SECONDS, MISSED_RUNS * intervalSeconds)
  );
}

/** Kubernetes' own default of `progressDeadlineSeconds`: longer is no roll-out. */
const ROLL_OUT_SECONDS = 600;

function isRollOut(progressingSince: string, at: string): boolean {
  return secondsSince(progressingSince, at) < ROLL_OUT_SECONDS;
}

function secondsSince(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 1000;
}
