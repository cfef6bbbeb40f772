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
  Finding,
  Verdict,
  Verification,
} from 'backstage-plugin-prefix-caching-common/core';

/** From which verdict on a finding fails the task. */
export type FailOn = 'fail' | 'warn';

/** One finding, as a step after this one reads it. */
export interface FoundVerdict {
  check: string;
  target: string;
  verdict: Verdict;
  summary: string;
}

function targetOf({ target }: Verification): string {
  return `${target.namespace}/${target.name}`;
}

function isAgainst({ verdict, requirement }: Finding, failOn: FailOn): boolean {
  return (
    requirement !== 'advice' &&
    (verdict === 'fail' || (failOn === 'warn' && verdict === 'warn'))
  );
}

/** Every finding that files alone could decide. */
export function decidedFindings(
  verifications: readonly Verification[],
): FoundVerdict[] {
  const found: FoundVerdict[] = [];
  for (const verification of verifications) {
    const target = targetOf(verification);
    for (const { check, verdict, summary } of verification.findings) {
      if (verdict !== 'skipped') {
        found.push({ check, verdict, summary, target });
      }
    }
  }
  return found;
}

/** A paragraph per finding that fails the task; empty when none does. */
export function objections(
  verifications: readonly Verification[],
  failOn: FailOn,
): string[] {
  return verifications.flatMap(verification =>
    verification.findings
      .filter(finding => isAgainst(finding, failOn))
      .map(({ check, verdict, summary, expected, actual, remedy }) =>
        [
          `${check} (${verdict}) on ${targetOf(verification)}: ${summary}`,
          `  expected: ${expected}`,
          `  actual: ${actual}`,
          ...(remedy ? [`  to do: ${remedy}`] : []),
        ].join('\n'),
      ),
  );
}
