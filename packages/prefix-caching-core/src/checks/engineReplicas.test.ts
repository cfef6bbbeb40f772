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

import { engineReplicas } from './engineReplicas';
import {
  crashing,
  enginePod,
  NOT_READY,
  observe,
  service,
} from './testing/cluster';
import { judgedCase, wanted } from './testing/judging';
import type { Case } from './testing/judging';

const young = '2026-08-20T11:59:00.000Z';
const T4 = { resources: { limits: { 'nvidia.com/gpu': '1' } } };
const asksForT4 = service('chat', {
  template: {
    nodeSelector: { 'cloud.google.com/gke-accelerator': 'nvidia-tesla-t4' },
    containers: [{ name: 'main', ...T4 }],
  },
});
const onNode = (index: number) =>
  enginePod('chat', index, {
    container: T4,
    spec: { nodeName: 'node-1', containers: [{ name: 'main', ...T4 }] },
  });
const node = (label: string) => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: {
    name: 'node-1',
    labels: { 'cloud.google.com/gke-accelerator': label },
  },
});
const unschedulable = {
  phase: 'Pending',
  conditions: [
    {
      type: 'PodScheduled',
      status: 'False',
      reason: 'Unschedulable',
      message: '0/9 nodes: Insufficient nvidia.com/gpu',
    },
  ],
};
const files = (spec: Record<string, unknown>) =>
  observe(
    { engine0: undefined, engine1: undefined, service: service('chat', spec) },
    { source: 'manifests', asked: ['LLMInferenceService'] },
  );

describe('engine.replicas', () => {
  it.each<Case>([
    ['all ready', observe(), 'pass', 'All 2 engine replicas are ready'],
    [
      'one of three missing',
      observe({
        service: service('chat', { replicas: 3 }),
        engine2: enginePod('chat', 2, { status: NOT_READY }),
      }),
      'warn',
      'Only 2 of 3',
    ],
    [
      'one of two missing',
      observe({ engine1: enginePod('chat', 1, { status: NOT_READY }) }),
      'fail',
      'Only 1 of 2',
    ],
    [
      'one of two still starting',
      observe({
        engine1: enginePod('chat', 1, { status: NOT_READY, created: young }),
      }),
      'inconclusive',
      'Starting: 1 of 2',
    ],
    [
      'crash-looping',
      observe({
        engine1: enginePod('chat', 1, { status: crashing('CrashLoopBackOff') }),
      }),
      'fail',
      'chat-kserve-1: CrashLoopBackOff',
    ],
    [
      'image not found',
      observe({
        engine1: enginePod('chat', 1, {
          status: crashing('ImagePullBackOff'),
          created: young,
        }),
      }),
      'fail',
      'ImagePullBackOff',
    ],
    [
      'no node takes it',
      observe({ engine1: enginePod('chat', 1, { status: unschedulable }) }),
      'fail',
      'No node takes 1 of 2 engine replicas',
    ],
    [
      'asked for one only',
      observe({
        service: service('chat', { replicas: 1 }),
        engine1: undefined,
      }),
      'warn',
      'Only one engine replica runs',
    ],
    [
      'on the node asked for',
      observe({
        service: asksForT4,
        engine0: onNode(0),
        engine1: onNode(1),
        node: node('nvidia-tesla-t4'),
      }),
      'pass',
      'All 2',
    ],
    [
      'on a node of another kind',
      observe({
        service: asksForT4,
        engine0: onNode(0),
        engine1: onNode(1),
        node: node('nvidia-l4'),
      }),
      'fail',
      'is nvidia-l4 instead of nvidia-tesla-t4',
    ],
    [
      'asks for no device at all',
      observe({ service: asksForT4 }),
      'fail',
      'asks for no device instead of nvidia.com/gpu',
    ],
    [
      'no pod of a service that is weeks old',
      observe({ engine0: undefined, engine1: undefined }),
      'fail',
      'No engine pod exists.',
    ],
    [
      'no pod of a new service',
      observe({
        engine0: undefined,
        engine1: undefined,
        service: service('chat', {}, { created: young }),
      }),
      'inconclusive',
      'yet',
    ],
    [
      'no such service',
      { ...observe(), service: undefined, objects: [] },
      'fail',
      'no LLMInferenceService llm/chat',
    ],
    [
      'pods may not be read',
      observe(
        { engine0: undefined, engine1: undefined },
        {
          gaps: [
            {
              what: 'Pod',
              reason: 'forbidden',
              message: 'Pods may not be listed.',
            },
          ],
        },
      ),
      'inconclusive',
      "Can't tell whether the engines are ready",
    ],
    [
      'files ask for three',
      files({ replicas: 3 }),
      'pass',
      '3 replicas are asked for',
    ],
    ['files ask for one', files({ replicas: 1 }), 'warn', 'Only one replica'],
    [
      'files select TPU nodes for a GPU',
      files({
        template: {
          nodeSelector: {
            'cloud.google.com/gke-tpu-accelerator': 'tpu-v6e-slice',
          },
          containers: [{ name: 'main', ...T4 }],
        },
      }),
      'fail',
      'nvidia.com/gpu on nodes with cloud.google.com/gke-tpu-accelerator: tpu-v6e-slice',
    ],
    [
      'files select NVIDIA nodes for a TPU',
      files({
        template: {
          nodeSelector: { 'nvidia.com/gpu.product': 'Tesla-T4' },
          containers: [
            { name: 'main', resources: { limits: { 'google.com/tpu': '4' } } },
          ],
        },
      }),
      'fail',
      'google.com/tpu on nodes with nvidia.com/gpu.product: Tesla-T4',
    ],
    [
      'files select nodes of the device, among other things',
      files({
        template: {
          nodeSelector: {
            'kubernetes.io/arch': 'amd64',
            'nvidia.com/gpu.product': 'Tesla-T4',
          },
          containers: [{ name: 'main', ...T4 }],
        },
      }),
      'pass',
      '2 replicas are asked for',
    ],
    [
      'files claim a device and do not ask for one by number',
      files({
        template: {
          nodeSelector: { 'nvidia.com/gpu.product': 'Tesla-T4' },
          containers: [{ name: 'main', resources: { claims: [] } }],
        },
      }),
      'pass',
      '2 replicas are asked for',
    ],
    [
      'files let an autoscaler go to none',
      files({ replicas: undefined, scaling: { minReplicas: 0 } }),
      'warn',
      'It may be scaled to no replica',
    ],
    [
      'files do not say',
      files({ replicas: undefined }),
      'skipped',
      'do not say how many',
    ],
  ])('%s', (...given) => {
    expect(judgedCase(engineReplicas, given)).toEqual(wanted(given));
  });
});
