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

import {
  type EngineMetrics,
  parseExposition,
  readEngineMetrics,
} from './index';

function read(...lines: string[]): EngineMetrics {
  return readEngineMetrics(parseExposition(`${lines.join('\n')}\n`));
}

describe('readEngineMetrics', () => {
  it.each<[string, string[], EngineMetrics]>([
    ['nothing: unknown, and never 0', [], { prefixCaching: 'unknown' }],
    [
      'two engines of one pod: counters added up, gauges averaged',
      [
        'vllm:prefix_cache_hits_total{engine="0"} 10',
        'vllm:prefix_cache_hits_total{engine="1"} 20',
        'vllm:prefix_cache_queries_total{engine="0"} 40',
        'vllm:prefix_cache_queries_total{engine="1"} 60',
        'vllm:kv_cache_usage_perc{engine="0"} 0.2',
        'vllm:kv_cache_usage_perc{engine="1"} 0.4',
        'vllm:num_requests_waiting{engine="0"} 1',
        'vllm:num_requests_waiting{engine="1"} 3',
        'vllm:request_success_total{engine="0",finished_reason="stop"} 5',
        'vllm:request_success_total{engine="1",finished_reason="length"} 6',
        'vllm:cache_config_info{engine="0",block_size="16",num_gpu_blocks="100",enable_prefix_caching="True"} 1',
        'vllm:cache_config_info{engine="1",block_size="16",num_gpu_blocks="200",enable_prefix_caching="True"} 1',
      ],
      {
        engine: 'vllm',
        hitTokens: 30,
        queryTokens: 100,
        kvUsage: expect.closeTo(0.3),
        waiting: 2,
        requests: 11,
        blockSize: 16,
        cacheBlocks: 300,
        prefixCaching: 'on',
      },
    ],
    [
      'the simulator, whose counters lack _total and whose info lacks the switch',
      [
        'vllm:prefix_cache_hits 5',
        'vllm:prefix_cache_queries 9',
        'vllm:cache_config_info{block_size="8",num_gpu_blocks="1024"} 1',
      ],
      {
        engine: 'vllm',
        hitTokens: 5,
        queryTokens: 9,
        blockSize: 8,
        cacheBlocks: 1024,
        prefixCaching: 'unknown',
      },
    ],
    [
      'vLLM 0.9, deprecated names alone',
      [
        'vllm:gpu_prefix_cache_hits_total 5',
        'vllm:gpu_prefix_cache_queries_total 9',
        'vllm:gpu_cache_usage_perc 0.5',
      ],
      {
        engine: 'vllm',
        hitTokens: 5,
        queryTokens: 9,
        kvUsage: 0.5,
        prefixCaching: 'unknown',
      },
    ],
    [
      'a mix of old and new names, which are never added up',
      [
        'vllm:gpu_prefix_cache_hits_total 5',
        'vllm:prefix_cache_hits_total 6',
        'kserve_vllm:prefix_cache_hits_total 6',
      ],
      { engine: 'vllm', hitTokens: 6, prefixCaching: 'unknown' },
    ],
    [
      '"None" as unknown, in the switch as in the numbers',
      [
        'vllm:cache_config_info{block_size="None",num_gpu_blocks="None",enable_prefix_caching="None"} 1',
      ],
      { engine: 'vllm', prefixCaching: 'unknown' },
    ],
    [
      'off, also when only one of several engines is',
      [
        'vllm:cache_config_info{engine="0",enable_prefix_caching="True"} 1',
        'vllm:cache_config_info{engine="1",enable_prefix_caching="False"} 1',
      ],
      { engine: 'vllm', prefixCaching: 'off' },
    ],
    [
      'SGLang',
      [
        'sglang:cached_tokens_total{cache_source="device"} 7',
        'sglang:token_usage 0.1',
        'sglang:num_running_reqs 2',
        'sglang:num_queue_reqs 1',
        'sglang:prompt_tokens_total 9',
        'sglang:cache_hit_rate 0.75',
        'sglang:cache_config_info{page_size="1",num_pages="900"} 1',
      ],
      {
        engine: 'sglang',
        limitation: expect.stringMatching(/^SGLang counts .*\.$/),
        promptTokens: 9,
        reportedHitRatio: 0.75,
        hitTokens: 7,
        kvUsage: 0.1,
        running: 2,
        waiting: 1,
        blockSize: 1,
        cacheBlocks: 900,
        prefixCaching: 'unknown',
      },
    ],
    [
      'TensorRT-LLM',
      ['trtllm_kv_cache_utilization 0.5', 'trtllm_num_requests_waiting 2'],
      {
        engine: 'trtllm',
        limitation: expect.stringMatching(/^TensorRT-LLM exposes no .*\.$/),
        kvUsage: 0.5,
        waiting: 2,
        prefixCaching: 'unknown',
      },
    ],
    [
      'TensorRT-LLM behind Triton',
      ['nv_trt_llm_request_metrics{request_type="active"} 3'],
      {
        engine: 'trtllm',
        limitation: expect.any(String),
        prefixCaching: 'unknown',
      },
    ],
    [
      'an engine that is not known, as not known',
      ['my_engine_tokens_total 5'],
      { prefixCaching: 'unknown' },
    ],
    [
      'the decode pod of a P/D pair, whose tokens came from another cache',
      [
        'vllm:external_prefix_cache_queries_total 64',
        'vllm:external_prefix_cache_hits_total 48',
        'vllm:prompt_tokens_by_source_total{engine="0",source="external_kv_transfer"} 48',
        'vllm:prompt_tokens_by_source_total{engine="1",source="external_kv_transfer"} 2',
        'vllm:prompt_tokens_by_source_total{engine="0",source="local_compute"} 16',
      ],
      {
        engine: 'vllm',
        externalQueryTokens: 64,
        externalHitTokens: 48,
        promptTokensBySource: { external_kv_transfer: 50, local_compute: 16 },
        prefixCaching: 'unknown',
      },
    ],
  ])('reads %s', (_, lines, expected) => {
    expect(read(...lines)).toEqual(expected);
  });
});
