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

import { at, textMapAt } from '../kubernetes';
import type { KubernetesObject } from '../kubernetes';
import { deviceRequest, mainContainer, objectsOf } from '../observation';
import type { Observation } from '../observation';

/** Node labels that only nodes of one vendor carry, and how that vendor's devices are asked for. */
const VENDORS: { label: RegExp; device: RegExp }[] = [
  {
    label: /^(cloud\.google\.com\/gke-accelerator$|nvidia\.com\/)/,
    device: /^nvidia\.com\//,
  },
  { label: /^cloud\.google\.com\/gke-tpu-/, device: /^google\.com\/tpu$/ },
  { label: /^amd\.com\//, device: /^amd\.com\// },
];

/**
 * Why no node can take what a service declares: it selects nodes of one vendor and asks for a
 * device of another. A device that is claimed (DRA) and not asked for is not judged.
 */
export function unplaceable(observation: Observation): string | undefined {
  const template = at(observation.service, 'spec', 'template');
  const wanted = deviceRequest(mainContainer(template))?.resource;
  if (wanted === undefined) return undefined;
  const other = Object.entries(textMapAt(template, 'nodeSelector')).find(
    ([key]) =>
      VENDORS.some(
        ({ label, device }) => label.test(key) && !device.test(wanted),
      ),
  );
  return other && `${wanted} on nodes with ${other[0]}: ${other[1]}`;
}

/** Pods that ask for another device than the service, or sit on a node of another kind. */
export function misplaced(
  observation: Observation,
  pods: KubernetesObject[],
): string[] {
  const template = at(observation.service, 'spec', 'template');
  const wanted = deviceRequest(mainContainer(template));
  const selector = textMapAt(template, 'nodeSelector');
  const nodes = objectsOf(observation, 'Node');
  return pods.flatMap(pod => {
    const got = deviceRequest(mainContainer(pod.spec));
    if (wanted && got?.resource !== wanted.resource) {
      return [
        `${pod.metadata.name} asks for ${
          got?.resource ?? 'no device'
        } instead of ${wanted.resource}`,
      ];
    }
    const node = nodes.find(
      candidate => candidate.metadata.name === at(pod, 'spec', 'nodeName'),
    );
    const labels = node?.metadata.labels ?? {};
    const other = node
      ? Object.entries(selector).find(([key, value]) => labels[key] !== value)
      : undefined;
    return other
      ? [
          `${pod.metadata.name} runs on ${node?.metadata.name}, where ${
            other[0]
          } is ${labels[other[0]] ?? 'missing'} instead of ${other[1]}`,
        ]
      : [];
  });
}
