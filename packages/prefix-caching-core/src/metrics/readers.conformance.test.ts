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
  ENGINE_EXPOSITION,
  parseExposition,
  readEngineMetrics,
  readRouterMetrics,
  ROUTER_EXPOSITION,
} from './index';
import {
  conformanceFile,
  describeConformance,
  goldenFiles,
  otherSamples,
  type OtherSample,
  otherSum,
} from './__testUtils__/otherParser';

/** `histogram_quantile` over the other parser's samples, written for this test alone. */
function otherQuantile(
  samples: readonly OtherSample[],
  name: string,
  share: number,
): number {
  const bounds = new Map<number, number>();
  for (const { name: each, labels, value } of samples) {
    if (each !== `${name}_bucket`) continue;
    const le = labels.le === '+Inf' ? Infinity : Number(labels.le);
    bounds.set(le, (bounds.get(le) ?? 0) + value);
  }
  const sorted = [...bounds].sort(([a], [b]) => a - b);
  const rank = share * otherSum(samples, `${name}_count`);
  const at = sorted.findIndex(([, count]) => count >= rank);
  const [lower, below] = at > 0 ? sorted[at - 1] : [0, 0];
  const [upper, count] = sorted[at];
  return lower + ((upper - lower) * (rank - below)) / (count - below);
}

function otherLatency(samples: readonly OtherSample[], name: string) {
  const count = otherSum(samples, `${name}_count`);
  return {
    mean: expect.closeTo(otherSum(samples, `${name}_sum`) / count, 12),
    p50: expect.closeTo(otherQuantile(samples, name, 0.5), 12),
    p95: expect.closeTo(otherQuantile(samples, name, 0.95), 12),
    p99: expect.closeTo(otherQuantile(samples, name, 0.99), 12),
    count,
  };
}

describeConformance('readers, on the conformance files', () => {
  it('read the real scrape of an era F picker', () => {
    const text = conformanceFile('odh-2026-08', 'scheduler_metrics.txt');
    const other = otherSamples(text);
    const sum = (name: string, labels = {}) => otherSum(other, name, labels);
    const of = (name: string) => other.filter(each => each.name === name);
    const metrics = readRouterMetrics(parseExposition(text, ROUTER_EXPOSITION));
    const ratio = 'llm_d_epp_prefix_indexer_hit_ratio';
    const attempts = of('llm_d_epp_scheduler_attempts_total').filter(
      ({ labels }) => labels.status === 'success',
    );
    const ran = (point: string) =>
      new Set(
        of('llm_d_epp_plugin_duration_seconds_count')
          .filter(({ labels }) => labels.extension_point === point)
          .map(({ labels }) => labels.plugin_type),
      );
    expect(metrics).toMatchObject({
      family: 'llm_d_epp',
      era: 'F',
      predictedHitRatio: {
        mean: sum(`${ratio}_sum`) / sum(`${ratio}_count`),
        count: sum(`${ratio}_count`),
        zeroMatch: sum(`${ratio}_bucket`, { le: '0' }),
      },
      indexSize: sum('llm_d_epp_prefix_indexer_size'),
      requests: sum('llm_d_epp_request_total'),
      errors: 0,
      inputTokens: sum('llm_d_epp_request_input_tokens_sum'),
      cachedTokens: sum('llm_d_epp_request_cached_tokens_sum'),
      readyEndpoints: sum('llm_d_epp_ready_endpoints'),
      averageQueue: sum('llm_d_epp_average_queue_size'),
      averageRunning: sum('llm_d_epp_average_running_requests'),
      averageKvUsage: sum('llm_d_epp_average_kv_cache_utilization'),
      timeToFirstToken: otherLatency(other, 'llm_d_epp_request_ttft_seconds'),
      schedulerLatency: otherLatency(
        other,
        'llm_d_epp_scheduler_e2e_duration_seconds',
      ),
      startedAt: sum('process_start_time_seconds'),
    });
    expect(metrics.timeToFirstTokenStreaming?.count).toBe(
      sum('llm_d_epp_request_ttft_seconds_count', { streaming: 'true' }),
    );
    expect(metrics.poolMayBeFrozen).toBeUndefined();
    expect(metrics.picksByEndpoint).toEqual(
      Object.fromEntries(
        attempts.map(({ labels, value }) => [labels.endpoint_name, value]),
      ),
    );
    expect(Object.keys(metrics.queueByEndpoint).sort()).toEqual(
      of('llm_d_epp_per_endpoint_queue_size')
        .map(each => each.labels.model_server_endpoint)
        .map(name => name.replace('-rank-0', ''))
        .sort(),
    );
    expect(new Set(metrics.scorers)).toEqual(ran('Scorer'));
    expect(new Set(metrics.dataProducers)).toEqual(ran('DataProducer'));
  });

  it('read the real scrape of a vLLM decode pod', () => {
    const text = conformanceFile('odh-2026-08', 'vllm_metrics.txt');
    const other = otherSamples(text);
    const sum = (name: string, labels = {}) => otherSum(other, name, labels);
    const config = other.find(each => each.name === 'vllm:cache_config_info');
    const sources = other.filter(
      each => each.name === 'vllm:prompt_tokens_by_source_total',
    );
    expect(
      readEngineMetrics(parseExposition(text, ENGINE_EXPOSITION)),
    ).toMatchObject({
      engine: 'vllm',
      limitation: undefined,
      hitTokens: sum('vllm:prefix_cache_hits_total'),
      queryTokens: sum('vllm:prefix_cache_queries_total'),
      externalHitTokens: sum('vllm:external_prefix_cache_hits_total'),
      externalQueryTokens: sum('vllm:external_prefix_cache_queries_total'),
      blockSize: Number(config?.labels.block_size),
      cacheBlocks: Number(config?.labels.num_gpu_blocks),
      prefixCaching:
        config?.labels.enable_prefix_caching === 'True' ? 'on' : 'off',
      kvUsage: sum('vllm:kv_cache_usage_perc'),
      running: sum('vllm:num_requests_running'),
      waiting: sum('vllm:num_requests_waiting'),
      requests: sum('vllm:request_success_total'),
      promptTokens: sum('vllm:prompt_tokens_total'),
      promptTokensBySource: Object.fromEntries(
        sources.map(({ labels, value }) => [labels.source, value]),
      ),
      timeToFirstToken: otherLatency(other, 'vllm:time_to_first_token_seconds'),
      startedAt: sum('process_start_time_seconds'),
    });
  });

  it.each([
    ['scheduler_metrics.txt', ROUTER_EXPOSITION],
    ['vllm_metrics.txt', ENGINE_EXPOSITION],
  ])('read the same from %s filtered as from all of it', (file, filter) => {
    const text = conformanceFile('odh-2026-08', file);
    const [all, some] = [parseExposition(text), parseExposition(text, filter)];
    expect(readRouterMetrics(some)).toEqual(readRouterMetrics(all));
    expect(readEngineMetrics(some)).toEqual(readEngineMetrics(all));
    const count = (families: typeof all) =>
      families.reduce((sum, { samples }) => sum + samples.length, 0);
    expect(count(some)).toBeLessThan(count(all) / 5);
  });

  it.each([
    ['gaie-v0.5.1', 'inference_model', 'inference_extension', 'A'],
    ['gaie-v1.0.2', 'inference_model', 'inference_extension', 'B'],
    ['llm-d-router', 'llm_d_epp', 'llm_d_epp', 'G'],
  ])('read the golden files of %s', (folder, requests, prefix, era) => {
    const text = goldenFiles(folder)
      .map(([, file]) => file)
      .join('');
    const other = otherSamples(text);
    const sum = (name: string, labels = {}) => otherSum(other, name, labels);
    const newest = requests === 'llm_d_epp';
    const pool = newest ? 'llm_d_epp' : 'inference_pool';
    const ratio = `${prefix}_prefix_indexer_hit_ratio`;
    const metrics = readRouterMetrics(parseExposition(text));
    expect(metrics).toMatchObject({
      family: requests,
      era,
      requests: sum(`${requests}_request_total`),
      errors: sum(`${requests}_request_error_total`),
      inputTokens: sum(
        `${requests}_${newest ? 'request_' : ''}input_tokens_sum`,
      ),
      indexSize: sum(`${prefix}_prefix_indexer_size`),
      averageQueue: sum(`${pool}_average_queue_size`),
      averageKvUsage: sum(`${pool}_average_kv_cache_utilization`),
      predictedHitRatio: {
        mean: expect.closeTo(sum(`${ratio}_sum`) / sum(`${ratio}_count`), 12),
        count: sum(`${ratio}_count`),
        zeroMatch: sum(`${ratio}_bucket`, { le: '0' }),
      },
      schedulerLatency: {
        count: sum(`${prefix}_scheduler_e2e_duration_seconds_count`),
      },
      poolMayBeFrozen: newest ? undefined : true,
    });
  });
});
