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

import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  type EngineMetrics,
  parseExposition,
  readEngineMetrics,
} from './index';

const conformance = resolve(
  __dirname,
  '../../../../../shared/conformance/metrics',
);
const describeConformance = existsSync(conformance) ? describe : describe.skip;

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
        'sglang:cache_config_info{page_size="1",num_pages="900"} 1',
      ],
      {
        engine: 'sglang',
        hitTokens: 7,
        kvUsage: 0.1,
        running: 2,
        waiting: 1,
        blockSize: 1,
        cacheBlocks: 900,
        prefixCaching: 'unknown',
      },
    ],
  ])('reads %s', (_, lines, expected) => {
    expect(read(...lines)).toEqual(expected);
  });
});

describeConformance('readEngineMetrics, on the conformance files', () => {
  it('reads the real scrape of a vLLM decode pod', () => {
    const text = readFileSync(
      join(conformance, 'odh-2026-08/vllm_metrics.txt'),
      'utf8',
    );
    expect(readEngineMetrics(parseExposition(text))).toEqual({
      engine: 'vllm',
      hitTokens: 220240,
      queryTokens: 283082,
      externalHitTokens: 62842,
      externalQueryTokens: 62842,
      blockSize: 16,
      cacheBlocks: 112009,
      kvUsage: 0,
      running: 0,
      waiting: 0,
      requests: 11208,
      promptTokens: 283082,
      timeToFirstToken: {
        mean: 170.70869898796082 / 11208,
        count: 11208,
        // All of them among the 11,153 between 0.01 and 0.02 s.
        p50: expect.closeTo(0.01 + (0.01 * 5604) / 11153, 12),
        p95: expect.closeTo(0.01 + (0.01 * 10647.6) / 11153, 12),
        p99: expect.closeTo(0.01 + (0.01 * 11095.92) / 11153, 12),
      },
      startedAt: 1784023387.1,
      prefixCaching: 'on',
    });
  });
});
