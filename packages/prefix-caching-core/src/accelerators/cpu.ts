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

/** GiB of memory the engine keeps for the KV cache; the rest of the pod's memory holds the weights. */
const KV_CACHE_GIB = 16;

/** Plain processors: no device, but a lot of cores and memory. */
export const CPU: Accelerator = {
  id: 'cpu',
  name: 'CPU (x86, AVX-512 or AMX)',
  vendor: 'cpu',
  class: 'cpu',
  devicesPerUnit: 1,
  choices: [{ devices: 1 }],
  usableGib: 64,
  fixedKvCacheGib: KV_CACHE_GIB,
  dtype: 'bfloat16',
  blockSize: 128,
  blockSizeAssumed: true,
  fp8Kv: false,
  nodeSelectors: {
    gke: {},
    gfd: {},
    karpenter: {},
    'eks-auto': {},
    generic: {},
  },
  tolerations: [],
  platformImage: false,
  images: {
    upstream: 'docker.io/vllm/vllm-openai-cpu:v0.30.0',
    // No tag is known: pin one in configuration.
    redhat: 'registry.redhat.io/rhaii/vllm-cpu-rhel9',
  },
  env: [{ name: 'VLLM_CPU_KVCACHE_SPACE', value: String(KV_CACHE_GIB) }],
  args: [],
  podResources: { cpu: '64', memory: '64Gi' },
  startupSeconds: 1800,
  engine: 'vllm',
  support: 'limited',
  evidence: 'verified',
  note: 'Sapphire Rapids or newer, 64 cores and 64 GiB per replica; a start takes long and answers are slow.',
  source: 'llm-d CPU overlay; vLLM CPU installation',
};
