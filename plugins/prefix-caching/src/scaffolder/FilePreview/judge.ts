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

import type { Verdict, Verification } from 'prefix-caching-core';
import type { DisplayState } from '../../states';

/** What the static checks, and the fit of what was chosen, come to. */
export interface Judged {
  state: DisplayState;
  passes: number;
  warnings: number;
  failures: number;
  /** The worst, in words; absent where there is nothing to say. */
  first?: string;
}

/** Names the service where there are several. */
function said(
  { summary, target }: { summary: string; target: string },
  several: boolean,
) {
  return several ? `${target}: ${summary}` : summary;
}

/**
 * Joins what was found of each service. A check counts once, however many
 * services it was made for; of those that are skipped, files cannot tell.
 *
 * @param tight - names of the accelerators on which the model may not start
 */
export function judge(
  verifications: readonly Verification[],
  tight: readonly string[],
  tightText: (name: string) => string,
): Judged {
  const all = verifications.flatMap(({ findings, target }) =>
    findings.map(finding => ({ ...finding, target: target.name })),
  );
  const those = (verdict: Verdict) => all.filter(it => it.verdict === verdict);
  const failures = those('fail');
  const warnings = those('warn');
  const bad = new Set([...failures, ...warnings].map(({ check }) => check));
  const passes = new Set(
    those('pass').flatMap(({ check }) => (bad.has(check) ? [] : [check])),
  );
  const texts = [
    ...failures.map(it => said(it, verifications.length > 1)),
    ...tight.map(tightText),
    ...warnings.map(it => said(it, verifications.length > 1)),
  ];
  let state: DisplayState = 'pass';
  if (failures.length > 0) {
    state = 'fail';
  } else if (texts.length > 0) {
    state = 'warn';
  }
  return {
    state,
    passes: passes.size,
    warnings: warnings.length + tight.length,
    failures: failures.length,
    first: texts[0],
  };
}
