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
} from 'backstage-plugin-prefix-caching-common/core';

/**
 * What can be wrong with an entity's claim, as stable ids. The last is also
 * that of the finding core gives callers who know one entity only.
 */
export type ProblemId =
  | 'entity.annotation'
  | 'entity.unlinked'
  | 'entity.cluster'
  | 'ownership.back-reference';

export interface Problem {
  check: ProblemId;
  verdict: Verdict;
  summary: string;
  expected: string;
  actual: string;
  remedy: string;
  command?: { purpose: string; command: string };
}

/** A problem in the form the tab shows findings in. */
export function problemFinding(problem: Problem): Finding {
  const { command, ...rest } = problem;
  return {
    ...rest,
    component: 'status',
    // A claim that is only doubtful does not make the deployment any worse.
    requirement: problem.verdict === 'warn' ? 'advice' : 'required',
    evidence: [],
    commands: command ? [command] : [],
    responsible: 'owner',
  };
}
