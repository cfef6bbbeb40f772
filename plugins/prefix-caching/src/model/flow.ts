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

import { DOCUMENT_STEPS } from 'prefix-caching-core/verdicts';
import type { DocumentStep } from 'prefix-caching-core/verdicts';
import type { Finding } from 'prefix-caching-core';
import type { TargetReport } from 'backstage-plugin-prefix-caching-common';
import { compareStates, stateOfFinding } from '../states';
import type { DisplayState } from '../states';
import { isBypassed } from './hops';

/** One step of the reference document's request flow, on one target. */
export interface FlowStep {
  step: DocumentStep;
  state: DisplayState;
  /** The worst of its checks; undefined where none watches it. */
  worst?: Finding;
}

/** Each step of the request flow with its state. */
export function flowStepsOf(target: TargetReport): FlowStep[] {
  const gaps = target.verification?.gaps ?? [];
  const findings = target.verification?.findings ?? [];
  return DOCUMENT_STEPS.map(step => {
    const [worst] = findings
      .filter(finding => step.checks.includes(finding.check))
      .map(finding => ({ finding, state: stateOfFinding(finding, gaps) }))
      .sort((a, b) => compareStates(a.state, b.state));
    const notAsked = step.id === 'scoring' && isBypassed(target);
    return {
      step,
      state: notAsked ? 'bypassed' : worst?.state ?? 'observed',
      worst: worst?.finding,
    };
  });
}
