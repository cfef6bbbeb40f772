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

/** The facts of a model's `config.json` that KV-cache arithmetic needs. @public */
export interface ModelFacts {
  id: string;
  name: string;
  /** Hugging Face repository, `Qwen/Qwen2.5-3B-Instruct`. */
  huggingFace?: string;
  /** Families whose activation memory was measured apart from the rest. */
  family?: 'qwen' | 'llama';
  attention: 'gqa' | 'mla';
  layers: number;
  /** Layers that keep the whole context; the rest keep `slidingWindow` tokens. */
  fullAttentionLayers: number;
  slidingWindow: number;
  heads: number;
  kvHeads?: number;
  headDim?: number;
  /** MLA: kv_lora_rank + qk_rope_head_dim. */
  latentDim?: number;
  /** Resident weights, GiB. */
  weightsGib: number;
  weightsDtype: 'bf16' | 'fp8' | 'mxfp4' | 'int4';
  maxContext: number;
  mixtureOfExperts?: boolean;
  multimodal?: boolean;
  /** Needs an access token to download. */
  gated: boolean;
  evidence: 'verified' | 'recalled';
  note?: string;
}

/** A model on an accelerator, as `assessFit` is asked about it. @public */
export interface FitRequest {
  model: string | ModelFacts;
  /** Accelerator id. */
  accelerator: string;
  /** Units of the accelerator's resource. */
  devices: number;
  tensorParallel?: number;
  maxModelLen: number;
  /** 0 to 1. */
  gpuMemoryUtilization?: number;
  sharedPrefixTokens?: number;
}

/** A low and a high estimate. @public */
export interface Range {
  low: number;
  high: number;
}

/**
 * Whether a model fits, in ranges, since engines differ in what they need besides weights and cache.
 *
 * @public
 */
export interface FitAssessment {
  /** fits: the low estimate holds; tight: only the high one; no: neither. */
  verdict: 'fits' | 'tight' | 'no';
  /** One sentence why. */
  summary: string;
  /** Memory left for the KV cache per device, GiB. */
  kvCacheGiB: Range;
  /** Tokens the KV cache of one replica holds. */
  kvTokens: Range;
  largestMaxModelLen: Range;
  /** Distinct shared prefixes of the asked length that stay warm on one replica. */
  warmPrefixes?: Range;
  validTensorParallel: number[];
  /** In the order to try them. */
  remedies: string[];
}
