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

import { podOfEndpoint } from './endpointName';
import { type Histogram, readHistogram, summariseLatency } from './histogram';
import {
  ROUTER_FAMILIES,
  ROUTER_METRIC_NAMES as NAMES,
} from './routerMetricNames';
import { freezesPool, routerEra } from './routerEra';
import { SampleIndex, sumBy } from './SampleIndex';
import type { MetricFamily, MetricSample, RouterMetrics } from './types';

/**
 * Reads the scrape of an Endpoint Picker of any era, GAIE 0.4 to llm-d-router
 * 0.10 (epp.md §1), or of Prometheus, where names may carry `kserve_`.
 *
 * Where a picker exposes a figure under its current and its deprecated name,
 * the current one is read; the two are never added up.
 *
 * @public
 */
export function readRouterMetrics(
  families: readonly MetricFamily[],
): RouterMetrics {
  const index = SampleIndex.create(families);
  const requests = index.sum(NAMES.requests);
  const firstTokens = (filter?: (sample: MetricSample) => boolean) =>
    summariseLatency(readHistogram(index, NAMES.timeToFirstToken, filter));
  const era = routerEra(index);
  const readyEndpoints = index.sum(NAMES.readyEndpoints);
  // With no endpoint ready, pickers of every era keep showing the last averages.
  const averageOf = (names: readonly string[]) =>
    readyEndpoints === 0 ? undefined : index.mean(names);
  const inflight = (names: readonly string[]) => {
    const samples = index.first(names);
    return samples.length
      ? sumBy(samples, ({ labels }) =>
          podOfEndpoint(labels.endpoint_name ?? ''),
        )
      : undefined;
  };
  const plugins = index
    .first(NAMES.pluginRuns)
    .filter(({ value }) => value > 0);

  return {
    predictedHitRatio: readPrediction(
      readHistogram(index, NAMES.predictedHitRatio),
    ),
    indexSize: index.sum(NAMES.indexSize),
    requests,
    // The error counter has no series before the first error (field.md §5).
    errors: index.sum(NAMES.errors) ?? (requests === undefined ? undefined : 0),
    readyEndpoints,
    averageQueue: averageOf(NAMES.averageQueue),
    averageRunning: averageOf(NAMES.averageRunning),
    averageKvUsage: averageOf(NAMES.averageKvUsage),
    poolMayBeFrozen: freezesPool(era) || undefined,
    inputTokens: index.sum(NAMES.inputTokens),
    cachedTokens: index.sum(NAMES.cachedTokens),
    timeToFirstToken: firstTokens(),
    timeToFirstTokenStreaming: firstTokens(
      ({ labels }) => labels.streaming === 'true',
    ),
    queueByEndpoint: sumBy(index.first(NAMES.queueByEndpoint), ({ labels }) =>
      podOfEndpoint(
        labels.model_server_endpoint ?? labels.model_server_pod ?? '',
      ),
    ),
    picksByEndpoint: sumBy(index.first(NAMES.picks), ({ labels }) =>
      labels.status === 'success'
        ? podOfEndpoint(labels.endpoint_name ?? labels.pod_name ?? '')
        : undefined,
    ),
    inflightByEndpoint: inflight(NAMES.inflight),
    inflightTokensByEndpoint: inflight(NAMES.inflightTokens),
    scorers: pluginTypes(plugins, 'Scorer'),
    dataProducers: pluginTypes(plugins, 'DataProducer'),
    schedulerLatency: summariseLatency(
      readHistogram(index, NAMES.schedulerLatency),
    ),
    era,
    startedAt: index.sum(['process_start_time_seconds']),
    family: ROUTER_FAMILIES.find(([, prefix]) => index.has(prefix))?.[0],
  };
}

function readPrediction(
  histogram: Histogram | undefined,
): RouterMetrics['predictedHitRatio'] {
  if (!histogram) return undefined;
  const { sum, count, buckets } = histogram;
  const zeroMatch = buckets.find(({ le }) => le === 0)?.count;
  return { mean: sum / count, count, zeroMatch };
}

/**
 * The plugin types that ran at an extension point. Before GAIE 1.0 the label
 * `plugin_type` held the extension point and `plugin_name` the type.
 */
function pluginTypes(
  plugins: readonly MetricSample[],
  extensionPoint: string,
): string[] {
  const types = plugins.map(({ labels }) =>
    labels.extension_point === undefined
      ? labels.plugin_type === extensionPoint && labels.plugin_name
      : labels.extension_point === extensionPoint && labels.plugin_type,
  );
  const found = types.filter(type => typeof type === 'string');
  // As keys they are strings of their own: pieces of the exposition would keep all of it in memory.
  return Object.keys(Object.fromEntries(found.map(type => [type, true])));
}
