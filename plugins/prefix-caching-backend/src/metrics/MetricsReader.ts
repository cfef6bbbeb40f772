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
  ExpositionError,
  parseExposition,
  readEngineMetrics,
  readRouterMetrics,
} from 'backstage-plugin-prefix-caching-common/core';
import type { ClusterClient } from '../clusters';
import type { MetricsToken } from '../config';
import { podProxySource } from './podProxySource';
import { createPortForwardSource } from './portForwardSource';
import { gapOf, noWayGap, scrapeFailureGap } from './scrapeGaps';
import { createServiceSource } from './serviceSource';
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
  /** In the order they are tried; by default all there are. */
  sources?: readonly ScrapeSource[];
  now?: () => number;
}

/** Reads one endpoint's metrics by the first way that is open. */
export class MetricsReader {
  readonly #tokens: readonly MetricsToken[];
  readonly #sources: readonly ScrapeSource[];
  readonly #now: () => number;

  static create(options: MetricsReaderOptions) {
    return new MetricsReader(options);
  }

  private constructor(options: MetricsReaderOptions) {
    this.#tokens = options.tokens;
    this.#now = options.now ?? (() => Date.now());
    this.#sources = options.sources ?? [
      podProxySource,
      createServiceSource(),
      createPortForwardSource({ enabled: options.portForward }),
    ];
  }

  async read(
    client: ClusterClient,
    endpoint: ScrapeEndpoint,
    signal?: AbortSignal,
  ): Promise<Scrape> {
    const token = this.#tokenFor(client.name, endpoint.namespace);
    const request: ScrapeRequest = { client, endpoint, token, signal };
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

  /** The most specific token: a namespace's own before the cluster's. */
  #tokenFor(cluster: string, namespace: string): string | undefined {
    const ofCluster = this.#tokens.filter(entry => entry.cluster === cluster);
    return (
      ofCluster.find(entry => entry.namespace === namespace) ??
      ofCluster.find(entry => entry.namespace === undefined)
    )?.token;
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
      const families = parseExposition(body, {
        requireFinalNewline: true,
        maxBytes: MAX_EXPOSITION_BYTES,
      });
      if (families.length === 0) {
        return invalid('the answer is empty');
      }
      return {
        endpoint,
        reading: {
          at: new Date(this.#now()).toISOString(),
          source: source.source,
          metrics:
            endpoint.role === 'router'
              ? readRouterMetrics(families)
              : readEngineMetrics(families),
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
