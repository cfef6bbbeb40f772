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

import type { Accelerator } from '../accelerators';

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
  /** How well the row is known; `configured`: the platform team, or whoever asks, says so. */
  evidence: 'verified' | 'recalled' | 'configured';
  /** Known, but not offered. */
  hidden?: boolean;
  /** Entity refs of the users and groups it is offered to; everyone where absent. */
  allowedFor?: string[];
  note?: string;
}

/**
 * The rows a portal works with: those shipped, with what its platform team
 * changed, and without what the one who asks may not use.
 *
 * @public
 */
export interface DeploymentTables {
  accelerators: readonly Accelerator[];
  models: readonly ModelFacts[];
}

/**
 * A model that is in no table, by the fields of its `config.json`.
 *
 * @public
 */
export interface DescribedModel {
  /** What to call it in sentences; its `_name_or_path`, else "this model", without it. */
  name?: string;
  /** The content of `config.json`; of a multimodal model, `text_config` is read. */
  config: Record<string, unknown>;
  /** Sum of the safetensors files, GiB. Taken before `parameters`. */
  weightsGib?: number;
  /** Number of parameters, from which the weights are estimated. */
  parameters?: number;
}

/** A model on an accelerator, as `assessFit` is asked about it. @public */
export interface FitRequest {
  model: string | ModelFacts | DescribedModel;
  /** Accelerator id. */
  accelerator: string;
  /** Units of the accelerator's resource. */
  devices: number;
  tensorParallel?: number;
  maxModelLen: number;
  /** 0 to 1. */
  gpuMemoryUtilization?: number;
  /** `fp8` halves the bytes per token. Default: the model's 16 bits. */
  kvCacheDtype?: 'auto' | 'fp8';
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
  /** The same remedies, with the values to set where a plan has a field for them. */
  fixes: FitFix[];
  /** Requests of the full `maxModelLen` that one replica holds at once. */
  concurrentRequests: Range;
  /** Bytes of KV cache one token takes in one replica, over all its devices. */
  kvBytesPerToken: number;
  tensorParallel: number;
  /** What the Endpoint Picker believes to be cached, against what the engine can hold. */
  pickerIndex: PickerIndex;
}

/** A remedy, and what to change for it. @public */
export interface FitFix {
  text: string;
  change?: {
    accelerator?: string;
    devices?: number;
    topology?: string;
    maxModelLen?: number;
    gpuMemoryUtilization?: number;
  };
}

/**
 * The approximate prefix index of an Endpoint Picker keeps as many blocks per
 * pod as the engine has, but of its own size. Where its blocks are larger, it
 * goes on believing in prefixes that the engine has evicted.
 *
 * @public
 */
export interface PickerIndex {
  /** Tokens of one block of the index (llm-d-router 0.9 and newer). */
  blockTokens: number;
  /** Tokens the index remembers per replica. */
  tokens: Range;
  /** Tokens remembered per token the engine can hold: 1 is exact. */
  ratio: number;
}
