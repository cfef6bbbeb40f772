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
import type { TargetReport } from 'backstage-plugin-prefix-caching-common';
import { compareStates, stateOfFinding } from '../states';
import type { DisplayState } from '../states';

/** A station of a request, in the order it passes them. */
export type HopId =
  | 'client'
  | 'gateway'
  | 'requestBody'
  | 'picker'
  | 'replica'
  | 'cache'
  | 'response';

/** Which checks watch which hop; a trailing dot stands for a whole component. */
const HOP_CHECKS: Record<HopId, readonly string[]> = {
  client: [],
  gateway: ['gateway.routes', 'gateway.picker-tls', 'gateway.shared-picker'],
  requestBody: ['gateway.request-body'],
  picker: ['router.', 'routing.bypass', 'routing.prediction-gap'],
  replica: [
    'engine.replicas',
    'engine.arguments',
    'routing.distribution',
    'network.policies',
  ],
  cache: [
    'engine.prefix-caching',
    'engine.block-size',
    'routing.delivered-hits',
  ],
  response: ['routing.probe'],
};

/** All hops, first to last. */
export const HOPS: readonly HopId[] = [
  'client',
  'gateway',
  'requestBody',
  'picker',
  'replica',
  'cache',
  'response',
];

/** One hop of one target. */
export interface HopReport {
  id: HopId;
  state: DisplayState;
  /** The worst of its checks; undefined where no check watches it. */
  worst?: Finding;
  passed: number;
  checks: number;
}

/** The hops of a target with the state of each. */
export function hopsOf(target: TargetReport): HopReport[] {
  return HOPS.map(id => hopOf(target, id));
}

/** Whether the engines serve requests that the endpoint picker never saw. */
export function isBypassed(target: TargetReport): boolean {
  return (target.verification?.findings ?? []).some(
    finding => finding.check === 'routing.bypass' && finding.verdict === 'fail',
  );
}

function hopOf(target: TargetReport, id: HopId): HopReport {
  const gaps = target.verification?.gaps ?? [];
  const findings = (target.verification?.findings ?? []).filter(
    finding =>
      finding.requirement !== 'advice' &&
      HOP_CHECKS[id].some(check =>
        check.endsWith('.')
          ? finding.check.startsWith(check)
          : finding.check === check,
      ),
  );
  const [worst] = findings
    .map(finding => ({ finding, state: stateOfFinding(finding, gaps) }))
    .sort((a, b) => compareStates(a.state, b.state));
  const bypassed = id === 'picker' && isBypassed(target);
  return {
    id,
    state: bypassed ? 'bypassed' : worst?.state ?? 'observed',
    worst: worst?.finding,
    passed: findings.filter(({ verdict }) => verdict === 'pass').length,
    checks: findings.filter(({ verdict }) => verdict !== 'skipped').length,
  };
}
