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

/** gpt-oss: every other layer keeps a sliding window. Values of each repository's config.json. */
export const GPT_OSS: ModelFacts[] = [
  {
    id: 'gpt-oss-20b',
    name: 'gpt oss 20b',
    huggingFace: 'openai/gpt-oss-20b',
    attention: 'gqa',
    layers: 24,
    fullAttentionLayers: 12,
    slidingWindow: 128,
    heads: 64,
    kvHeads: 8,
    headDim: 64,
    weightsGib: 13.47,
    weightsDtype: 'mxfp4',
    maxContext: 131072,
    mixtureOfExperts: true,
    gated: false,
    evidence: 'verified',
    note: 'No MXFP4 path on T4.',
  },
  {
    id: 'gpt-oss-120b',
    name: 'gpt oss 120b',
    huggingFace: 'openai/gpt-oss-120b',
    attention: 'gqa',
    layers: 36,
    fullAttentionLayers: 18,
    slidingWindow: 128,
    heads: 64,
    kvHeads: 8,
    headDim: 64,
    weightsGib: 64.38,
    weightsDtype: 'mxfp4',
    maxContext: 131072,
    mixtureOfExperts: true,
    gated: false,
    evidence: 'verified',
    note: 'One H100 at 0.9 leaves 3.33 GiB for the KV cache (measured).',
  },
];
