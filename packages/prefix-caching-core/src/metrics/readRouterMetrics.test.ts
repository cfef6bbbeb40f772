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

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  parseExposition,
  readRouterMetrics,
  type RouterMetrics,
} from './index';

const conformance = resolve(
  __dirname,
  '../../../../../shared/conformance/metrics',
);
const describeConformance = existsSync(conformance) ? describe : describe.skip;

function read(text: string): RouterMetrics {
  return readRouterMetrics(parseExposition(text));
}

const nothing = {
  queueByEndpoint: {},
  picksByEndpoint: {},
  scorers: [],
  dataProducers: [],
};

describe('readRouterMetrics', () => {
  it.each<[string, string, Partial<RouterMetrics>]>([
    ['nothing: unknown, and never 0', '', nothing],
    [
      'an idle picker: its pool, no requests yet',
      'llm_d_epp_info{commit="c"} 1\nllm_d_epp_ready_endpoints{name="p"} 0\nllm_d_epp_prefix_indexer_size 0\n',
      { ...nothing, family: 'llm_d_epp', readyEndpoints: 0, indexSize: 0 },
    ],
    [
      'era A, where plugin_type holds the extension point',
      [
        'inference_model_request_total{model_name="a"} 2',
        'inference_model_request_total{model_name="b"} 3',
        'inference_model_request_error_total{error_code="x"} 1',
        'inference_pool_ready_pods{name="p"} 2',
        'inference_pool_average_queue_size{name="p"} 1.5',
        'inference_pool_average_kv_cache_utilization{name="p"} 0.25',
        'inference_pool_per_pod_queue_size{model_server_pod="pod-a",name="p"} 4',
        'inference_extension_scheduler_plugin_duration_seconds_count{plugin_name="prefix-cache-scorer",plugin_type="Scorer"} 5',
        'inference_extension_scheduler_plugin_duration_seconds_count{plugin_name="max-score-picker",plugin_type="Picker"} 5',
      ].join('\n'),
      {
        ...nothing,
        family: 'inference_model',
        requests: 5,
        errors: 1,
        readyEndpoints: 2,
        averageQueue: 1.5,
        averageKvUsage: 0.25,
        queueByEndpoint: { 'pod-a': 4 },
        scorers: ['prefix-cache-scorer'],
      },
    ],
    [
      'eras C and D: ranks of a pod added up, attempts without a pod',
      [
        'inference_objective_request_total 7',
        'inference_pool_per_pod_queue_size{model_server_pod="pod-a-rank-0"} 1',
        'inference_pool_per_pod_queue_size{model_server_pod="pod-a-rank-1"} 2',
        'inference_extension_scheduler_attempts_total{status="success"} 7',
        'inference_extension_plugin_duration_seconds_count{extension_point="Scorer",plugin_name="mine",plugin_type="queue-scorer"} 7',
        'inference_extension_plugin_duration_seconds_count{extension_point="Scorer",plugin_name="idle",plugin_type="lora-affinity-scorer"} 0',
      ].join('\n'),
      {
        ...nothing,
        family: 'inference_objective',
        requests: 7,
        errors: 0,
        queueByEndpoint: { 'pod-a': 3 },
        scorers: ['queue-scorer'],
      },
    ],
    [
      'eras F and G: twins never added up, failed picks left out',
      [
        'inference_objective_request_total 7',
        'llm_d_epp_request_total{fairness_id="a"} 4',
        'llm_d_epp_request_total{fairness_id="b"} 3',
        'llm_d_epp_request_error_total{error_code="x"} 2',
        'inference_extension_scheduler_attempts_total{status="success",pod_name="pod-a"} 6',
        'llm_d_epp_scheduler_attempts_total{status="success",endpoint_name="pod-a",target_model_name="m"} 5',
        'llm_d_epp_scheduler_attempts_total{status="success",endpoint_name="pod-a",target_model_name="n"} 1',
        'llm_d_epp_scheduler_attempts_total{status="failure",endpoint_name=""} 9',
        'llm_d_epp_plugin_duration_seconds_count{extension_point="DataProducer",plugin_type="approx-prefix-cache-producer"} 7',
      ].join('\n'),
      {
        ...nothing,
        family: 'llm_d_epp',
        requests: 7,
        errors: 2,
        picksByEndpoint: { 'pod-a': 6 },
        dataProducers: ['approx-prefix-cache-producer'],
      },
    ],
    [
      'names of OpenShift AI’s second monitor beside the plain ones',
      'inference_objective_request_total 7\nkserve_inference_objective_request_total 7\nkserve_inference_pool_ready_pods 2\n',
      {
        ...nothing,
        family: 'inference_objective',
        requests: 7,
        errors: 0,
        readyEndpoints: 2,
      },
    ],
    [
      'pods named like properties of every object, and no value where NaN stands',
      'llm_d_epp_per_endpoint_queue_size{model_server_endpoint="constructor"} 2\nllm_d_epp_ready_endpoints NaN\n',
      { ...nothing, family: 'llm_d_epp', queueByEndpoint: { constructor: 2 } },
    ],
    [
      'a histogram that has observed nothing: no mean of nothing',
      'llm_d_epp_prefix_indexer_hit_ratio_bucket{le="+Inf"} 0\nllm_d_epp_prefix_indexer_hit_ratio_sum 0\nllm_d_epp_prefix_indexer_hit_ratio_count 0\n',
      { ...nothing, family: 'llm_d_epp' },
    ],
  ])('reads %s', (_, text, expected) => {
    expect(read(text)).toEqual(expected);
  });
});

describeConformance('readRouterMetrics, on the conformance files', () => {
  it('reads the real scrape of an era F picker', () => {
    const metrics = read(
      readFileSync(
        join(conformance, 'odh-2026-08/scheduler_metrics.txt'),
        'utf8',
      ),
    );
    const decode = 'llmisvc-singlenode-pd-kserve-6788c598c4-pqm7b';
    const prefill = 'llmisvc-singlenode-pd-kserve-prefill-7d6b8d7c7c-mp8p5';
    expect(metrics).toMatchObject({
      family: 'llm_d_epp',
      predictedHitRatio: { mean: 11225 / 11231, count: 11231, zeroMatch: 6 },
      indexSize: 12,
      requests: 11231,
      errors: 0,
      readyEndpoints: 2,
      averageQueue: 0,
      averageKvUsage: 3.124776801655127e-5,
      queueByEndpoint: { [decode]: 0, [prefill]: 0 },
      picksByEndpoint: { [decode]: 11231 },
      scorers: ['prefix-cache-scorer', 'queue-scorer'],
      dataProducers: ['approx-prefix-cache-producer', 'token-producer'],
      startedAt: 1784023386.12,
    });
    const { timeToFirstToken, timeToFirstTokenStreaming } = metrics;
    expect(timeToFirstToken?.count).toBe(11231);
    expect(timeToFirstToken?.mean).toBeCloseTo(
      (710.5333060039983 + 94.74930819100004) / 11231,
      12,
    );
    // 5,615.5 of 11,231: behind the 2,466 up to 0.05 s, among the 6,444 up to 0.1 s.
    expect(timeToFirstToken?.p50).toBeCloseTo(
      0.05 + (0.05 * (5615.5 - 2466)) / (8910 - 2466),
      12,
    );
    // 10,669.45: behind those 8,910, among the 2,319 up to 0.2 s.
    expect(timeToFirstToken?.p95).toBeCloseTo(
      0.1 + (0.1 * (10669.45 - 8910)) / 2319,
      12,
    );
    expect(timeToFirstTokenStreaming?.count).toBe(2473);
  });

  it.each<[string, Partial<RouterMetrics>]>([
    [
      'gaie-v0.5.1',
      {
        family: 'inference_model',
        requests: 4,
        errors: 4,
        indexSize: 4096,
        averageQueue: 0.4,
        averageKvUsage: 0.3,
        scorers: ['PluginD'],
      },
    ],
    [
      'gaie-v1.0.2',
      { family: 'inference_model', requests: 4, indexSize: 4096 },
    ],
    ['llm-d-router', { family: 'llm_d_epp', requests: 4, indexSize: 4096 }],
  ])('reads the golden files of %s', (folder, expected) => {
    const text = readdirSync(join(conformance, folder))
      .filter(name => !name.includes('.'))
      .map(name => readFileSync(join(conformance, folder, name), 'utf8'))
      .join('\n');
    const metrics = read(text);
    expect(metrics).toMatchObject(expected);
    expect(metrics.predictedHitRatio).toEqual({
      mean: expect.closeTo(0.45),
      count: 6,
      zeroMatch: 2,
    });
  });
});
