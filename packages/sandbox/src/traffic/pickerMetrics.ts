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

import { MetricsPage, type Histogram } from './exposition';
import type { Endpoint, Picker } from './picker';

const PREFIX_PLUGIN = {
  plugin_name: 'approx-prefix-cache-producer',
  plugin_type: 'approx-prefix-cache-producer',
};

/**
 * What an EPP of release 0.9 exposes on `:9090/metrics`: each figure twice, under
 * its name of old and under `llm_d_epp_`. Adding the two counts everything double.
 */
export function pickerMetrics(options: {
  picker: Picker;
  pool: string;
  namespace: string;
  endpoints: Endpoint[];
  usesPrefixes: boolean;
  now: number;
}): string {
  const { picker, pool, namespace, endpoints, usesPrefixes, now } = options;
  const page = new MetricsPage('go');
  const twice = (
    names: [string, string],
    type: 'counter' | 'gauge',
    help: string,
    legacy: [Record<string, string>, number][],
    current = legacy,
  ) => {
    page.family(names[0], type, `[ALPHA] ${help}`, legacy);
    page.family(names[1], type, `[ALPHA] ${help}`, current);
  };
  const observed = (histogram: Histogram) =>
    histogram.count > 0 ? histogram : undefined;
  const model = {
    model_name: picker.modelName,
    target_model_name: picker.modelName,
  };
  const flow = { fairness_id: 'default-flow', ...model, priority: '0' };

  twice(['inference_extension_info', 'llm_d_epp_info'], 'gauge', 'Build.', [
    [{ build_ref: 'v0.9.0', commit: 'sandbox' }, 1],
  ]);
  const some = (count: number) => count > 0;
  twice(
    ['inference_objective_request_total', 'llm_d_epp_request_total'],
    'counter',
    'Requests that reached the endpoint picker.',
    some(picker.requests)
      ? [[{ ...model, priority: '0' }, picker.requests]]
      : [],
    some(picker.requests) ? [[flow, picker.requests]] : [],
  );
  const error = { error_code: 'ServiceUnavailable' };
  twice(
    [
      'inference_objective_request_error_total',
      'llm_d_epp_request_error_total',
    ],
    'counter',
    'Requests that failed in the endpoint picker.',
    some(picker.errors) ? [[{ ...model, ...error }, picker.errors]] : [],
    some(picker.errors) ? [[{ ...flow, ...error }, picker.errors]] : [],
  );
  page.histogram(
    'inference_objective_input_tokens',
    '[ALPHA] Input tokens per request.',
    [[model, observed(picker.inputTokens)]],
  );
  page.histogram(
    'llm_d_epp_request_input_tokens',
    '[ALPHA] Input tokens per request.',
    [[flow, observed(picker.inputTokens)]],
  );
  page.histogram(
    'llm_d_epp_request_ttft_seconds',
    '[ALPHA] Seconds to the first token.',
    [[{ ...flow, streaming: 'false' }, observed(picker.timeToFirstToken)]],
  );

  if (usesPrefixes) {
    twice(
      [
        'inference_extension_prefix_indexer_size',
        'llm_d_epp_prefix_indexer_size',
      ],
      'gauge',
      'Entries in the prefix index.',
      [[{}, picker.indexSize]],
      [[PREFIX_PLUGIN, picker.indexSize]],
    );
    const prefixHistograms: [string, string, Histogram][] = [
      ['hit_ratio', 'Matched share of the prompt.', picker.hitRatio],
      ['hit_bytes', 'Matched bytes of the prompt.', picker.hitBytes],
    ];
    for (const [name, help, histogram] of prefixHistograms) {
      const suffix = `prefix_indexer_${name}`;
      page.histogram(`inference_extension_${suffix}`, `[ALPHA] ${help}`, [
        [{}, histogram],
      ]);
      page.histogram(`llm_d_epp_${suffix}`, `[ALPHA] ${help}`, [
        [PREFIX_PLUGIN, observed(histogram)],
      ]);
    }
  }
  writePool(page, twice, pool, endpoints, now);
  const picks = [...picker.picks.entries()];
  const attempt = { namespace, port: '8000', status: 'success' };
  const target = { target_model_name: picker.modelName };
  twice(
    [
      'inference_extension_scheduler_attempts_total',
      'llm_d_epp_scheduler_attempts_total',
    ],
    'counter',
    'Scheduling attempts.',
    picks.map(([pod, count]) => [
      { ...attempt, ...target, pod_name: pod },
      count,
    ]),
    picks.map(([pod, count]) => [
      { ...attempt, ...target, endpoint_name: pod },
      count,
    ]),
  );
  const plugins = [...picker.pluginSeconds.entries()].map(
    ([key, histogram]): [Record<string, string>, Histogram] => {
      const [point, type, name] = key.split('/');
      return [
        { extension_point: point, plugin_name: name, plugin_type: type },
        histogram,
      ];
    },
  );
  for (const family of ['inference_extension', 'llm_d_epp']) {
    page.histogram(
      `${family}_plugin_duration_seconds`,
      '[ALPHA] Seconds per plugin.',
      plugins,
    );
    page.histogram(
      `${family}_scheduler_e2e_duration_seconds`,
      '[ALPHA] Seconds per scheduling decision.',
      [[{}, picker.schedulingSeconds]],
    );
  }
  return page.toString();
}

function writePool(
  page: MetricsPage,
  twice: (
    names: [string, string],
    type: 'gauge',
    help: string,
    samples: [Record<string, string>, number][],
  ) => void,
  pool: string,
  endpoints: Endpoint[],
  now: number,
) {
  const mean = (read: (endpoint: Endpoint) => number) =>
    endpoints.length === 0
      ? 0
      : endpoints.reduce((sum, one) => sum + read(one), 0) / endpoints.length;
  const name = { name: pool };
  const gauge = (suffix: string, help: string, value: number) =>
    twice([`inference_pool_${suffix}`, `llm_d_epp_${suffix}`], 'gauge', help, [
      [name, value],
    ]);
  gauge(
    'average_kv_cache_utilization',
    'Mean KV-cache usage of the pool.',
    mean(one => one.engine.kvUsage(now)),
  );
  gauge(
    'average_queue_size',
    'Mean queue of the pool.',
    mean(one => one.engine.waiting(now)),
  );
  gauge(
    'average_running_requests',
    'Mean running requests of the pool.',
    mean(one => one.engine.running(now)),
  );
  twice(
    ['inference_pool_ready_pods', 'llm_d_epp_ready_endpoints'],
    'gauge',
    'Endpoints that are ready.',
    [[name, endpoints.length]],
  );
  const queues = (label: string) =>
    endpoints.map(({ pod, engine }): [Record<string, string>, number] => [
      { ...name, [label]: `${pod}-rank-0` },
      engine.waiting(now),
    ]);
  page.family(
    'inference_pool_per_pod_queue_size',
    'gauge',
    '[ALPHA] Queue per endpoint.',
    queues('model_server_pod'),
  );
  page.family(
    'llm_d_epp_per_endpoint_queue_size',
    'gauge',
    '[ALPHA] Queue per endpoint.',
    queues('model_server_endpoint'),
  );
}
