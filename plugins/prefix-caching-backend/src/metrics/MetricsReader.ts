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
  ExpositionError,
  parseExposition,
  readEngineMetrics,
  readRouterMetrics,
  ROUTER_EXPOSITION,
  type EngineMetrics,
  type MetricFamily,
  type RouterMetrics,
} from 'backstage-plugin-prefix-caching-common/core';
import type { ClusterClient } from '../clusters';
import type { MetricsToken } from '../config';
import { podProxySource } from './podProxySource';
import { createPortForwardSource } from './portForwardSource';
import { PrometheusSampler, type PrometheusServer } from './prometheus';
import {
  gapOf,
  noWayGap,
  scrapeFailureGap,
  tokenGap,
  withPrometheusFailure,
} from './scrapeGaps';
import { createServiceSource } from './serviceSource';
import { TokenProvider } from './TokenProvider';
import {
  MAX_EXPOSITION_BYTES,
  type Scrape,
  type ScrapeEndpoint,
  type ScrapeRequest,
  type ScrapeSource,
} from './types';

export interface MetricsReaderOptions {
  tokens: readonly MetricsToken[];
  portForward: boolean;
  /** Asked first for endpoints of their clusters. */
  prometheus?: readonly PrometheusServer[];
  /** In the order they are tried; by default all there are. */
  sources?: readonly ScrapeSource[];
  now?: () => number;
}

/** Reads one endpoint's metrics by the first way that is open. */
export class MetricsReader {
  readonly #tokens: TokenProvider;
  readonly #samplers: ReadonlyMap<string, PrometheusSampler>;
  readonly #sources: readonly ScrapeSource[];
  readonly #now: () => number;

  static create(options: MetricsReaderOptions) {
    return new MetricsReader(options);
  }

  private constructor(options: MetricsReaderOptions) {
    this.#tokens = TokenProvider.create(options);
    this.#samplers = new Map(
      (options.prometheus ?? []).map(server => [
        server.cluster,
        PrometheusSampler.create(server),
      ]),
    );
    this.#now = options.now ?? (() => Date.now());
    this.#sources = options.sources ?? [
      podProxySource,
      createServiceSource(),
      createPortForwardSource({ enabled: options.portForward }),
    ];
  }

  /** From Prometheus where it has the endpoint, else from the endpoint itself. */
  async read(
    client: ClusterClient,
    endpoint: ScrapeEndpoint,
    signal?: AbortSignal,
  ): Promise<Scrape> {
    const sampler = this.#samplers.get(client.name);
    if (!sampler) {
      return this.#readDirectly(client, endpoint, signal);
    }
    const sample = await sampler.read(endpoint, signal);
    if (sample.ok) {
      return {
        endpoint,
        reading: {
          at: sample.at,
          source: 'prometheus',
          metrics: metricsOf(endpoint.role, sample.families),
        },
      };
    }
    const direct = await this.#readDirectly(client, endpoint, signal);
    return withPrometheusFailure(direct, sample);
  }

  async #readDirectly(
    client: ClusterClient,
    endpoint: ScrapeEndpoint,
    signal?: AbortSignal,
  ): Promise<Scrape> {
    // A token is had only for what asks for one.
    const { token, failure, origin } = endpoint.authenticated
      ? await this.#tokens.tokenFor(client, endpoint.namespace, signal)
      : {};
    const request: ScrapeRequest = { client, endpoint, token, origin, signal };
    if (failure) {
      return { endpoint, gap: tokenGap(request, failure) };
    }
    const source = this.#sources.find(candidate => candidate.serves(request));
    if (!source) {
      return { endpoint, gap: noWayGap(request) };
    }
    const result = await source.scrape(request);
    const gap = scrapeFailureGap(source, request, result);
    if (gap || !result.ok) {
      return { endpoint, gap };
    }
    return this.#parse(request, source, result.body);
  }

  #parse(request: ScrapeRequest, source: ScrapeSource, body: string): Scrape {
    const { endpoint } = request;
    const invalid = (why: string): Scrape => ({
      endpoint,
      gap: gapOf(request, {
        reason: 'invalid',
        message: `What ${endpoint.role} ${endpoint.pod} answered on port ${endpoint.port}${endpoint.path} are no metrics: ${why}`,
        remedy: `Check what listens on port ${endpoint.port} of pod ${endpoint.namespace}/${endpoint.pod}`,
      }),
    });
    try {
      const limits = {
        requireFinalNewline: true,
        maxBytes: MAX_EXPOSITION_BYTES,
      };
      const families = parseExposition(body, {
        ...limits,
        ...(endpoint.role === 'router' ? ROUTER_EXPOSITION : ENGINE_EXPOSITION),
      });
      // None that is known is an answer, too; none at all is not.
      if (families.length === 0 && parseExposition(body, limits).length === 0) {
        return invalid('the answer is empty');
      }
      return {
        endpoint,
        reading: {
          at: new Date(this.#now()).toISOString(),
          source: source.source,
          metrics: metricsOf(endpoint.role, families),
        },
      };
    } catch (error) {
      if (error instanceof ExpositionError) {
        return invalid(error.message);
      }
      throw error;
    }
  }
}

function metricsOf(
  role: ScrapeEndpoint['role'],
  families: readonly MetricFamily[],
): EngineMetrics | RouterMetrics {
  return role === 'router'
    ? readRouterMetrics(families)
    : readEngineMetrics(families);
}
