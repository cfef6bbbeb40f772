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

import type { EngineMetrics } from './types';

/** What gives an engine away, and what its metrics can't tell. */
export interface EngineSigns {
  engine: NonNullable<EngineMetrics['engine']>;
  name: string;
  /** The prefixes that all its metrics share. */
  prefixes: readonly string[];
  /** Metrics that it always exposes, by which a filtered scrape knows it. */
  signs: readonly string[];
  /** Figures of prefix caching that it does not expose, in one sentence. */
  limitation?: string;
}

/** The engines that are told apart. Sources: epp.md §4; docs.sglang.io, "Production Metrics". */
export const ENGINES: readonly EngineSigns[] = [
  {
    engine: 'vllm',
    name: 'vLLM',
    prefixes: ['vllm:'],
    signs: ['vllm:num_requests_running'],
  },
  {
    engine: 'sglang',
    name: 'SGLang',
    prefixes: ['sglang:'],
    signs: ['sglang:num_running_reqs'],
    limitation:
      'SGLang counts the tokens it found in its cache but not those it looked up: its own gauge of the hit rate is all there is, and no ratio between two samples.',
  },
  {
    engine: 'trtllm',
    name: 'TensorRT-LLM',
    prefixes: ['trtllm_', 'nv_trt_llm_'],
    signs: ['trtllm_num_requests_running', 'nv_trt_llm_request_metrics'],
    limitation:
      'TensorRT-LLM exposes no counter of prefix cache hits that could be read: only its queue and its use of the KV cache are known.',
  },
];

/** A counter's names: real engines write `_total`, the simulator up to 0.10.2 leaves it out. */
function counter(...names: string[]): string[] {
  return names.flatMap(name => [`${name}_total`, name]);
}

/**
 * What each figure of an engine is called, the current name first, then
 * deprecated ones and those of other engines (epp.md §4). Some vLLM 0.10.0
 * servers expose a mix: the first present is read.
 */
export const ENGINE_METRIC_NAMES = {
  hitTokens: [
    ...counter('vllm:prefix_cache_hits', 'vllm:gpu_prefix_cache_hits'),
    'sglang:cached_tokens_total',
  ],
  queryTokens: counter(
    'vllm:prefix_cache_queries',
    'vllm:gpu_prefix_cache_queries',
  ),
  externalHitTokens: counter('vllm:external_prefix_cache_hits'),
  externalQueryTokens: counter('vllm:external_prefix_cache_queries'),
  promptTokens: counter('vllm:prompt_tokens', 'sglang:prompt_tokens'),
  promptTokensBySource: counter('vllm:prompt_tokens_by_source'),
  requests: counter('vllm:request_success', 'sglang:num_requests'),
  reportedHitRatio: ['sglang:cache_hit_rate'],
  kvUsage: [
    'vllm:kv_cache_usage_perc',
    'vllm:gpu_cache_usage_perc',
    'sglang:token_usage',
    'trtllm_kv_cache_utilization',
  ],
  running: [
    'vllm:num_requests_running',
    'sglang:num_running_reqs',
    'trtllm_num_requests_running',
  ],
  waiting: [
    'vllm:num_requests_waiting',
    'sglang:num_queue_reqs',
    'trtllm_num_requests_waiting',
  ],
  cacheConfig: ['vllm:cache_config_info', 'sglang:cache_config_info'],
  timeToFirstToken: [
    'vllm:time_to_first_token_seconds',
    'sglang:time_to_first_token_seconds',
  ],
} as const;
