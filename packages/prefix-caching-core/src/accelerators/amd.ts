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

import type { Accelerator } from './types';

/**
 * What every AMD row shares. The node labeller's values differ per driver
 * release, so no selector is made up: the resource alone places the pod, and a
 * cluster with several kinds of AMD device narrows it in configuration.
 */
const INSTINCT = {
  vendor: 'amd',
  class: 'gpu',
  resource: 'amd.com/gpu',
  devicesPerUnit: 1,
  choices: [1, 2, 4, 8].map(devices => ({ devices })),
  dtype: 'auto',
  blockSize: 16,
  // No source says whether the KV cache may be 8 bits.
  fp8Kv: false,
  nodeSelectors: { gfd: {}, generic: {} },
  nodeLabels: [
    'amd.com/gpu.product-name',
    'amd.com/gpu.family',
    'amd.com/gpu.vram',
  ],
  platformImage: false,
  images: {
    upstream: 'docker.io/vllm/vllm-openai-rocm:v0.30.0',
    // No tag is known: pin one in configuration.
    redhat: 'registry.redhat.io/rhaiis/vllm-rocm-rhel9',
  },
  odhPreset: 'kserve-config-llm-template-amd-rocm',
  startupSeconds: 1800,
  engine: 'vllm',
} satisfies Partial<Accelerator>;

/** AMD Instinct GPUs, smallest first. */
export const AMD: Accelerator[] = [
  {
    ...INSTINCT,
    id: 'amd-mi300x',
    name: 'AMD Instinct MI300X',
    hbmGb: 192,
    usableGib: 191.9,
    tolerations: [],
    env: [],
    args: [],
    support: 'good',
    evidence: 'mixed',
    source: 'llm-d AMD overlays; vLLM quantization table',
  },
  {
    ...INSTINCT,
    id: 'amd-mi325x',
    name: 'AMD Instinct MI325X',
    hbmGb: 256,
    tolerations: [],
    env: [],
    args: [],
    support: 'good',
    evidence: 'mixed',
    source: 'llm-d AMD overlays; vLLM quantization table',
  },
  {
    ...INSTINCT,
    id: 'amd-mi355x',
    name: 'AMD Instinct MI355X',
    hbmGb: 288,
    tolerations: [],
    env: [],
    args: [],
    support: 'limited',
    evidence: 'recalled',
    source:
      "from memory of the vendor's data sheet; confirm before relying on it",
  },
];
