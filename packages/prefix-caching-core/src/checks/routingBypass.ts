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

import { LABELS, LABEL_VALUES } from '../kubernetes';
import { gapFor, isReady, routerPods, wasAsked } from '../observation';
import type { Observation } from '../observation';
import { countersOf, pickerSawAll, pickerSawNothing } from './counters';
import { count, gapEvidence, judge, kubectl } from './judgement';
import type { Check, Judgement } from './types';

/** Verdicts that the run before gives when its counters showed the same: see below. */
const SEEN_BEFORE = new Set(['warn', 'fail']);

/** Whether no picker is there that could see a request. */
function isUnattended(observation: Observation): boolean {
  return (
    wasAsked(observation, 'Pod') &&
    !gapFor(observation, 'Pod') &&
    !routerPods(observation).some(isReady)
  );
}

function judgeBypass({ observation }: { observation: Observation }): Judgement {
  if (observation.source === 'manifests') {
    return judge(
      'skipped',
      'Not decided from files: only traffic shows whether requests reach the Endpoint Picker.',
      'not looked for',
    );
  }
  const counters = countersOf(observation.endpoints);
  const served = counters.engine.requests;
  const gaps = ['metrics/router', 'metrics/engine'].flatMap(
    what => gapFor(observation, what) ?? [],
  );
  const actual = `picker ${
    counters.routerRequests ?? 'not sampled twice'
  }, engines ${
    served ??
    (counters.engineSampled ? 'an unknown number of' : 'not sampled twice')
  } requests between two samples`;
  const evidence = [
    { subject: 'requests between two samples', value: actual },
    ...gaps.map(gapEvidence),
  ];
  const unattended = counters.engineActive && isUnattended(observation);
  if (unattended || pickerSawNothing(counters)) {
    const requests =
      served === undefined
        ? 'Engines serve requests'
        : `Engines served ${count(served, 'request')}`;
    return SEEN_BEFORE.has(
      observation.previousVerdicts?.['routing.bypass'] ?? '',
    )
      ? judge(
          'fail',
          unattended
            ? `${requests}, and no Endpoint Picker is ready to see them.`
            : `${requests} that the Endpoint Picker never saw.`,
          actual,
          {
            evidence,
            remedy: unattended
              ? 'Look at the picker: as long as no pod of it is ready, the gateway fails open.'
              : 'Look at the gateway: it does not call the picker, or cannot reach it, and fails open.',
          },
        )
      : judge(
          'warn',
          unattended
            ? `${requests}, and no Endpoint Picker is ready to see them; the next run decides.`
            : `${requests} that the Endpoint Picker did not see; the next run decides.`,
          actual,
          { evidence },
        );
  }
  if (
    counters.engineSampled &&
    counters.routerSampled &&
    !counters.engineActive &&
    served !== undefined
  ) {
    return (counters.routerRequests ?? 0) > 0
      ? judge(
          'inconclusive',
          'The Endpoint Picker saw requests, and no engine has finished one yet.',
          actual,
          { evidence },
        )
      : judge(
          'inconclusive',
          'No requests between the two samples, so nothing is proven.',
          actual,
          { evidence },
        );
  }
  if (pickerSawAll(counters)) {
    return judge(
      'pass',
      'The Endpoint Picker sees the requests that the engines serve.',
      actual,
      { evidence },
    );
  }
  if (counters.routerSampled && served !== undefined && served > 0) {
    return judge(
      'inconclusive',
      `The Endpoint Picker saw ${counters.routerRequests} of ${count(
        served,
        'request',
      )}: the rest took another way.`,
      actual,
      {
        evidence,
        remedy:
          'Look for clients that call the Service of the engines directly, or paths the route sends there.',
      },
    );
  }
  const [gap] = gaps;
  const unsampled =
    counters.routerSampled && counters.engineSampled
      ? 'The engines count no requests, so nothing is proven.'
      : 'Not sampled twice yet, so nothing is proven.';
  return judge(
    'inconclusive',
    gap
      ? `Can't tell whether requests reach the Endpoint Picker: ${
          gap.what === 'metrics/engine' ? "the engines'" : 'its'
        } metrics did not answer.`
      : unsampled,
    gap ? `${actual}; ${gap.message.replace(/\.$/, '')}` : actual,
    { evidence, remedy: gap?.remedy },
  );
}

/**
 * Whether engines serve requests that the Endpoint Picker never saw.
 *
 * The first time its counters stand still while the engines' move, this warns:
 * one sample of each is not taken at the same moment. Standing still twice in a
 * row is a failure.
 */
export const routingBypass: Check = {
  id: 'routing.bypass',
  component: 'routing',
  requirement: 'required',
  title: 'Requests go through the Endpoint Picker',
  expected: 'the picker counts the requests that the engines serve',
  responsible: 'platform',
  judge: judgeBypass,
  commands: ({ target }) => [
    kubectl(
      "the picker's own account of requests",
      'logs',
      '-n',
      target.namespace,
      '-l',
      `${LABELS.name}=${target.name},${LABELS.component}=${LABEL_VALUES.picker}`,
      '--tail=50',
    ),
  ],
};
