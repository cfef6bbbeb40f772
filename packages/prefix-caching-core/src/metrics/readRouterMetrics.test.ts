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
  parseExposition,
  readRouterMetrics,
  type RouterMetrics,
} from './index';

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
      {
        ...nothing,
        family: 'llm_d_epp',
        era: 'F',
        readyEndpoints: 0,
        indexSize: 0,
      },
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
        era: 'A',
        poolMayBeFrozen: true,
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
        era: 'D',
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
        era: 'F',
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
        era: 'C',
        poolMayBeFrozen: true,
        requests: 7,
        errors: 0,
        readyEndpoints: 2,
      },
    ],
    [
      'era G: what is in flight, label values beyond the cap in one sum, and no averages of no endpoint',
      [
        'llm_d_epp_request_total{model_name="a"} 4',
        'llm_d_epp_request_total{model_name="other"} 3',
        'llm_d_epp_ready_endpoints 0',
        'llm_d_epp_average_queue_size 5',
        'llm_d_epp_average_kv_cache_utilization 0.9',
        'llm_d_epp_inflight_requests{endpoint_name="pod-a",fairness_id="x"} 1',
        'llm_d_epp_inflight_requests{endpoint_name="pod-a",fairness_id="other"} 2',
        'llm_d_epp_inflight_tokens{endpoint_name="pod-a"} 900',
      ].join('\n'),
      {
        ...nothing,
        family: 'llm_d_epp',
        era: 'G',
        requests: 7,
        errors: 0,
        readyEndpoints: 0,
        inflightByEndpoint: { 'pod-a': 3 },
        inflightTokensByEndpoint: { 'pod-a': 900 },
      },
    ],
    [
      'pods named like properties of every object, and no value where NaN stands',
      'llm_d_epp_per_endpoint_queue_size{model_server_endpoint="constructor"} 2\nllm_d_epp_ready_endpoints NaN\n',
      {
        ...nothing,
        family: 'llm_d_epp',
        era: 'F',
        queueByEndpoint: { constructor: 2 },
      },
    ],
    [
      'a histogram that has observed nothing: no mean of nothing',
      'llm_d_epp_prefix_indexer_hit_ratio_bucket{le="+Inf"} 0\nllm_d_epp_prefix_indexer_hit_ratio_sum 0\nllm_d_epp_prefix_indexer_hit_ratio_count 0\n',
      { ...nothing, family: 'llm_d_epp', era: 'F' },
    ],
  ])('reads %s', (_, text, expected) => {
    expect(read(text)).toEqual(expected);
  });
});
