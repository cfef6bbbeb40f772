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

import { listAt, numberAt, textAt } from '../kubernetes';
import type { KubernetesObject } from '../kubernetes';
import { mainContainer } from './parts';

/** Waiting reasons that only a person can mend. */
const STUCK = new Set([
  'CrashLoopBackOff',
  'ImagePullBackOff',
  'ErrImagePull',
  'InvalidImageName',
  'CreateContainerConfigError',
  'CreateContainerError',
  'RunContainerError',
]);

/** What keeps a pod from running. @public */
export interface PodTrouble {
  reason: string;
  /** The container's or the scheduler's own words; may hold arguments. */
  message?: string;
  exitCode?: number;
  restarts: number;
}

function containerStatuses(pod: KubernetesObject): unknown[] {
  return [
    ...listAt(pod, 'status', 'initContainerStatuses'),
    ...listAt(pod, 'status', 'containerStatuses'),
  ];
}

/** Restarts of all containers of a pod. @public */
export function restartsOf(pod: KubernetesObject): number {
  return containerStatuses(pod).reduce<number>(
    (sum, status) => sum + (numberAt(status, 'restartCount') ?? 0),
    0,
  );
}

/** Why a pod does not run: a stuck container, or no node that takes it. @public */
export function troubleOf(pod: KubernetesObject): PodTrouble | undefined {
  const restarts = restartsOf(pod);
  for (const status of containerStatuses(pod)) {
    const reason = textAt(status, 'state', 'waiting', 'reason');
    const died =
      numberAt(status, 'lastState', 'terminated', 'exitCode') ??
      numberAt(status, 'state', 'terminated', 'exitCode');
    const message =
      textAt(status, 'lastState', 'terminated', 'message') ??
      textAt(status, 'state', 'terminated', 'message') ??
      textAt(status, 'state', 'waiting', 'message');
    if (reason && STUCK.has(reason)) {
      return { reason, message, exitCode: died, restarts };
    }
  }
  const scheduled = listAt(pod, 'status', 'conditions').find(
    condition => textAt(condition, 'type') === 'PodScheduled',
  );
  if (textAt(scheduled, 'reason') === 'Unschedulable') {
    return {
      reason: 'Unschedulable',
      message: textAt(scheduled, 'message'),
      restarts,
    };
  }
  return undefined;
}

/** Seconds from one ISO 8601 time to another; undefined where one is no time. @public */
export function secondsBetween(
  earlier: string | undefined,
  later: string,
): number | undefined {
  const seconds = (Date.parse(later) - Date.parse(earlier ?? '')) / 1000;
  return Number.isFinite(seconds) ? seconds : undefined;
}

/** Time for pulling an image and a model, before a start-up probe begins. */
const DOWNLOAD_SECONDS = 1200;

/** How long a pod may take to become ready: its probes, after a download. @public */
export function startLimitSeconds(pod: KubernetesObject): number {
  const container = mainContainer(pod.spec);
  const windows = ['startupProbe', 'livenessProbe'].map(
    probe =>
      (numberAt(container, probe, 'initialDelaySeconds') ?? 0) +
      (numberAt(container, probe, 'failureThreshold') ?? 3) *
        (numberAt(container, probe, 'periodSeconds') ?? 10),
  );
  return DOWNLOAD_SECONDS + Math.max(...windows);
}

/** Whether a pod that is not ready is still within the time its start may take. @public */
export function isStarting(pod: KubernetesObject, observedAt: string): boolean {
  const age = secondsBetween(pod.metadata.creationTimestamp, observedAt);
  return (
    age !== undefined &&
    age < startLimitSeconds(pod) &&
    troubleOf(pod) === undefined
  );
}
