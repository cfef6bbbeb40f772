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

/** One Prometheus, Thanos or Mimir that keeps the metrics of one cluster. */
export interface PrometheusServer {
  /** The portal's name of the cluster. */
  cluster: string;
  /** `/api/v1/query` follows it. */
  url: URL;
  /** Sent as a bearer token. */
  token?: string;
  /** Such as a tenant's `X-Scope-OrgID`. */
  headers: Record<string, string>;
  tls: { ca?: string; rejectUnauthorized: boolean };
  /** Labels every selector carries, such as the cluster's in a Thanos of many. */
  matchers: Record<string, string>;
  /** What the labels are called that name a pod. */
  labels: { namespace: string; pod: string };
  scrapeIntervalSeconds: number;
}

/** One series of an answer with its values, `[seconds since 1970, value]`. */
export interface PrometheusSeriesResult {
  labels: Record<string, string>;
  values: [number, number][];
}
