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

const TOLERATIONS: Accelerator['tolerations'] = [
  { key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' },
];

interface GpuNames {
  /** Value of GKE's `cloud.google.com/gke-accelerator`. */
  gke: string;
  /** Value of GPU feature discovery's `nvidia.com/gpu.product`. */
  product: string;
  /** Value AWS provisioners use for the GPU's name; absent where no source says it. */
  aws?: string;
}

/**
 * GKE has no `nvidia.com/gpu.product` unless GPU feature discovery runs, so
 * every provisioner gets the label it really sets.
 */
function selectors(names: GpuNames): Accelerator['nodeSelectors'] {
  return {
    gke: { 'cloud.google.com/gke-accelerator': names.gke },
    gfd: { 'nvidia.com/gpu.product': names.product },
    ...(names.aws && {
      karpenter: { 'karpenter.k8s.aws/instance-gpu-name': names.aws },
      'eks-auto': { 'eks.amazonaws.com/instance-gpu-name': names.aws },
    }),
    generic: { 'nvidia.com/gpu.present': 'true' },
  };
}

function upTo(...devices: number[]): DeviceChoice[] {
  return devices.map(count => ({ devices: count }));
}

/** What every NVIDIA row shares: vLLM takes one device per GPU and 16-token blocks. */
const GPU = {
  vendor: 'nvidia',
  class: 'gpu',
  resource: 'nvidia.com/gpu',
  devicesPerUnit: 1,
  dtype: 'auto',
  blockSize: 16,
  tolerations: TOLERATIONS,
  // KServe's default image and the CUDA preset drive every GPU of this vendor.
  platformImage: true,
  odhPreset: 'kserve-config-llm-single-node-template-nvidia-cuda',
  engine: 'vllm',
} as const;

/** Data types by GPU generation: Turing, Ampere, Ada and Hopper, Blackwell. */
const DTYPES = {
  turing: ['float16'],
  ampere: ['bfloat16', 'float16'],
  hopper: ['bfloat16', 'float16', 'fp8'],
  blackwell: ['bfloat16', 'float16', 'fp8', 'nvfp4'],
};

/** NVIDIA GPUs, smallest first. */
export const NVIDIA: Accelerator[] = [
  {
    ...GPU,
    id: 'nvidia-t4',
    name: 'NVIDIA T4',
    hbmGb: 16,
    dtypes: DTYPES.turing,
    usableGib: 14.56,
    choices: upTo(1, 2, 4),
    // Compute capability 7.5 has no bfloat16; the engine refuses to start.
    dtype: 'half',
    fp8Kv: false,
    // 8-bit floating point needs Ampere or newer; MXFP4 has no path on Turing.
    unsupportedWeights: ['fp8', 'mxfp4'],
    nodeSelectors: selectors({
      gke: 'nvidia-tesla-t4',
      product: 'Tesla-T4',
      aws: 't4',
    }),
    env: [],
    args: [],
    startupSeconds: 900,
    support: 'legacy',
    evidence: 'verified',
    note: 'No bfloat16 and no fp8 KV cache: models of about 3B parameters only.',
    source: 'xpk system characteristics; vllm#1157, vllm#9990, vllm#47549',
  },
  {
    ...GPU,
    id: 'nvidia-l4',
    name: 'NVIDIA L4',
    hbmGb: 24,
    dtypes: DTYPES.hopper,
    usableGib: 22.03,
    choices: upTo(1, 2, 4, 8),
    fp8Kv: true,
    nodeSelectors: selectors({
      gke: 'nvidia-l4',
      product: 'NVIDIA-L4',
      aws: 'l4',
    }),
    env: [],
    args: [],
    startupSeconds: 900,
    support: 'good',
    evidence: 'verified',
    note: 'PCIe only: tensor parallelism over more than one is slow; 8B in bfloat16 is tight.',
    source: 'xpk system characteristics; llm-d-planner GPU catalogue',
  },
  {
    ...GPU,
    id: 'nvidia-a100-40',
    name: 'NVIDIA A100 40 GB',
    hbmGb: 40,
    dtypes: DTYPES.ampere,
    usableGib: 39.4,
    choices: upTo(1, 2, 4, 8, 16),
    fp8Kv: false,
    nodeSelectors: selectors({
      gke: 'nvidia-tesla-a100',
      product: 'NVIDIA-A100-SXM4-40GB',
      aws: 'a100',
    }),
    otherLabelValues: { gfd: ['NVIDIA-A100-PCIE-40GB'] },
    env: [],
    args: [],
    startupSeconds: 1800,
    support: 'good',
    evidence: 'verified',
    note: 'The PCIe card reports NVIDIA-A100-PCIE-40GB to GPU feature discovery.',
    source: 'xpk system characteristics',
  },
  {
    ...GPU,
    id: 'nvidia-a100-80',
    name: 'NVIDIA A100 80 GB',
    hbmGb: 80,
    dtypes: DTYPES.ampere,
    usableGib: 79.15,
    choices: upTo(1, 2, 4, 8),
    fp8Kv: false,
    nodeSelectors: selectors({
      gke: 'nvidia-a100-80gb',
      product: 'NVIDIA-A100-SXM4-80GB',
      aws: 'a100',
    }),
    otherLabelValues: { gfd: ['NVIDIA-A100-80GB-PCIe'] },
    env: [],
    args: [],
    startupSeconds: 1800,
    support: 'good',
    evidence: 'verified',
    note: 'The PCIe card reports NVIDIA-A100-80GB-PCIe to GPU feature discovery.',
    source: 'xpk system characteristics',
  },
  {
    ...GPU,
    id: 'nvidia-h100',
    name: 'NVIDIA H100 80 GB',
    hbmGb: 80,
    dtypes: DTYPES.hopper,
    // Measured, which is why this row is the reference of the arithmetic.
    usableGib: 79.18,
    choices: upTo(1, 2, 4, 8),
    fp8Kv: true,
    nodeSelectors: selectors({
      gke: 'nvidia-h100-80gb',
      product: 'NVIDIA-H100-80GB-HBM3',
      aws: 'h100',
    }),
    otherLabelValues: { gke: ['nvidia-h100-mega-80gb'] },
    env: [],
    args: [],
    startupSeconds: 1800,
    support: 'reference',
    evidence: 'verified',
    source: 'xpk system characteristics; llm-d-planner memory measurements',
  },
  {
    ...GPU,
    id: 'nvidia-h200',
    name: 'NVIDIA H200 141 GB',
    hbmGb: 141,
    dtypes: DTYPES.hopper,
    usableGib: 139.8,
    choices: upTo(1, 2, 4, 8),
    fp8Kv: true,
    nodeSelectors: selectors({
      gke: 'nvidia-h200-141gb',
      product: 'NVIDIA-H200',
      aws: 'h200',
    }),
    otherLabelValues: { gfd: ['NVIDIA-H200-141GB-HBM3'] },
    env: [],
    args: [],
    startupSeconds: 1800,
    support: 'good',
    evidence: 'mixed',
    note: 'GPU feature discovery names it NVIDIA-H200 or NVIDIA-H200-141GB-HBM3, depending on the driver.',
    source: 'xpk system characteristics; llm-d-planner GPU detector',
  },
  {
    ...GPU,
    id: 'nvidia-b200',
    name: 'NVIDIA B200',
    hbmGb: 180,
    dtypes: DTYPES.blackwell,
    usableGib: 178.3,
    choices: upTo(1, 2, 4, 8),
    fp8Kv: true,
    nodeSelectors: selectors({
      gke: 'nvidia-b200',
      product: 'NVIDIA-B200',
      aws: 'b200',
    }),
    env: [],
    args: [],
    startupSeconds: 1800,
    support: 'good',
    evidence: 'mixed',
    note: 'One catalogue lists 192 GB; 180 GB is what GKE nodes report.',
    source: 'xpk system characteristics; llm-d-planner GPU catalogue',
  },
  {
    ...GPU,
    id: 'nvidia-gb200',
    name: 'NVIDIA GB200',
    hbmGb: 186,
    dtypes: DTYPES.blackwell,
    choices: upTo(1, 2, 4),
    fp8Kv: true,
    nodeSelectors: selectors({
      gke: 'nvidia-gb200',
      product: 'NVIDIA-GB200',
    }),
    // The nodes are arm64 and tainted as such.
    tolerations: [
      ...TOLERATIONS,
      { key: 'kubernetes.io/arch', operator: 'Exists', effect: 'NoSchedule' },
    ],
    env: [],
    args: [],
    startupSeconds: 1800,
    support: 'limited',
    evidence: 'mixed',
    hidden: true,
    note: 'arm64 nodes: offer it once the platform pulls an image for arm64.',
    source: 'xpk system characteristics; llm-d-planner GPU catalogue',
  },
  {
    ...GPU,
    id: 'nvidia-rtx-pro-6000',
    name: 'NVIDIA RTX PRO 6000 Blackwell Server',
    hbmGb: 96,
    dtypes: DTYPES.blackwell,
    choices: upTo(1, 2, 4, 8),
    fp8Kv: true,
    nodeSelectors: selectors({
      gke: 'nvidia-rtx-pro-6000',
      product: 'NVIDIA-RTX-PRO-6000-Blackwell-Server-Edition',
    }),
    env: [],
    args: [],
    startupSeconds: 1800,
    support: 'good',
    evidence: 'mixed',
    note: 'PCIe only: tensor parallelism over more than one is slow.',
    source: 'xpk system characteristics; llm-d-planner GPU detector',
  },
];
