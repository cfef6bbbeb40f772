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

import { at, describeObject, textAt } from '../kubernetes';
import {
  enginePods,
  isReady,
  mainContainer,
  pickerDeployment,
  routerPods,
  workloadDeployment,
} from './parts';
import type { FoundContainer } from './parts';
import type { Observation } from './types';
import type { KubernetesObject } from '../kubernetes';

function found(
  object: KubernetesObject,
  podSpec: unknown,
  running: boolean,
): FoundContainer[] {
  const container = mainContainer(podSpec);
  return container === undefined
    ? []
    : [{ container, where: describeObject(object), running, object }];
}

function fromPods(pods: KubernetesObject[]): FoundContainer[] {
  return pods
    .slice()
    .sort((a, b) => Number(isReady(b)) - Number(isReady(a)))
    .flatMap(pod => found(pod, pod.spec, true));
}

function fromTemplate(object: KubernetesObject | undefined): FoundContainer[] {
  return object
    ? found(object, at(object, 'spec', 'template', 'spec'), false)
    : [];
}

/**
 * The picker's container: of its pods, ready ones first, then of its
 * Deployment, then of the template the service gives. What runs is the truth.
 *
 * @public
 */
export function pickerContainers(observation: Observation): FoundContainer[] {
  const { service } = observation;
  return [
    ...fromPods(routerPods(observation)),
    ...fromTemplate(pickerDeployment(observation)),
    ...(service
      ? found(
          service,
          at(service, 'spec', 'router', 'scheduler', 'template'),
          false,
        )
      : []),
  ];
}

/** The engine's container: of its pods, of its Deployment, then of the service. @public */
export function engineContainers(observation: Observation): FoundContainer[] {
  const { service } = observation;
  return [
    ...fromPods(enginePods(observation)),
    ...fromTemplate(workloadDeployment(observation)),
    ...(service ? found(service, at(service, 'spec', 'template'), false) : []),
  ];
}

/** The image of a container. @public */
export function imageOf(container: unknown): string | undefined {
  return textAt(container, 'image');
}
