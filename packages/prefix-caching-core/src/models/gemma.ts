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

/** Gemma 3: five layers of six keep a sliding window. Values of each repository's config.json. */
export const GEMMA: ModelFacts[] = [
  {
    id: 'gemma-3-4b-it',
    name: 'gemma 3 4b it',
    huggingFace: 'google/gemma-3-4b-it',
    attention: 'gqa',
    layers: 34,
    fullAttentionLayers: 6,
    slidingWindow: 1024,
    heads: 8,
    kvHeads: 4,
    headDim: 256,
    weightsGib: 8.01,
    weightsDtype: 'bf16',
    maxContext: 131072,
    multimodal: true,
    gated: true,
    evidence: 'recalled',
  },
  {
    id: 'gemma-3-12b-it',
    name: 'gemma 3 12b it',
    huggingFace: 'google/gemma-3-12b-it',
    attention: 'gqa',
    layers: 48,
    fullAttentionLayers: 8,
    slidingWindow: 1024,
    heads: 16,
    kvHeads: 8,
    headDim: 256,
    weightsGib: 22.7,
    weightsDtype: 'bf16',
    maxContext: 131072,
    multimodal: true,
    gated: true,
    evidence: 'recalled',
  },
  {
    id: 'gemma-3-27b-it',
    name: 'gemma 3 27b it',
    huggingFace: 'google/gemma-3-27b-it',
    attention: 'gqa',
    layers: 62,
    fullAttentionLayers: 10,
    slidingWindow: 1024,
    heads: 32,
    kvHeads: 16,
    headDim: 128,
    weightsGib: 51.1,
    weightsDtype: 'bf16',
    maxContext: 131072,
    multimodal: true,
    gated: true,
    evidence: 'recalled',
  },
];
