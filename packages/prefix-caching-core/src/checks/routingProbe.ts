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

import { LABELS } from '../kubernetes';
import { enginePods } from '../observation';
import type { Observation, ProbeResult } from '../observation';
import { count, judge, kubectl } from './judgement';
import type { Check, Evidence, Judgement } from './types';

function seconds(value: number | undefined): string {
  if (value === undefined) return 'not measured';
  return value < 1 ? `${Math.round(value * 1000)} ms` : `${value.toFixed(1)} s`;
}

function control(missed: boolean | undefined): string {
  if (missed === undefined) return 'not known';
  return missed ? 'missed' : 'hit';
}

function evidenceOf(probe: ProbeResult): Evidence[] {
  const { prefixes, affine, hits, replicas, timeToFirstToken } = probe;
  const of = (n: number | undefined) =>
    n === undefined ? 'not known' : `${n} of ${prefixes}`;
  return [
    { subject: `probe of ${probe.at} by ${probe.by}`, value: probe.summary },
    {
      subject: 'repeated prefixes that came to the same replica',
      value: `${of(affine)}, ${count(replicas, 'replica')}`,
    },
    {
      subject: `repeated prefixes answered from cache (${probe.evidence})`,
      value: of(hits),
    },
    {
      subject: 'the prompt that must miss',
      value: control(probe.controlMissed),
    },
    {
      subject: 'time to first token, median',
      value: `${seconds(timeToFirstToken.cold)} cold, ${seconds(
        timeToFirstToken.warm,
      )} warm`,
    },
  ];
}

/** Whether every engine that runs now was started after the probe: then it says nothing of them. */
function isOutlived(observation: Observation, { at }: ProbeResult): boolean {
  const pods = enginePods(observation);
  return (
    pods.length > 0 &&
    pods.every(
      ({ metadata }) =>
        metadata.creationTimestamp !== undefined &&
        Date.parse(metadata.creationTimestamp) > Date.parse(at),
    )
  );
}

function judgeOutcome(observation: Observation, probe: ProbeResult): Judgement {
  const evidence = evidenceOf(probe);
  const actual = probe.summary.replace(/\.$/, '');
  if (isOutlived(observation, probe)) {
    return judge(
      'inconclusive',
      'The last probe is older than every engine that runs now.',
      actual,
      { evidence, remedy: 'Run a probe again.' },
    );
  }
  if (probe.controlMissed === false) {
    return judge(
      'inconclusive',
      'The probe proves nothing: the prompt that must miss came from cache too.',
      actual,
      {
        evidence,
        remedy:
          'Run it again; a miss must be seen before a hit means anything.',
      },
    );
  }
  switch (probe.outcome) {
    case 'miss':
      return judge(
        'fail',
        'A repeated prefix came to the same replica and was not taken from cache.',
        actual,
        {
          evidence,
          responsible: 'owner',
          remedy:
            'Look at the engine: caching switched off, a block larger than the prefix, or a cache too small to keep it.',
        },
      );
    case 'routing-at-fault':
      return judge(
        'fail',
        'Repeated prefixes were not sent to the replica that had them.',
        actual,
        {
          evidence,
          remedy:
            "Look at the picker's weights, and whether the gateway asks it at all.",
        },
      );
    case 'hit':
      return probe.largeBodyHit === false
        ? judge(
            'warn',
            'Repeated prefixes hit, but a request of more than 8 kB did not.',
            actual,
            {
              evidence,
              remedy:
                'Look at how the gateway hands over long bodies: chained ext_proc filters lose them (envoy#41654).',
            },
          )
        : judge('pass', 'A repeated prefix came back from the cache.', actual, {
            evidence,
          });
    default:
      return judge(
        'inconclusive',
        'The last probe could not tell whether the cache works.',
        actual,
        { evidence },
      );
  }
}

function judgeProbe({ observation }: { observation: Observation }): Judgement {
  const { probe } = observation;
  return probe
    ? judgeOutcome(observation, probe)
    : judge(
        'skipped',
        observation.source === 'manifests'
          ? 'Not decided from files: a probe sends requests.'
          : 'No probe was run.',
        'no probe',
      );
}

/** What the last active probe found out. */
export const routingProbe: Check = {
  id: 'routing.probe',
  component: 'routing',
  requirement: 'advice',
  title: 'A probe finds its prefix again',
  expected:
    'the same replica for a repeated prefix, an answer from its cache, and a miss for another one',
  responsible: 'platform',
  judge: judgeProbe,
  commands: ({ target }) => [
    kubectl(
      'the engines, and since when they run',
      'get',
      'pods',
      '-n',
      target.namespace,
      '-l',
      `${LABELS.name}=${target.name},${LABELS.kserveComponent}=workload`,
    ),
  ],
};
