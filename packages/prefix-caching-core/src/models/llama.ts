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

/** Llama 3. Values of each repository's config.json. */
export const LLAMA: ModelFacts[] = [
  {
    id: 'llama-3.1-8b-instruct',
    name: 'Llama 3.1 8B Instruct',
    huggingFace: 'meta-llama/Llama-3.1-8B-Instruct',
    family: 'llama',
    attention: 'gqa',
    layers: 32,
    fullAttentionLayers: 32,
    slidingWindow: 0,
    heads: 32,
    kvHeads: 8,
    headDim: 128,
    weightsGib: 14.96,
    weightsDtype: 'bf16',
    maxContext: 131072,
    gated: true,
    evidence: 'verified',
  },
  {
    id: 'llama-3.2-3b-instruct',
    name: 'Llama 3.2 3B Instruct',
    huggingFace: 'meta-llama/Llama-3.2-3B-Instruct',
    family: 'llama',
    attention: 'gqa',
    layers: 28,
    fullAttentionLayers: 28,
    slidingWindow: 0,
    heads: 24,
    kvHeads: 8,
    headDim: 128,
    weightsGib: 5.98,
    weightsDtype: 'bf16',
    maxContext: 131072,
    gated: true,
    evidence: 'recalled',
  },
  {
    id: 'llama-3.3-70b-instruct',
    name: 'Llama 3.3 70B Instruct',
    huggingFace: 'meta-llama/Llama-3.3-70B-Instruct',
    family: 'llama',
    attention: 'gqa',
    layers: 80,
    fullAttentionLayers: 80,
    slidingWindow: 0,
    heads: 64,
    kvHeads: 8,
    headDim: 128,
    weightsGib: 131.42,
    weightsDtype: 'bf16',
    maxContext: 131072,
    gated: true,
    evidence: 'verified',
  },
  {
    id: 'llama-3.3-70b-instruct-fp8',
    name: 'Llama 3.3 70B Instruct FP8 dynamic',
    huggingFace: 'RedHatAI/Llama-3.3-70B-Instruct-FP8-dynamic',
    family: 'llama',
    attention: 'gqa',
    layers: 80,
    fullAttentionLayers: 80,
    slidingWindow: 0,
    heads: 64,
    kvHeads: 8,
    headDim: 128,
    weightsGib: 67.72,
    weightsDtype: 'fp8',
    maxContext: 131072,
    gated: false,
    evidence: 'verified',
    note: 'The KV cache stays bfloat16 unless --kv-cache-dtype says fp8.',
  },
];
