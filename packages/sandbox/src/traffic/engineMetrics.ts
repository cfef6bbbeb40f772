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

import type { EngineReplica } from './engine';
import { MetricsPage } from './exposition';

/** What a vLLM replica exposes on `:8000/metrics`. */
export function engineMetrics(engine: EngineReplica, now: number): string {
  const { settings } = engine;
  const labels = { engine: '0', model_name: settings.modelName };
  const page = new MetricsPage('python');
  const counter = (name: string, help: string, value: number) =>
    page.family(`vllm:${name}_total`, 'counter', help, [[labels, value]]);
  const gauge = (name: string, help: string, value: number) =>
    page.family(`vllm:${name}`, 'gauge', help, [[labels, value]]);

  gauge('num_requests_running', 'Requests in execution.', engine.running(now));
  gauge('num_requests_waiting', 'Requests in the queue.', engine.waiting(now));
  gauge(
    'kv_cache_usage_perc',
    'Share of the KV cache in use, 1 is all of it.',
    engine.kvUsage(now),
  );
  counter(
    'prefix_cache_queries',
    'Tokens looked up in the prefix cache.',
    engine.queryTokens,
  );
  counter(
    'prefix_cache_hits',
    'Tokens found in the prefix cache.',
    engine.hitTokens,
  );
  counter('prompt_tokens', 'Prompt tokens processed.', engine.promptTokens);
  counter('generation_tokens', 'Tokens generated.', engine.generationTokens);
  page.family('vllm:request_success_total', 'counter', 'Requests finished.', [
    [{ ...labels, finished_reason: 'stop' }, engine.finished],
    [{ ...labels, finished_reason: 'length' }, 0],
    [{ ...labels, finished_reason: 'abort' }, 0],
  ]);
  page.histogram(
    'vllm:time_to_first_token_seconds',
    'Seconds from the arrival of a request to its first token.',
    [[labels, engine.timeToFirstToken]],
  );
  page.family(
    'vllm:cache_config_info',
    'gauge',
    'Configuration of the cache.',
    [
      [
        {
          block_size: `${settings.blockSize}`,
          cache_dtype: 'auto',
          enable_prefix_caching: settings.prefixCaching ? 'True' : 'False',
          engine: '0',
          gpu_memory_utilization: `${settings.gpuMemoryUtilization}`,
          num_cpu_blocks: 'None',
          num_gpu_blocks: `${settings.kvBlocks}`,
          prefix_caching_hash_algo: 'sha256',
        },
        1,
      ],
    ],
  );
  return page.toString();
}
