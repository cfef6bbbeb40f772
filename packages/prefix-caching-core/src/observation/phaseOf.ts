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
  at,
  KSERVE_ANNOTATIONS,
  listAt,
  numberAt,
  textAt,
} from '../kubernetes';
import type { Phase } from '../verdicts';
import { isAbsent } from './asked';
import { enginePods, isReady, routerPods, workloadDeployment } from './parts';
import { isStarting, secondsBetween } from './podStates';
import type { Observation } from './types';

/** Time a controller may take to create the first objects. */
const CREATION_SECONDS = 300;

/** Whether somebody stopped the service on purpose. @public */
export function isStopped({ service }: Observation): boolean {
  if (!service) return false;
  return (
    service.metadata.annotations?.[KSERVE_ANNOTATIONS.stop] === 'true' ||
    at(service, 'spec', 'replicas') === 0 ||
    listAt(service, 'status', 'conditions').some(
      condition =>
        textAt(condition, 'type') === 'Ready' &&
        textAt(condition, 'reason') === 'Stopped',
    )
  );
}

/** Whether the service is so young that its objects may still be missing. @public */
export function isJustCreated(observation: Observation): boolean {
  const age = secondsBetween(
    observation.service?.metadata.creationTimestamp,
    observation.observedAt,
  );
  return age !== undefined && age < CREATION_SECONDS;
}

/** Replicas asked for: by the service, else by the workload's Deployment. @public */
export function desiredReplicas(observation: Observation): number | undefined {
  return (
    numberAt(observation.service, 'spec', 'replicas') ??
    numberAt(workloadDeployment(observation), 'spec', 'replicas') ??
    numberAt(observation.service, 'spec', 'scaling', 'minReplicas')
  );
}

/**
 * What a deployment is doing. It stands beside the verdict and is none:
 * manifests are `progressing`, since nothing of them runs yet.
 *
 * @public
 */
export function phaseOf(observation: Observation): Phase {
  if (isAbsent(observation)) return 'absent';
  if (isStopped(observation)) return 'stopped';
  if (observation.source === 'manifests') return 'progressing';
  const engines = enginePods(observation);
  const starting = [...engines, ...routerPods(observation)].some(
    pod => !isReady(pod) && isStarting(pod, observation.observedAt),
  );
  const created = engines.length === 0 && isJustCreated(observation);
  return starting || created ? 'progressing' : 'running';
}
