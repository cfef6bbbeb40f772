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

import type { RouterMetrics } from './types';

/**
 * What each figure of an Endpoint Picker is called, the current name first and
 * then those of older eras (epp.md §1.1–1.2). Newer pickers expose several
 * names for one figure: the first present is read.
 */
export const ROUTER_METRIC_NAMES = {
  requests: [
    'llm_d_epp_request_total',
    'inference_objective_request_total',
    'inference_model_request_total',
  ],
  errors: [
    'llm_d_epp_request_error_total',
    'inference_objective_request_error_total',
    'inference_model_request_error_total',
  ],
  timeToFirstToken: [
    'llm_d_epp_request_ttft_seconds',
    'inference_objective_request_ttft_seconds',
    'inference_model_request_ttft_seconds',
  ],
  predictedHitRatio: [
    'llm_d_epp_prefix_indexer_hit_ratio',
    'inference_extension_prefix_indexer_hit_ratio',
  ],
  indexSize: [
    'llm_d_epp_prefix_indexer_size',
    'inference_extension_prefix_indexer_size',
  ],
  readyEndpoints: ['llm_d_epp_ready_endpoints', 'inference_pool_ready_pods'],
  averageQueue: [
    'llm_d_epp_average_queue_size',
    'inference_pool_average_queue_size',
  ],
  averageRunning: [
    'llm_d_epp_average_running_requests',
    'inference_pool_average_running_requests',
  ],
  averageKvUsage: [
    'llm_d_epp_average_kv_cache_utilization',
    'inference_pool_average_kv_cache_utilization',
  ],
  queueByEndpoint: [
    'llm_d_epp_per_endpoint_queue_size',
    'inference_pool_per_pod_queue_size',
  ],
  picks: [
    'llm_d_epp_scheduler_attempts_total',
    'inference_extension_scheduler_attempts_total',
  ],
  inputTokens: [
    'llm_d_epp_request_input_tokens_sum',
    'inference_objective_input_tokens_sum',
    'inference_model_input_tokens_sum',
  ],
  cachedTokens: [
    'llm_d_epp_request_cached_tokens_sum',
    'inference_objective_prompt_cached_tokens_sum',
    'inference_model_prompt_cached_tokens_sum',
  ],
  inflight: ['llm_d_epp_inflight_requests'],
  inflightTokens: ['llm_d_epp_inflight_tokens'],
  schedulerLatency: [
    'llm_d_epp_scheduler_e2e_duration_seconds',
    'inference_extension_scheduler_e2e_duration_seconds',
  ],
  pluginRuns: [
    'llm_d_epp_plugin_duration_seconds_count',
    'inference_extension_plugin_duration_seconds_count',
    'inference_extension_scheduler_plugin_duration_seconds_count',
  ],
} as const;

/** The naming schemes, newest first, each with the prefix that gives it away. */
export const ROUTER_FAMILIES: readonly [
  family: NonNullable<RouterMetrics['family']>,
  prefix: string,
][] = [
  ['llm_d_epp', 'llm_d_epp_'],
  ['inference_objective', 'inference_objective_'],
  ['inference_model', 'inference_model_'],
];

/** Metrics that no era before G has. Source: epp.md §1.1–1.2. */
export const ERA_G_SIGNS = [
  'llm_d_epp_std_dev_queue_size',
  'llm_d_epp_std_dev_kv_cache_utilization',
  'llm_d_epp_std_dev_running_requests',
  'llm_d_epp_inflight_requests',
] as const;
