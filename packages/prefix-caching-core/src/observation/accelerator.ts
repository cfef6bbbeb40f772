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

import { ACCELERATORS } from '../accelerators';
import { at, listAt, recordAt, textAt, textMapAt } from '../kubernetes';
import { engineContainers } from './containers';
import type { Observation } from './types';

/** The device an engine asks for, as far as its manifest tells. @public */
export interface ObservedAccelerator {
  /** Id of the accelerator table, where the node selector names a known device. */
  id?: string;
  name: string;
  /** `gpu`, `tpu`, …. */
  class?: string;
  /** Kubernetes resource and how many of it one pod asks for. */
  resource?: string;
  devices?: number;
}

/** Node label values by which GKE and feature discovery name a device of the table. */
const DEVICES = ACCELERATORS.map(
  ({ id, name, nodeSelectors, otherLabelValues }) => ({
    id,
    // What is in brackets helps who chooses; who looks at a target knows it.
    name: name.replace(/ \(.*\)$/, ''),
    labels: (['gke', 'gfd'] as const).flatMap(platform => [
      ...Object.values(nodeSelectors[platform] ?? {}),
      ...(otherLabelValues?.[platform] ?? []),
    ]),
  }),
);

const CLASSES: { resource: RegExp; class: string; name: string }[] = [
  { resource: /^nvidia\.com\/(gpu|mig-)/, class: 'gpu', name: 'NVIDIA GPU' },
  { resource: /^amd\.com\/gpu/, class: 'gpu', name: 'AMD GPU' },
  { resource: /^google\.com\/tpu/, class: 'tpu', name: 'Google TPU' },
  { resource: /^habana\.ai\/gaudi/, class: 'gaudi', name: 'Intel Gaudi' },
  { resource: /^gpu\.intel\.com\//, class: 'xpu', name: 'Intel GPU' },
  {
    resource: /^aws\.amazon\.com\/neuron/,
    class: 'neuron',
    name: 'AWS Neuron',
  },
];

/** The extended resource a container asks for: its name has a domain. @public */
export function deviceRequest(
  container: unknown,
): { resource: string; devices: number } | undefined {
  for (const field of ['limits', 'requests']) {
    for (const [resource, count] of Object.entries(
      recordAt(container, 'resources', field),
    )) {
      if (CLASSES.some(row => row.resource.test(resource))) {
        return { resource, devices: Number(count) };
      }
    }
  }
  return undefined;
}

function podSpecs(observation: Observation): unknown[] {
  return engineContainers(observation).map(({ object }) =>
    object.kind === 'Pod'
      ? object.spec
      : at(object, 'spec', 'template', 'spec') ??
        at(object, 'spec', 'template'),
  );
}

/** Values of a node selector and of required node affinity. @public */
export function selectedNodeValues(podSpec: unknown): string[] {
  return [
    ...Object.values(textMapAt(podSpec, 'nodeSelector')),
    ...listAt(
      podSpec,
      'affinity',
      'nodeAffinity',
      'requiredDuringSchedulingIgnoredDuringExecution',
      'nodeSelectorTerms',
    )
      .flatMap(term => listAt(term, 'matchExpressions'))
      .flatMap(expression => listAt(expression, 'values'))
      .filter((value): value is string => typeof value === 'string'),
  ];
}

/**
 * The accelerator of a target, from what its pods ask for.
 *
 * @public
 */
export function acceleratorOf(
  observation: Observation,
): ObservedAccelerator | undefined {
  const containers = engineContainers(observation);
  if (containers.length === 0) return undefined;
  const request = containers
    .map(({ container }) => deviceRequest(container))
    .find(found => found !== undefined);
  const row = CLASSES.find(({ resource }) =>
    resource.test(request?.resource ?? ''),
  );
  const values = podSpecs(observation).flatMap(selectedNodeValues);
  const device = DEVICES.find(({ labels }) =>
    labels.some(label => values.includes(label)),
  );
  if (device || row) {
    return {
      id: device?.id,
      name: device?.name ?? row?.name ?? '',
      class: row?.class,
      ...request,
    };
  }
  // No device is asked for.
  return containers.some(({ container }) =>
    textAt(container, 'image')?.includes('llm-d-inference-sim'),
  )
    ? { id: 'simulator', name: 'Simulator', class: 'sim' }
    : undefined;
}

/** The model a target serves: the name clients ask for, else its address. @public */
export function modelOf({ service }: Observation): string | undefined {
  return (
    textAt(service, 'spec', 'model', 'name') ??
    textAt(service, 'spec', 'model', 'uri')
  );
}
