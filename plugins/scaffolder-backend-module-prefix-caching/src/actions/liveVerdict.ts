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

import type {
  EntityReport,
  TargetReport,
} from 'backstage-plugin-prefix-caching-common';
import {
  isConfiguredNotProven,
  worstVerdict,
  type Verdict,
} from 'backstage-plugin-prefix-caching-common/core';

/** What one look at an entity's targets came to. */
export interface LiveVerdict {
  verdict: Verdict;
  /** Whether waiting longer may change it. */
  settled: boolean;
  /** One line per target. */
  lines: string[];
  /** One line per finding that is to be mended. */
  faults: string[];
}

/**
 * Reads a report for somebody who waits.
 *
 * A roll-out is never settled. A service without traffic is settled as
 * `inconclusive` once everything but the traffic was verified, unless proof was
 * asked for: a deployment that was just created has none.
 */
export function liveVerdict(
  report: EntityReport,
  options: { untilProven: boolean },
): LiveVerdict {
  const { targets, problems } = report;
  const broken = problems.filter(({ verdict }) => verdict === 'fail');
  return {
    verdict: worstVerdict([
      ...targets.map(verdictOf),
      ...broken.map(({ verdict }) => verdict),
      ...(targets.length === 0 ? ['inconclusive' as const] : []),
    ]),
    // What an entity claims wrongly may still be corrected.
    settled:
      targets.length > 0 &&
      broken.length === 0 &&
      targets.every(target => isSettled(target, options)),
    lines: [
      ...targets.map(targetLine),
      ...problems.map(({ summary }) => summary),
    ],
    faults: targets.flatMap(target => faultLines(target, report.responsible)),
  };
}

function verdictOf({ verification }: TargetReport): Verdict {
  return verification?.verdict ?? 'inconclusive';
}

function isSettled(
  { verification }: TargetReport,
  { untilProven }: { untilProven: boolean },
): boolean {
  // What is not there yet may still be applied.
  if (!verification || ['absent', 'progressing'].includes(verification.phase)) {
    return false;
  }
  return (
    verification.verdict !== 'inconclusive' ||
    (!untilProven && isConfiguredNotProven(verification.findings))
  );
}

function targetLine({ namespace, name, verification }: TargetReport): string {
  return verification
    ? `${namespace}/${name}: ${verification.verdict} (${verification.phase}). ${verification.summary}`
    : `${namespace}/${name}: not verified yet.`;
}

function faultLines(
  { verification }: TargetReport,
  responsible: EntityReport['responsible'],
): string[] {
  return (verification?.findings ?? [])
    .filter(
      ({ requirement, verdict, causedBy }) =>
        requirement === 'required' && verdict === 'fail' && !causedBy,
    )
    .map(finding =>
      [
        `${finding.check}: ${finding.summary}`,
        finding.remedy,
        responsible[finding.responsible] &&
          `Responsible: ${responsible[finding.responsible]}.`,
      ]
        .filter(Boolean)
        .join(' '),
    );
}
