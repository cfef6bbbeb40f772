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

import type { Finding } from './types';

/**
 * What a finding may follow from, nearest cause first. Only a failed cause
 * counts, so that one team is called and not three.
 */
const CAUSES: Record<string, readonly string[]> = {
  'engine.replicas': ['engine.arguments'],
  'engine.prefix-caching': ['engine.arguments', 'engine.replicas'],
  'engine.block-size': ['engine.arguments', 'engine.replicas'],
  'router.pool': ['engine.replicas'],
  'router.scorers': ['router.available'],
  'router.metrics': ['router.available', 'router.pool', 'gateway.picker-tls'],
  'gateway.picker-tls': ['router.available'],
  'routing.bypass': [
    'router.available',
    'gateway.routes',
    'gateway.request-body',
    'gateway.picker-tls',
    'gateway.shared-picker',
    'router.pool',
    'network.policies',
  ],
  'routing.distribution': [
    'engine.replicas',
    'router.available',
    'router.pool',
    'gateway.request-body',
    'gateway.shared-picker',
    'routing.bypass',
  ],
  'routing.prediction-gap': [
    'engine.prefix-caching',
    'engine.block-size',
    'gateway.shared-picker',
    'routing.delivered-hits',
  ],
  'routing.probe': [
    'engine.prefix-caching',
    'engine.block-size',
    'engine.replicas',
    'router.available',
    'router.scorers',
    'gateway.routes',
    'gateway.request-body',
    'gateway.picker-tls',
    'gateway.shared-picker',
    'routing.bypass',
  ],
  'routing.delivered-hits': [
    'engine.prefix-caching',
    'engine.block-size',
    'engine.replicas',
    'router.available',
    'router.scorers',
    'gateway.routes',
    'gateway.request-body',
    'gateway.picker-tls',
    'gateway.shared-picker',
    'routing.bypass',
  ],
  'status.conditions': [
    'engine.replicas',
    'router.available',
    'gateway.routes',
  ],
};

function needsCause({ verdict }: Finding): boolean {
  return verdict === 'fail' || verdict === 'warn' || verdict === 'inconclusive';
}

/** Names, on each finding that is not well, the failed check it follows from. */
export function linkCauses(findings: readonly Finding[]): Finding[] {
  const failed = new Set(
    findings
      .filter(({ verdict }) => verdict === 'fail')
      .map(({ check }) => check),
  );
  const root = (check: string): string => {
    const cause = CAUSES[check]?.find(candidate => failed.has(candidate));
    return cause ? root(cause) : check;
  };
  return findings.map(finding => {
    if (finding.causedBy || !needsCause(finding)) return finding;
    const cause = root(finding.check);
    return cause === finding.check ? finding : { ...finding, causedBy: cause };
  });
}
