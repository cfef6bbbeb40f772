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

import {
  enginePods,
  gapFor,
  isAbsent,
  isReady,
  isStopped,
  phaseOf,
  desiredReplicas,
} from '../observation';
import type { Observation } from '../observation';
import { isConfiguredNotProven } from '../verdicts';
import type { Verdict } from '../verdicts';
import { absenceOf, lowerFirst, unreadWords } from './judgement';
import { deliveredHitRatio, percent } from './routingDeliveredHits';
import type { Finding } from './types';

/** The first finding of a verdict that follows from no other. */
function first(
  findings: readonly Finding[],
  verdict: Verdict,
): Finding | undefined {
  const such = findings.filter(
    finding =>
      finding.requirement === 'required' && finding.verdict === verdict,
  );
  return such.find(({ causedBy }) => causedBy === undefined) ?? such[0];
}

function unproven(findings: readonly Finding[]): string {
  const finding = first(findings, 'inconclusive');
  return `Configured, not yet proven: ${lowerFirst(
    finding?.summary ?? 'No requests yet.',
  )}`;
}

function undecided(
  observation: Observation,
  findings: readonly Finding[],
): string {
  const gap = gapFor(observation, 'cluster');
  if (gap)
    return `No current verdict: ${unreadWords(gap).replace(
      'the cluster',
      `cluster ${observation.target.cluster ?? ''}`.trim(),
    )}.`;
  if (
    phaseOf(observation) === 'progressing' &&
    observation.source === 'cluster'
  ) {
    const ready = enginePods(observation).filter(isReady).length;
    const desired =
      desiredReplicas(observation) ?? enginePods(observation).length;
    if (ready < desired)
      return `Starting: ${ready} of ${desired} replicas ready.`;
  }
  const finding = first(findings, 'inconclusive');
  const summary = finding?.summary ?? '';
  return summary.startsWith("Can't tell")
    ? summary
    : `Can't tell whether prefix caching works on ${
        observation.target.name
      }: ${lowerFirst(summary)}`;
}

function works(observation: Observation): string {
  const { name } = observation.target;
  const ratio = deliveredHitRatio(observation);
  if (observation.source === 'manifests')
    return `What files can tell of ${name} is right.`;
  return ratio === undefined
    ? `Prefix caching works on ${name}.`
    : `Prefix caching works on ${name}: ${percent(
        ratio,
      )} of prompt tokens came from cache.`;
}

/**
 * The verdict in one sentence: what, where and why, in words a reader knows
 * and without check ids.
 */
export function summarize(
  observation: Observation,
  verdict: Verdict,
  findings: readonly Finding[],
): string {
  const { name } = observation.target;
  if (isAbsent(observation)) return absenceOf(observation.target);
  if (isStopped(observation)) {
    return `${name} is stopped on purpose. Nothing is verified while stopped.`;
  }
  switch (verdict) {
    case 'pass':
      return works(observation);
    case 'warn': {
      const finding = first(findings, 'warn');
      const verb = observation.source === 'manifests' ? 'can work' : 'works';
      return finding?.check === 'routing.bypass'
        ? `Prefix caching may be bypassed on ${name}: ${lowerFirst(
            finding.summary,
          )}`
        : `Prefix caching ${verb} on ${name}, but ${lowerFirst(
            finding?.summary ?? '',
          )}`;
    }
    case 'fail': {
      const verb =
        observation.source === 'manifests' ? 'will not work' : 'is not working';
      return `Prefix caching ${verb} on ${name}: ${lowerFirst(
        first(findings, 'fail')?.summary ?? '',
      )}`;
    }
    case 'inconclusive':
      return isConfiguredNotProven(findings)
        ? unproven(findings)
        : undecided(observation, findings);
    default:
      return `Nothing could be verified of ${name}.`;
  }
}
