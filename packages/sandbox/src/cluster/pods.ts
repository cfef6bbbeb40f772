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

import { createHash } from 'node:crypto';
import { isoSeconds, ownerReference, type KubeObject } from '../api';
import { listAt, objectAt, stringsAt, textAt, type JsonObject } from '../json';
import type { Random } from '../random';
import { engineStartError, mainContainer } from './startErrors';

const SUFFIX_LETTERS = 'bcdfghjklmnpqrstvwxz2456789';
const RESTART_SECONDS = 20;

/** A pod of a ReplicaSet, not yet scheduled. */
export function newPod(replicaSet: KubeObject, random: Random): KubeObject {
  const template = objectAt(replicaSet, 'spec', 'template');
  let suffix = '';
  while (suffix.length < 5) {
    suffix += SUFFIX_LETTERS[Math.floor(random() * SUFFIX_LETTERS.length)];
  }
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: `${replicaSet.metadata.name}-${suffix}`,
      namespace: replicaSet.metadata.namespace,
      labels: {
        ...stringsAt(template, 'metadata', 'labels'),
        'pod-template-hash':
          replicaSet.metadata.labels?.['pod-template-hash'] ?? '',
      },
      annotations: stringsAt(template, 'metadata', 'annotations'),
      ownerReferences: [ownerReference(replicaSet)],
    },
    spec: objectAt(template, 'spec'),
    status: { phase: 'Pending' },
  };
}

/** A pod's address, the same for the same pod. */
function podAddress(pod: KubeObject): string {
  const hash = createHash('sha256')
    .update(pod.metadata.uid ?? '')
    .digest();
  return `10.${64 + (hash[0] % 32)}.${hash[1]}.${1 + (hash[2] % 254)}`;
}

export function isPodReady(pod: KubeObject): boolean {
  return listAt(pod, 'status', 'conditions').some(
    entry =>
      textAt(entry, 'type') === 'Ready' && textAt(entry, 'status') === 'True',
  );
}

/** What the kubelet reports of a pod at a time, given how long it takes to start. */
export function podStatus(
  pod: KubeObject,
  startupSeconds: number,
  now: number,
): JsonObject {
  const created = Date.parse(pod.metadata.creationTimestamp ?? '');
  if (!textAt(pod, 'spec', 'nodeName')) {
    return {
      phase: 'Pending',
      conditions: [
        {
          type: 'PodScheduled',
          status: 'False',
          reason: 'Unschedulable',
          message: `0 nodes are available for ${JSON.stringify(
            stringsAt(pod, 'spec', 'nodeSelector'),
          )}`,
          lastTransitionTime: isoSeconds(created),
        },
      ],
    };
  }
  const age = (now - created) / 1000;
  const isEngine = pod.metadata.labels?.['kserve.io/component'] === 'workload';
  const error = isEngine ? engineStartError(pod.spec) : undefined;
  const startsAt = created + startupSeconds * 1000;
  const ready = !error && now >= startsAt;
  const running = age >= 1;
  const since = isoSeconds(ready ? startsAt : created);
  const restarts =
    error && age > startupSeconds
      ? 1 + Math.floor((age - startupSeconds) / RESTART_SECONDS)
      : 0;
  const main = textAt(mainContainer(pod.spec), 'name');
  return {
    phase: running ? 'Running' : 'Pending',
    startTime: isoSeconds(created),
    ...(running ? { podIP: podAddress(pod), hostIP: '10.128.0.2' } : {}),
    ...(running ? { podIPs: [{ ip: podAddress(pod) }] } : {}),
    conditions: [
      condition('PodScheduled', true, isoSeconds(created)),
      condition('Initialized', true, isoSeconds(created)),
      condition('ContainersReady', ready, since),
      condition('Ready', ready, since),
    ],
    containerStatuses: listAt(pod, 'spec', 'containers').map(container => {
      const crashes =
        restarts > 0 && (!main || textAt(container, 'name') === main);
      return {
        name: textAt(container, 'name'),
        image: textAt(container, 'image'),
        ready,
        started: ready,
        restartCount: crashes ? restarts : 0,
        state: containerState(running, crashes ? error : undefined, created),
        ...(crashes
          ? {
              lastState: {
                terminated: { exitCode: 2, reason: 'Error', message: error },
              },
            }
          : {}),
      };
    }),
  };
}

function containerState(
  running: boolean,
  error: string | undefined,
  created: number,
): JsonObject {
  if (error) {
    const message = `back-off restarting failed container: ${error}`;
    return { waiting: { reason: 'CrashLoopBackOff', message } };
  }
  return running
    ? { running: { startedAt: isoSeconds(created + 1000) } }
    : { waiting: { reason: 'ContainerCreating' } };
}

function condition(type: string, met: boolean, since: string): JsonObject {
  return {
    type,
    status: met ? 'True' : 'False',
    lastTransitionTime: since,
    ...(met ? {} : { reason: 'ContainersNotReady' }),
  };
}
