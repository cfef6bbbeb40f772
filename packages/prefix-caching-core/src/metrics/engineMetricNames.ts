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

/** The engines, each with the prefix of its metric names. */
export const ENGINES: readonly [
  engine: NonNullable<EngineMetrics['engine']>,
  prefix: string,
][] = [
  ['vllm', 'vllm:'],
  ['sglang', 'sglang:'],
  ['trtllm', 'trtllm_'],
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
  promptTokens: counter('vllm:prompt_tokens'),
  requests: counter('vllm:request_success'),
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
  timeToFirstToken: ['vllm:time_to_first_token_seconds'],
} as const;
