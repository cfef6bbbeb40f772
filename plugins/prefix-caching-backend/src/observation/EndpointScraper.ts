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

import pLimit from 'p-limit';
import {
  scrapePlan,
  type EngineMetrics,
  type Gap,
  type MetricReading,
  type Observation,
  type ObservedEndpoint,
  type RouterMetrics,
} from 'backstage-plugin-prefix-caching-common/core';
import type { ClusterClient } from '../clusters';
import type { EndpointSamples, VerificationStore } from '../database';
import {
  mergeSamples,
  type MetricsReader,
  type ScrapeEndpoint,
} from '../metrics';

export interface EndpointScraperOptions {
  metrics: Pick<MetricsReader, 'read'>;
  store: Pick<VerificationStore, 'getSamples' | 'saveSamples'>;
  intervalSeconds: number;
}

/** Scrapes under way at once on one cluster. */
const CONCURRENCY = 16;

/** Reads a target's endpoints and joins them with their previous samples. */
export class EndpointScraper {
  readonly #options: EndpointScraperOptions;
  readonly #limits = new Map<string, ReturnType<typeof pLimit>>();

  static create(options: EndpointScraperOptions) {
    return new EndpointScraper(options);
  }

  private constructor(options: EndpointScraperOptions) {
    this.#options = options;
  }

  async scrape(
    client: ClusterClient,
    observation: Observation,
    signal: AbortSignal,
  ): Promise<{ endpoints: ObservedEndpoint[]; gaps: Gap[] }> {
    const { metrics, store, intervalSeconds } = this.#options;
    const { target } = observation;
    const limit = this.#limitOf(client.name);
    const read = (role: ScrapeEndpoint['role']) =>
      Promise.all(
        plannedEndpoints(observation)
          .filter(endpoint => endpoint.role === role)
          .map(endpoint => limit(() => metrics.read(client, endpoint, signal))),
      );
    // Pickers first: a port-forward takes its time to open, and their counters
    // are compared with what the engines counted in the same window.
    const routers = await read('router');
    const scrapes = [...(await read('engine')), ...routers];
    const samples = mergeSamples(
      await store.getSamples(target),
      scrapes,
      intervalSeconds / 2,
    );
    if (!signal.aborted) {
      await store.saveSamples(target, samples);
    }
    const fresh = samples.filter(sample =>
      scrapes.some(
        ({ endpoint, reading }) =>
          reading &&
          endpoint.pod === sample.pod &&
          endpoint.role === sample.role,
      ),
    );
    return {
      endpoints: endpointsOfSamples(fresh),
      gaps: [
        ...scrapes.flatMap(({ gap }) => gap ?? []),
        ...distinct(scrapes.flatMap(({ note }) => note ?? [])),
      ],
    };
  }

  #limitOf(cluster: string) {
    const limit = this.#limits.get(cluster) ?? pLimit(CONCURRENCY);
    this.#limits.set(cluster, limit);
    return limit;
  }
}

/** One Prometheus that is away is away for every endpoint. */
function distinct(gaps: readonly Gap[]): Gap[] {
  return [...new Map(gaps.map(gap => [gap.message, gap])).values()];
}

/** A pod that is not ready answers nothing; that it is not is a finding of its own. */
export function plannedEndpoints(observation: Observation): ScrapeEndpoint[] {
  const { engines, routers } = scrapePlan(observation);
  return [
    ...engines
      .filter(engine => engine.ready)
      .map(({ namespace, pod, port, scheme }) => ({
        role: 'engine' as const,
        namespace,
        pod,
        port,
        scheme,
        path: '/metrics',
        authenticated: false,
      })),
    ...routers
      .filter(router => router.ready)
      .map(({ namespace, pod, port, scheme, service, authentication }) => ({
        role: 'router' as const,
        namespace,
        pod,
        port,
        scheme,
        path: '/metrics',
        service,
        authenticated: authentication,
      })),
  ];
}

/** Stored samples in the form observations carry them. */
export function endpointsOfSamples(
  samples: readonly EndpointSamples[],
): ObservedEndpoint[] {
  return samples.map(({ role, pod, current, previous }) =>
    role === 'engine'
      ? {
          role,
          pod,
          engine: {
            current: current as MetricReading<EngineMetrics>,
            previous: previous as MetricReading<EngineMetrics> | undefined,
          },
        }
      : {
          role,
          pod,
          router: {
            current: current as MetricReading<RouterMetrics>,
            previous: previous as MetricReading<RouterMetrics> | undefined,
          },
        },
  );
}
