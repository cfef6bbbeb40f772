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

/** Mistral. Values of each repository's config.json. */
export const MISTRAL: ModelFacts[] = [
  {
    id: 'mistral-7b-instruct-v0.3',
    name: 'Mistral 7B Instruct v0.3',
    huggingFace: 'mistralai/Mistral-7B-Instruct-v0.3',
    attention: 'gqa',
    layers: 32,
    fullAttentionLayers: 32,
    slidingWindow: 0,
    heads: 32,
    kvHeads: 8,
    headDim: 128,
    weightsGib: 13.5,
    weightsDtype: 'bf16',
    maxContext: 32768,
    gated: true,
    evidence: 'recalled',
  },
  {
    id: 'mistral-small-3.2-24b',
    name: 'Mistral Small 3.2 24B Instruct 2506',
    huggingFace: 'mistralai/Mistral-Small-3.2-24B-Instruct-2506',
    attention: 'gqa',
    layers: 40,
    fullAttentionLayers: 40,
    slidingWindow: 0,
    heads: 32,
    kvHeads: 8,
    headDim: 128,
    weightsGib: 44.76,
    weightsDtype: 'bf16',
    maxContext: 131072,
    multimodal: true,
    gated: false,
    evidence: 'verified',
    note: 'Many images need --tokenizer-mode mistral.',
  },
];
