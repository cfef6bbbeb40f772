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
 * What the rows that nobody has tried here share: known, not offered. A
 * platform team that runs them shows them in configuration and corrects what
 * its device plugin and images do otherwise.
 */
const UNTRIED = {
  devicesPerUnit: 1,
  fp8Kv: false,
  nodeSelectors: { gfd: {}, generic: {} },
  platformImage: false,
  startupSeconds: 3600,
  hidden: true,
  engine: 'vllm',
} satisfies Partial<Accelerator>;

const GAUDI = {
  ...UNTRIED,
  vendor: 'gaudi',
  class: 'hpu',
  resource: 'habana.ai/gaudi',
  choices: [1, 2, 4, 8].map(devices => ({ devices })),
  dtype: 'bfloat16',
  blockSize: 128,
  images: {
    redhat: 'registry.redhat.io/rhaii-early-access/vllm-gaudi-rhel9:3.4.0-ea.2',
  },
  odhPreset: 'kserve-config-llm-template-intel-gaudi',
  support: 'limited',
  evidence: 'mixed',
  note: 'llm-d asks for it by a DRA ResourceClaim instead of a device plugin.',
  source: 'llm-d HPU overlay; vllm-gaudi documentation',
} satisfies Partial<Accelerator>;

function gaudi(own: Pick<Accelerator, 'id' | 'name' | 'hbmGb'>): Accelerator {
  return {
    ...GAUDI,
    ...own,
    tolerations: [],
    env: [{ name: 'VLLM_SKIP_WARMUP', value: 'true' }],
    args: ['--block-size=128', '--max-num-seqs=256'],
  };
}

/**
 * AWS counts NeuronCores, not chips: tensor parallelism is devices per unit
 * times the chips asked for.
 */
const NEURON = {
  ...UNTRIED,
  vendor: 'neuron',
  class: 'neuron',
  resource: 'aws.amazon.com/neuron',
  otherResources: ['aws.amazon.com/neuroncore'],
  dtype: 'bfloat16',
  blockSize: 128,
  blockSizeAssumed: true,
  nodeSelectors: { karpenter: {}, 'eks-auto': {}, generic: {} },
  nodeLabels: ['node.kubernetes.io/instance-type'],
  support: 'experimental',
  evidence: 'mixed',
  source: 'AWS Neuron documentation; EKS user guide',
} satisfies Partial<Accelerator>;

function neuron(
  own: Pick<
    Accelerator,
    'id' | 'name' | 'hbmGb' | 'devicesPerUnit' | 'choices' | 'note'
  >,
): Accelerator {
  return {
    ...NEURON,
    ...own,
    tolerations: [
      {
        key: 'aws.amazon.com/neuron',
        operator: 'Exists',
        effect: 'NoSchedule',
      },
    ],
    env: [],
    args: [],
  };
}

/** Gaudi, Intel GPUs, Neuron and Spyre: hidden until the configuration shows them. */
export const HIDDEN_ACCELERATORS: Accelerator[] = [
  gaudi({ id: 'intel-gaudi2', name: 'Intel Gaudi 2', hbmGb: 96 }),
  gaudi({ id: 'intel-gaudi3', name: 'Intel Gaudi 3', hbmGb: 128 }),
  {
    ...UNTRIED,
    id: 'intel-xpu',
    name: 'Intel Data Center GPU Max 1550, Arc Pro B-series',
    vendor: 'xpu',
    class: 'xpu',
    resource: 'gpu.intel.com/i915',
    otherResources: ['gpu.intel.com/xe'],
    hbmGb: 128,
    choices: [{ devices: 1 }],
    dtype: 'float16',
    blockSize: 128,
    blockSizeAssumed: true,
    images: { upstream: 'docker.io/vllm/vllm-openai-xpu:v0.30.0' },
    tolerations: [],
    env: [],
    args: ['--disable-sliding-window'],
    // The group that owns /dev/dri.
    supplementalGroups: [107],
    support: 'limited',
    evidence: 'mixed',
    note: '128 GB is the Max 1550; Arc cards have less: set hbmGb. Can also be asked for by a DRA ResourceClaim.',
    source: 'llm-d XPU overlay',
  },
  neuron({
    id: 'aws-inferentia2',
    name: 'AWS Inferentia2',
    hbmGb: 32,
    devicesPerUnit: 2,
    choices: [1, 6, 12].map(devices => ({ devices })),
    note: 'Shapes are compiled ahead of time.',
  }),
  neuron({
    id: 'aws-trainium1',
    name: 'AWS Trainium1',
    hbmGb: 32,
    devicesPerUnit: 2,
    choices: [1, 16].map(devices => ({ devices })),
  }),
  neuron({
    id: 'aws-trainium2',
    name: 'AWS Trainium2',
    hbmGb: 96,
    // 8 physical cores work as 4 logical ones (LNC2).
    devicesPerUnit: 4,
    choices: [1, 16].map(devices => ({ devices })),
  }),
  {
    ...UNTRIED,
    id: 'ibm-spyre',
    name: 'IBM Spyre',
    vendor: 'spyre',
    class: 'spyre',
    resource: 'ibm.com/spyre_pf',
    otherResources: ['ibm.com/spyre_vf'],
    hbmGb: 128,
    choices: [{ devices: 1 }],
    dtype: 'auto',
    blockSize: 128,
    blockSizeAssumed: true,
    // No tag is known: pin one in configuration.
    images: { redhat: 'registry.redhat.io/rhaiis/vllm-spyre-rhel9' },
    odhPreset: 'kserve-config-llm-template-ibm-spyre-x86',
    tolerations: [],
    env: [],
    args: [],
    support: 'unverified',
    evidence: 'mixed',
    note: 'Prefix caching has not been verified on it.',
    source: 'Open Data Hub accelerator presets',
  },
];
