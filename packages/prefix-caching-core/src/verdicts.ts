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

/** The outcome of one check, and of a whole verification. @public */
export type Verdict = 'pass' | 'warn' | 'fail' | 'inconclusive' | 'skipped';

/** The five components of the reference document, then KServe's own status. @public */
export type Component =
  | 'engine'
  | 'router'
  | 'gateway'
  | 'network'
  | 'routing'
  | 'status';

/** How much a finding weighs: only `required` findings decide the overall verdict. @public */
export type Requirement = 'required' | 'optional' | 'advice';

/**
 * What a deployment is doing; stands beside the verdict and is none. `absent`
 * is a service that the cluster was asked for and does not have.
 *
 * @public
 */
export type Phase = 'absent' | 'progressing' | 'running' | 'stopped';

/** Whether a verification is recent enough to act on. @public */
export type Freshness = 'fresh' | 'stale';

/** All verdicts, worst first. `skipped` never lowers an overall verdict. @public */
export const VERDICTS: readonly Verdict[] = [
  'fail',
  'inconclusive',
  'warn',
  'pass',
  'skipped',
];

/** The components in the order a request meets them. @public */
export const COMPONENTS: readonly Component[] = [
  'engine',
  'router',
  'gateway',
  'network',
  'routing',
  'status',
];

/**
 * The worst of some verdicts: fail, inconclusive, warn, pass.
 *
 * `skipped` counts only when nothing else is there, so that a check that does
 * not apply never hides or lowers one that does.
 *
 * @public
 */
export function worstVerdict(verdicts: Iterable<Verdict>): Verdict {
  let worst = VERDICTS.length - 1;
  for (const verdict of verdicts) {
    worst = Math.min(worst, VERDICTS.indexOf(verdict));
  }
  return VERDICTS[worst];
}

/**
 * "Configured, not yet proven": the verdict is inconclusive only because
 * traffic or a second sample is missing.
 *
 * @public
 */
export function isConfiguredNotProven(
  findings: Iterable<{
    component: Component;
    requirement: Requirement;
    verdict: Verdict;
  }>,
): boolean {
  const required = [...findings].filter(
    finding => finding.requirement === 'required',
  );
  const undecided = required.filter(
    finding => finding.verdict === 'inconclusive',
  );
  return (
    undecided.length > 0 &&
    undecided.every(finding => finding.component === 'routing') &&
    worstVerdict(required.map(finding => finding.verdict)) === 'inconclusive'
  );
}

export * from './referenceDocument';
