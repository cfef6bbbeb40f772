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

import type { Observation } from '../observation';
import { judge } from './judgement';
import { summarize } from './summarize';
import {
  enginePod,
  NOT_READY,
  NOW,
  observe,
  pickerPod,
  service,
  traffic,
} from './testing/cluster';
import type { Finding } from './types';

function finding(parts: Partial<Finding>): Finding {
  return {
    check: 'engine.arguments',
    component: 'engine',
    requirement: 'required',
    expected: '',
    evidence: [],
    commands: [],
    responsible: 'owner',
    ...judge('pass', 'The arguments arrive.'),
    ...parts,
  };
}

const fail = (summary: string, more: Partial<Finding> = {}) =>
  finding({ verdict: 'fail', summary, ...more });
const unknown = (summary: string, more: Partial<Finding> = {}) =>
  finding({ verdict: 'inconclusive', summary, ...more });
const warn = (summary: string, more: Partial<Finding> = {}) =>
  finding({ verdict: 'warn', summary, ...more });

const HEALTHY = observe();
const FILES: Observation = { ...HEALTHY, source: 'manifests' };
const STARTING = observe({
  engine0: enginePod('chat', 0, { status: NOT_READY, created: NOW }),
});
const STARTING_PICKER = pickerPod('chat', { status: NOT_READY });
const UNREACHED: Observation = {
  ...HEALTHY,
  gaps: [{ what: 'cluster', reason: 'timeout', message: 'No answer.' }],
};
const STOPPED = observe({ service: service('chat', { replicas: 0 }) });
const ROUTING = { component: 'routing' } as const;

describe('the verdict in one sentence', () => {
  it.each<[string, Observation, Finding['verdict'], Finding[], string]>([
    [
      'stopped, whatever the verdict',
      STOPPED,
      'fail',
      [fail('The flag is off.')],
      'chat is stopped on purpose. Nothing is verified while stopped.',
    ],
    ['pass, no traffic', HEALTHY, 'pass', [], 'Prefix caching works on chat.'],
    [
      'pass, with traffic',
      observe(
        {},
        {
          endpoints: traffic({
            picker: 9,
            engines: 9,
            queryTokens: 200,
            hitTokens: 150,
          }),
        },
      ),
      'pass',
      [],
      'Prefix caching works on chat: 75 % of prompt tokens came from cache.',
    ],
    [
      'pass of files',
      FILES,
      'pass',
      [],
      'What files can tell of chat is right.',
    ],
    [
      'warn',
      HEALTHY,
      'warn',
      [finding({}), warn('One replica gets most requests.')],
      'Prefix caching works on chat, but one replica gets most requests.',
    ],
    [
      'warn of files',
      FILES,
      'warn',
      [warn('One replica is asked for.')],
      'Prefix caching can work on chat, but one replica is asked for.',
    ],
    [
      'warn of a bypass',
      HEALTHY,
      'warn',
      [warn('Requests pass by the picker.', { check: 'routing.bypass' })],
      'Prefix caching may be bypassed on chat: requests pass by the picker.',
    ],
    [
      'warn without a finding',
      HEALTHY,
      'warn',
      [],
      'Prefix caching works on chat, but ',
    ],
    [
      'fail: the first required one that follows from no other',
      HEALTHY,
      'fail',
      [
        fail('Advice is none.', { requirement: 'advice' }),
        warn('Nor is a warning.'),
        fail('The hits are gone.', { causedBy: 'engine.arguments' }),
        fail('The flag is off.'),
        fail('Another too.'),
      ],
      'Prefix caching is not working on chat: the flag is off.',
    ],
    [
      'fail that follows from something advised',
      HEALTHY,
      'fail',
      [
        fail('The hits are gone.', { causedBy: 'network.policies' }),
        fail('Others too.', { causedBy: 'network.policies' }),
      ],
      'Prefix caching is not working on chat: the hits are gone.',
    ],
    [
      'fail of files',
      FILES,
      'fail',
      [fail('The flag is off.')],
      'Prefix caching will not work on chat: the flag is off.',
    ],
    [
      'fail without a finding',
      HEALTHY,
      'fail',
      [],
      'Prefix caching is not working on chat: ',
    ],
    [
      'not proven yet',
      HEALTHY,
      'inconclusive',
      [finding({}), unknown('No requests were seen.', ROUTING)],
      'Configured, not yet proven: no requests were seen.',
    ],
    [
      'unknown: the cluster',
      UNREACHED,
      'inconclusive',
      [unknown('The arguments were not read.')],
      'No current verdict: cluster test did not answer.',
    ],
    [
      'unknown: a cluster without a name',
      { ...UNREACHED, target: { ...UNREACHED.target, cluster: '' } },
      'inconclusive',
      [unknown('The arguments were not read.')],
      'No current verdict: cluster did not answer.',
    ],
    [
      'unknown while starting',
      STARTING,
      'inconclusive',
      [unknown('The arguments were not read.')],
      'Starting: 1 of 2 replicas ready.',
    ],
    [
      'unknown while the first of two starts',
      observe({
        engine0: enginePod('chat', 0, { status: NOT_READY, created: NOW }),
        engine1: undefined,
      }),
      'inconclusive',
      [unknown('The arguments were not read.')],
      'Starting: 0 of 2 replicas ready.',
    ],
    [
      'unknown while only the picker starts',
      observe({
        picker: {
          ...STARTING_PICKER,
          metadata: { ...STARTING_PICKER.metadata, creationTimestamp: NOW },
        },
      }),
      'inconclusive',
      [unknown('The arguments were not read.')],
      "Can't tell whether prefix caching works on chat: the arguments were not read.",
    ],
    [
      'unknown, and one has not been ready for long',
      observe({ engine0: enginePod('chat', 0, { status: NOT_READY }) }),
      'inconclusive',
      [unknown('The arguments were not read.')],
      "Can't tell whether prefix caching works on chat: the arguments were not read.",
    ],
    [
      'unknown of files, in which nothing runs',
      observe(
        { engine0: undefined, engine1: undefined },
        { source: 'manifests' },
      ),
      'inconclusive',
      [unknown('The arguments were not read.')],
      "Can't tell whether prefix caching works on chat: the arguments were not read.",
    ],
    [
      'unknown',
      HEALTHY,
      'inconclusive',
      [unknown('The arguments were not read.')],
      "Can't tell whether prefix caching works on chat: the arguments were not read.",
    ],
    [
      'unknown, in the words of a check',
      HEALTHY,
      'inconclusive',
      [unknown("Can't tell whether engines agree: pods may not be read.")],
      "Can't tell whether engines agree: pods may not be read.",
    ],
    [
      'unknown of files',
      FILES,
      'inconclusive',
      [unknown('The arguments were not read.')],
      "Can't tell whether prefix caching works on chat: the arguments were not read.",
    ],
    [
      'unknown without a finding',
      HEALTHY,
      'inconclusive',
      [],
      "Can't tell whether prefix caching works on chat: ",
    ],
    ['nothing', HEALTHY, 'skipped', [], 'Nothing could be verified of chat.'],
  ])('%s', (_, observation, verdict, findings, sentence) => {
    expect(summarize(observation, verdict, findings)).toBe(sentence);
  });
});
