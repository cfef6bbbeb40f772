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

import type { KubernetesObject } from '../kubernetes';
import { routerAvailable } from './routerAvailable';
import {
  crashing,
  NOT_READY,
  NOW,
  observe,
  pickerDeployment,
  pickerPod,
  READY,
  service,
} from './testing/cluster';
import { judged, judgedCase, wanted } from './testing/judging';
import type { Case } from './testing/judging';

const gap = (what: string) => ({
  what,
  reason: 'forbidden' as const,
  message: `${what}s may not be listed.`,
});
const restarted = {
  ...READY,
  containerStatuses: [{ name: 'main', restartCount: 4, state: {} }],
};
const elects = { args: ['--ha-enable-leader-election'] };
const unrouted = service('chat', { router: { route: {}, gateway: {} } });

const before = (seconds: number) =>
  new Date(Date.parse(NOW) - seconds * 1000).toISOString();
const NONE_YET = { observedGeneration: 1 };
function made(
  seconds: number,
  status: Record<string, unknown>,
): KubernetesObject {
  const deployment = pickerDeployment('chat', { status });
  return {
    ...deployment,
    metadata: { ...deployment.metadata, creationTimestamp: before(seconds) },
  };
}
const joining = (name: string) =>
  service('chat', {
    router: { route: {}, gateway: {} },
    labels: { 'app.kubernetes.io/name': name },
  });

describe('router.available', () => {
  it.each<Case>([
    ['one ready', observe(), 'pass', 'The Endpoint Picker is available'],
    [
      'found by the label of the reference document',
      observe({
        pickerDeployment: undefined,
        picker: pickerPod('chat', {
          labels: { 'app.kubernetes.io/component': 'router-scheduler' },
        }),
      }),
      'pass',
      'available',
    ],
    [
      'not ready',
      observe({ picker: pickerPod('chat', { status: NOT_READY }) }),
      'fail',
      'No Endpoint Picker is available.',
    ],
    [
      'crash-looping',
      observe({
        picker: pickerPod('chat', { status: crashing('CrashLoopBackOff') }),
      }),
      'fail',
      '(CrashLoopBackOff)',
    ],
    [
      'scaled to zero',
      observe({
        picker: undefined,
        pickerDeployment: pickerDeployment('chat', { spec: { replicas: 0 } }),
      }),
      'fail',
      'scaled to zero',
    ],
    [
      'no pod, and the Deployment says so',
      observe({
        picker: undefined,
        pickerDeployment: pickerDeployment('chat', {
          status: { observedGeneration: 2 },
        }),
      }),
      'fail',
      'No Endpoint Picker is available.',
    ],
    [
      'no pod, and the Deployment says nothing',
      observe({
        picker: undefined,
        pickerDeployment: pickerDeployment('chat', { status: {} }),
      }),
      'inconclusive',
      'reports no state',
    ],
    [
      'Deployment deleted',
      observe({ picker: undefined, pickerDeployment: undefined }),
      'fail',
      'its Deployment is missing',
    ],
    [
      'pods may not be read, the Deployment may',
      observe({ picker: undefined }, { gaps: [gap('Pod')] }),
      'pass',
      'The Endpoint Picker is available',
    ],
    [
      'neither may be read',
      observe(
        { picker: undefined, pickerDeployment: undefined },
        { gaps: [gap('Pod'), gap('Deployment')] },
      ),
      'inconclusive',
      "Can't tell whether an Endpoint Picker runs",
    ],
    [
      'not asked for',
      observe({
        service: unrouted,
        picker: undefined,
        pickerDeployment: undefined,
      }),
      'fail',
      'asks for no Endpoint Picker',
    ],
    [
      'two without a leader',
      observe({ second: pickerPod('chat', { index: 1 }) }),
      'warn',
      'without a leader',
    ],
    [
      'two with a leader',
      observe({
        picker: pickerPod('chat', { container: elects }),
        second: pickerPod('chat', { index: 1, container: elects }),
      }),
      'pass',
      '2 Endpoint Pickers',
    ],
    [
      'restarts often',
      observe({ picker: pickerPod('chat', { status: restarted }) }),
      'warn',
      'restarted 4 times',
    ],
    [
      'files that ask for one',
      observe(
        { picker: undefined, pickerDeployment: undefined },
        { source: 'manifests', asked: ['LLMInferenceService'] },
      ),
      'skipped',
      'an Endpoint Picker is asked for',
    ],
    [
      'files that ask for none',
      observe(
        { service: unrouted, picker: undefined },
        { source: 'manifests', asked: ['LLMInferenceService'] },
      ),
      'fail',
      'asks for no Endpoint Picker',
    ],
    [
      'no pod, and the Deployment is new',
      observe({ picker: undefined, pickerDeployment: made(299, NONE_YET) }),
      'inconclusive',
      'The Endpoint Picker is starting.',
    ],
    [
      'no pod, and the Deployment has had its five minutes',
      observe({ picker: undefined, pickerDeployment: made(300, NONE_YET) }),
      'fail',
      'No Endpoint Picker is available.',
    ],
    [
      'not ready, and the Deployment is new',
      observe({
        picker: pickerPod('chat', { status: NOT_READY }),
        pickerDeployment: made(20, NONE_YET),
      }),
      'inconclusive',
      'The Endpoint Picker is starting.',
    ],
    [
      'crash-looping from the start, with its last words',
      observe({
        picker: pickerPod('chat', {
          status: crashing('CrashLoopBackOff', 'flag provided but not defined'),
          container: { image: undefined },
        }),
        pickerDeployment: made(20, NONE_YET),
      }),
      'fail',
      '(CrashLoopBackOff)',
    ],
    [
      'no pod, and the Deployment names no image',
      observe({
        picker: undefined,
        pickerDeployment: pickerDeployment('chat', {
          container: { image: undefined },
        }),
      }),
      'pass',
      'available',
    ],
    [
      'no pod, two available as the Deployment says',
      observe({
        picker: undefined,
        pickerDeployment: pickerDeployment('chat', {
          status: { observedGeneration: 1, availableReplicas: 2 },
        }),
      }),
      'pass',
      '2 Endpoint Pickers are available.',
    ],
    [
      'no Deployment yet, as the service is new',
      observe({
        picker: undefined,
        pickerDeployment: undefined,
        service: service('chat', {}, { created: before(20) }),
      }),
      'inconclusive',
      'its Deployment is missing',
    ],
    [
      'no Deployment, and no service either',
      observe({
        picker: undefined,
        pickerDeployment: undefined,
        service: undefined,
      }),
      'inconclusive',
      'No Endpoint Picker pod was seen',
    ],
    [
      'pods may not be read, and the Deployment says nothing',
      observe(
        {
          picker: undefined,
          pickerDeployment: pickerDeployment('chat', { status: {} }),
        },
        { gaps: [gap('Pod')] },
      ),
      'inconclusive',
      "Can't tell whether an Endpoint Picker runs: Pods may not be read.",
    ],
    [
      'restarts as often as is too often',
      observe({
        picker: pickerPod('chat', {
          status: {
            ...READY,
            containerStatuses: [{ name: 'main', restartCount: 3, state: {} }],
          },
        }),
      }),
      'warn',
      'restarted 3 times',
    ],
    [
      'not asked for: the engines join the pool of another service',
      observe({
        service: joining('host'),
        picker: undefined,
        pickerDeployment: undefined,
      }),
      'inconclusive',
      'The engines join the pool of another service, whose Endpoint Picker chooses for both. labelled as host',
    ],
    [
      'not asked for, and labelled as itself',
      observe({
        service: joining('chat'),
        picker: undefined,
        pickerDeployment: undefined,
      }),
      'fail',
      'asks for no Endpoint Picker',
    ],
  ])('%s', (...given) => {
    expect(judgedCase(routerAvailable, given)).toEqual(wanted(given));
  });

  it('is the owner’s when the service asks for none, and the platform’s otherwise', () => {
    const observation = observe({
      service: unrouted,
      picker: undefined,
      pickerDeployment: undefined,
    });
    expect(judged(routerAvailable, observation).responsible).toBe('owner');
    expect(routerAvailable.responsible).toBe('platform');
  });
});
