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

import type {
  EngineMetrics,
  Gap,
  MetricReading,
  MetricSource,
  RouterMetrics,
} from 'backstage-plugin-prefix-caching-common/core';
import type { ClusterClient, HttpResult } from '../clusters';

/** Where one engine or Endpoint Picker exposes its metrics. */
export interface ScrapeEndpoint {
  role: 'engine' | 'router';
  namespace: string;
  pod: string;
  port: number;
  scheme: 'http' | 'https';
  path: string;
  /** The Service in front of an Endpoint Picker, by name. */
  service?: string;
  /** False only where authentication is switched off. */
  authenticated: boolean;
}

export interface ScrapeRequest {
  client: ClusterClient;
  endpoint: ScrapeEndpoint;
  /** For the endpoint, by `prefixCaching.metrics.tokens`. */
  token?: string;
  /** Where the token comes from, in words. */
  origin?: string;
  signal?: AbortSignal;
}

/** One way to read an endpoint's metrics. */
export interface ScrapeSource {
  readonly source: MetricSource;
  /** Whether this way is open for that endpoint. */
  serves(request: ScrapeRequest): boolean;
  scrape(request: ScrapeRequest): Promise<HttpResult>;
}

/** One endpoint's metrics, or why there are none. */
export interface Scrape {
  endpoint: ScrapeEndpoint;
  reading?: MetricReading<EngineMetrics | RouterMetrics>;
  gap?: Gap;
  /** What went wrong on a better way, where another one led there. */
  note?: Gap;
}

/** More than any exposition that is fit for use; a real EPP has 150 kB. */
export const MAX_EXPOSITION_BYTES = 16 * 1024 * 1024;
