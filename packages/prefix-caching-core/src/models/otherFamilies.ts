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

import type { ModelFacts } from './types';

/** DeepSeek, Granite and Phi. Values of each repository's config.json. */
export const OTHER_FAMILIES: ModelFacts[] = [
  {
    id: 'deepseek-r1',
    name: 'DeepSeek R1',
    huggingFace: 'deepseek-ai/DeepSeek-R1',
    attention: 'mla',
    layers: 61,
    fullAttentionLayers: 61,
    slidingWindow: 0,
    heads: 128,
    latentDim: 576,
    weightsGib: 641.0,
    weightsDtype: 'fp8',
    maxContext: 163840,
    mixtureOfExperts: true,
    gated: false,
    evidence: 'recalled',
    note: 'The latent is replicated on every rank: tensor parallelism does not shrink the KV cache.',
  },
  {
    id: 'granite-3.3-8b-instruct',
    name: 'granite 3.3 8b instruct',
    huggingFace: 'ibm-granite/granite-3.3-8b-instruct',
    attention: 'gqa',
    layers: 40,
    fullAttentionLayers: 40,
    slidingWindow: 0,
    heads: 32,
    kvHeads: 8,
    headDim: 128,
    weightsGib: 15.22,
    weightsDtype: 'bf16',
    maxContext: 131072,
    gated: false,
    evidence: 'recalled',
  },
  {
    id: 'phi-4',
    name: 'phi 4',
    huggingFace: 'microsoft/phi-4',
    attention: 'gqa',
    layers: 40,
    fullAttentionLayers: 40,
    slidingWindow: 0,
    heads: 40,
    kvHeads: 10,
    headDim: 128,
    weightsGib: 27.31,
    weightsDtype: 'bf16',
    maxContext: 16384,
    gated: false,
    evidence: 'recalled',
    note: '40 heads and 10 KV heads: 4 and 8 divide the heads, not the KV heads.',
  },
];
