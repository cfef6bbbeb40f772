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

/** One line of an exposition. `timestamp` is in seconds since the epoch. @public */
export interface MetricSample {
  name: string;
  labels: Record<string, string>;
  value: number;
  timestamp?: number;
}

/** The type a metric family declares; `unknown` where it declares none. @public */
export type MetricType =
  | 'counter'
  | 'gauge'
  | 'histogram'
  | 'gaugehistogram'
  | 'summary'
  | 'info'
  | 'stateset'
  | 'unknown';

/** All samples of one metric, in the order they were written. @public */
export interface MetricFamily {
  name: string;
  type: MetricType;
  help?: string;
  samples: MetricSample[];
}

/**
 * Quantiles of a latency, in seconds; `count` observations. They are as exact
 * as the histogram's buckets are narrow.
 *
 * @public
 */
export interface LatencySummary {
  mean: number;
  p50: number;
  p95: number;
  p99: number;
  count: number;
  /** The histogram they are of, from which increases and sums are made. */
  buckets?: LatencyBucket[];
}

/**
 * How many observations were at most `bound` seconds; the bounds ascend, and
 * the one without end is left out, since its number is `count`.
 *
 * @public
 */
export type LatencyBucket = [bound: number, atMost: number];

/**
 * What an Endpoint Picker says of itself, whatever its version calls it.
 * `undefined` means that this EPP does not expose the figure, zero means zero.
 *
 * @public
 */
export interface RouterMetrics {
  /** The share of prompt blocks the EPP believed cached on the endpoint it picked, 0 to 1, mean per request since start. */
  predictedHitRatio?: {
    mean: number;
    /** Requests with at least one block to look up. */
    count: number;
    /** How many of them matched nothing. */
    zeroMatch?: number;
  };
  /** Block hashes remembered, summed over endpoints. */
  indexSize?: number;
  /** Requests since start. */
  requests?: number;
  /** Failed requests since start; 0 where requests are counted and none failed. */
  errors?: number;
  /** Endpoints whose own metrics are fresh; not Kubernetes readiness. */
  readyEndpoints?: number;
  /** Averages over the ready endpoints; unknown when none is ready, since pickers then keep showing the last ones. */
  averageQueue?: number;
  averageRunning?: number;
  /** 0 to 1. */
  averageKvUsage?: number;
  /**
   * Pickers before GAIE 1.3 stop updating every figure of the pool,
   * `readyEndpoints` included, as soon as no endpoint is fresh.
   */
  poolMayBeFrozen?: boolean;
  /** Prompt tokens since start, and how many of them the engines reported as cached. */
  inputTokens?: number;
  cachedTokens?: number;
  /** Over all requests; for one that does not stream this is its whole duration. */
  timeToFirstToken?: LatencySummary;
  /** Over streaming requests alone, where the picker tells them apart. */
  timeToFirstTokenStreaming?: LatencySummary;
  /** Waiting requests by pod name. */
  queueByEndpoint: Record<string, number>;
  /** Successful picks since start by pod name. */
  picksByEndpoint: Record<string, number>;
  /** Requests, and tokens, that the picker has in flight by pod name; from llm-d-router 0.10 on. */
  inflightByEndpoint?: Record<string, number>;
  inflightTokensByEndpoint?: Record<string, number>;
  /** Plugin types that ran at the Scorer extension point. */
  scorers: string[];
  /** Plugin types that produced data for scorers (router 0.9 and newer). */
  dataProducers: string[];
  /** Scheduling latency, in seconds. */
  schedulerLatency?: LatencySummary;
  /** When the process started, in seconds since the epoch. */
  startedAt?: number;
  /** Which naming this EPP uses; when both are exposed the current one is read, and they are never added up. */
  family?: 'llm_d_epp' | 'inference_objective' | 'inference_model';
  /** The era of its metrics, as far as they tell it; see the table in docs/metrics.md. */
  era?: RouterEra;
}

/**
 * Pickers by the metrics they expose, oldest first: A = GAIE 0.4 to 0.5.1,
 * B = 1.0, C = 1.1 to 1.2, D = 1.3 to 1.4, E = 1.5, F = llm-d-router 0.9,
 * G = 0.10 and newer. Source: epp.md §1.1.
 *
 * @public
 */
export type RouterEra = 'A' | 'B' | 'C' | 'D' | 'E' | 'F' | 'G';

/**
 * What a model server says of itself. Token counters are lifetime totals;
 * ratios over them are meaningless until two samples are subtracted.
 *
 * @public
 */
export interface EngineMetrics {
  engine?: 'vllm' | 'sglang' | 'trtllm';
  /** What the metrics of this engine can't tell of prefix caching, one sentence; vLLM's tell all. */
  limitation?: string;
  /** Prompt tokens found in the local prefix cache. */
  hitTokens?: number;
  /** Prompt tokens looked up in the local prefix cache. */
  queryTokens?: number;
  externalHitTokens?: number;
  externalQueryTokens?: number;
  /** Tokens per KV-cache block. */
  blockSize?: number;
  /** Blocks the KV cache holds. */
  cacheBlocks?: number;
  /** 0 to 1. */
  kvUsage?: number;
  running?: number;
  waiting?: number;
  /** Requests finished since start. */
  requests?: number;
  promptTokens?: number;
  /** Prompt tokens by where they came from, such as `local_cache_hit`. */
  promptTokensBySource?: Record<string, number>;
  /** The hit rate that the engine itself reports, 0 to 1, over a time of its own choice. */
  reportedHitRatio?: number;
  timeToFirstToken?: LatencySummary;
  /** When the process started, in seconds since the epoch. */
  startedAt?: number;
  /** From `cache_config_info`; its "None" is `unknown`, not off. */
  prefixCaching: 'on' | 'off' | 'unknown';
}
