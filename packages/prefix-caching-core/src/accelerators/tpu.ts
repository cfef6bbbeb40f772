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

import type { Accelerator, DeviceChoice } from './types';

/**
 * GKE's single-host slices of v5e and v6e. A pod must ask for every chip of
 * its host; larger slices span hosts and need a LeaderWorkerSet.
 */
const SINGLE_HOST: DeviceChoice[] = [
  { devices: 1, topology: '1x1', env: hostBounds('1,1,1') },
  { devices: 4, topology: '2x2', env: hostBounds('2,2,1') },
  { devices: 8, topology: '2x4', env: hostBounds('2,4,1') },
];

/** The three-dimensional slices of v5p and v7x that stay on one host. */
const ONE_HOST_CUBE: DeviceChoice = {
  devices: 4,
  topology: '2x2x1',
  env: hostBounds('2,2,1'),
};

/** What a multi-host slice of each shape is called; a plan that asks for one is told why it can't have it. */
const MULTI_HOST = {
  flat: ['4x4', '4x8', '8x8', '8x16', '16x16'],
  cube: ['2x2x2', '2x2x4', '2x4x4', '4x4x4'],
};

function hostBounds(chips: string): DeviceChoice['env'] {
  return [
    { name: 'TPU_CHIPS_PER_HOST_BOUNDS', value: chips },
    { name: 'TPU_HOST_BOUNDS', value: '1,1,1' },
  ];
}

/** TPUs exist on GKE alone, so that is the only platform with a selector. */
const TPU = {
  vendor: 'tpu',
  class: 'tpu',
  resource: 'google.com/tpu',
  devicesPerUnit: 1,
  choices: SINGLE_HOST,
  dtype: 'bfloat16',
  // Chosen by the engine from max-model-len; 128 is its value at 2,048.
  blockSize: 128,
  topologyLabel: 'cloud.google.com/gke-tpu-topology',
  tolerations: [
    { key: 'google.com/tpu', operator: 'Exists', effect: 'NoSchedule' },
  ] as Accelerator['tolerations'],
  platformImage: false,
  images: {
    upstream: 'docker.io/vllm/vllm-tpu:v0.29.0',
    redhat: 'registry.redhat.io/rhaiis/vllm-tpu-rhel9:3.2.5',
  },
  env: [{ name: 'PJRT_DEVICE', value: 'TPU' }],
  args: [],
  // XLA compiles every shape before the first request: 120 probes of 30 s.
  startupSeconds: 3600,
  engine: 'vllm',
} as const;

/** Google TPUs. */
export const TPUS: Accelerator[] = [
  {
    ...TPU,
    id: 'tpu-v5e',
    name: 'Google TPU v5e',
    hbmGb: 16,
    usableGib: 15.75,
    multiHostTopologies: MULTI_HOST.flat,
    fp8Kv: false,
    nodeSelectors: {
      gke: { 'cloud.google.com/gke-tpu-accelerator': 'tpu-v5-lite-podslice' },
    },
    env: [...TPU.env],
    args: [],
    support: 'limited',
    evidence: 'verified',
    note: 'Experimental in the newest TPU backend of vLLM.',
    source: 'cloud.google.com/tpu/docs v5e; xpk system characteristics',
  },
  {
    ...TPU,
    id: 'tpu-v5p',
    name: 'Google TPU v5p',
    hbmGb: 95,
    usableGib: 95,
    choices: [ONE_HOST_CUBE],
    multiHostTopologies: MULTI_HOST.cube,
    fp8Kv: false,
    nodeSelectors: {
      gke: { 'cloud.google.com/gke-tpu-accelerator': 'tpu-v5p-slice' },
    },
    env: [...TPU.env],
    args: [],
    support: 'limited',
    evidence: 'verified',
    note: 'The two cores of a chip work as one device, so tensor parallelism is the chip count.',
    source: 'cloud.google.com/tpu/docs v5p; xpk system characteristics',
  },
  {
    ...TPU,
    id: 'tpu-v6e',
    name: 'Google TPU v6e (Trillium)',
    hbmGb: 32,
    usableGib: 31.25,
    multiHostTopologies: MULTI_HOST.flat,
    fp8Kv: true,
    nodeSelectors: {
      gke: { 'cloud.google.com/gke-tpu-accelerator': 'tpu-v6e-slice' },
    },
    env: [...TPU.env],
    args: [],
    support: 'good',
    evidence: 'verified',
    note: 'Published benchmark manifests for TPU switch prefix caching off; do not copy their arguments.',
    source: 'cloud.google.com/tpu/docs v6e; llm-d TPU overlays; tpu-recipes',
  },
  {
    ...TPU,
    id: 'tpu-v7x',
    name: 'Google TPU v7x (Ironwood)',
    hbmGb: 192,
    // Of each of a chip's two devices; the chip has 189.5.
    usableGib: 94.75,
    devicesPerUnit: 2,
    choices: [
      { devices: 1, topology: '1x1x1', env: hostBounds('1,1,1') },
      ONE_HOST_CUBE,
    ],
    multiHostTopologies: MULTI_HOST.cube,
    fp8Kv: false,
    nodeSelectors: {
      gke: { 'cloud.google.com/gke-tpu-accelerator': 'tpu7x' },
    },
    env: [...TPU.env],
    args: [],
    support: 'good',
    evidence: 'verified',
    note: 'Two devices per chip: tensor parallelism is twice the chip count, or half of each chip idles.',
    source:
      'cloud.google.com/tpu/docs tpu7x; llm-d TPU overlays; tpu-recipes Ironwood',
  },
];
