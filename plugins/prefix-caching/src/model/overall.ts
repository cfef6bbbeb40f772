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

import type { Finding } from 'prefix-caching-core';
import type {
  EntityReport,
  TargetReport,
} from 'backstage-plugin-prefix-caching-common';
import { formatCount } from '../format';
import { compareStates, requiredFindings, stateOfTarget } from '../states';
import type { DisplayState } from '../states';

/** What the first card speaks of. */
export interface Overall {
  state: DisplayState;
  /** The worst target; the others are at least as good. */
  target: TargetReport;
  /** The finding that decided, and those that follow from it. */
  root?: Finding;
  followers: Finding[];
}

/** The worst target of a report, and the finding that makes it so. */
export function overallOf(report: EntityReport): Overall | undefined {
  const [worst] = report.targets
    .map(target => ({ target, state: stateOfTarget(target) }))
    .sort((a, b) => compareStates(a.state, b.state));
  return worst && { ...worst, ...decidingFindings(worst.target) };
}

/**
 * Of the findings that decided a verdict, the one to begin with: it follows
 * from no other, and the most others follow from it.
 */
function decidingFindings(target: TargetReport): {
  root?: Finding;
  followers: Finding[];
} {
  const verdict = target.verification?.verdict;
  if (verdict === undefined || verdict === 'pass' || verdict === 'skipped') {
    return { followers: [] };
  }
  const deciding = requiredFindings(target, verdict);
  const followersOf = (root: Finding) =>
    deciding.filter(finding => finding.causedBy === root.check);
  const [root = deciding[0]] = deciding
    .filter(finding => finding.causedBy === undefined)
    .sort((a, b) => followersOf(b).length - followersOf(a).length);
  return { root, followers: root === undefined ? [] : followersOf(root) };
}

/** Undecided for want of traffic or samples, and right as far as it could be read. */
export function isUnproven(target: TargetReport): boolean {
  const undecided = requiredFindings(target, 'inconclusive');
  return (
    undecided.length > 0 &&
    undecided.every(finding => finding.component === 'routing')
  );
}

/** How many required checks came out as pass, of those that apply; as text. */
export function requiredCounts(targets: TargetReport[]): {
  passed: string;
  all: string;
} {
  const required = targets
    .flatMap(target => target.verification?.findings ?? [])
    .filter(
      ({ requirement, verdict }) =>
        requirement === 'required' && verdict !== 'skipped',
    );
  const passed = required.filter(({ verdict }) => verdict === 'pass');
  return {
    passed: formatCount(passed.length),
    all: formatCount(required.length),
  };
}
