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

import type { Gap, Verification } from 'prefix-caching-core';
import type { TargetReport } from 'backstage-plugin-prefix-caching-common';
import { finding, gpuTarget, withFindings } from '../__fixtures__';
import { stateOfFinding, stateOfTarget, worstState } from './displayState';

const refused: Gap = {
  what: 'EnvoyFilter',
  reason: 'forbidden',
  message: 'EnvoyFilters may not be listed.',
};
const blind = {
  check: 'gateway.request-body',
  component: 'gateway',
  verdict: 'inconclusive',
  actual: 'EnvoyFilter: 403',
} as const;
const quiet = {
  check: 'routing.bypass',
  component: 'routing',
  verdict: 'inconclusive',
  actual: 'no requests',
} as const;

function target(changes: Partial<Verification>): TargetReport {
  const { verification } = gpuTarget;
  return {
    ...gpuTarget,
    verification: verification && { ...verification, ...changes },
  };
}

describe('display states', () => {
  it.each([
    ['pass', finding({ ...quiet, verdict: 'pass' })],
    ['fail', finding({ ...quiet, verdict: 'fail' })],
    ['inconclusive', finding(quiet)],
    ['noAccess', finding(blind)],
    ['advice', finding({ ...quiet, verdict: 'warn', requirement: 'advice' })],
    ['skipped', finding({ ...quiet, verdict: 'skipped' })],
  ])('of a finding: %s', (state, given) => {
    expect(stateOfFinding(given, [refused])).toBe(state);
  });

  it.each([
    ['pass', target({})],
    ['fail', target({ verdict: 'fail' })],
    ['fail', target({ verdict: 'fail', phase: 'progressing' })],
    ['progressing', target({ verdict: 'warn', phase: 'progressing' })],
    ['progressing', { ...gpuTarget, verification: undefined }],
    ['stopped', target({ verdict: 'fail', phase: 'stopped' })],
    ['stale', target({ freshness: 'stale' })],
    [
      'unreachable',
      target({ gaps: [{ ...refused, what: 'cluster', reason: 'timeout' }] }),
    ],
    [
      'noAccess',
      target({
        verdict: 'inconclusive',
        findings: withFindings(blind),
        gaps: [refused],
      }),
    ],
    [
      'inconclusive',
      target({
        verdict: 'inconclusive',
        findings: withFindings(blind, quiet),
        gaps: [refused],
      }),
    ],
  ])('of a target: %s', (state, given) => {
    expect(stateOfTarget(given)).toBe(state);
  });

  it('puts what fails before what can’t be told, and what is skipped last', () => {
    expect(worstState(['skipped', 'pass', 'inconclusive', 'fail'])).toBe(
      'fail',
    );
    expect(worstState(['pass', 'noAccess', 'warn'])).toBe('noAccess');
    expect(worstState(['skipped', 'pass'])).toBe('pass');
    expect(worstState([])).toBeUndefined();
  });
});
