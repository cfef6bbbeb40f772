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
  EndpointPickerConfig,
  EngineMetrics,
  Finding,
  FunnelStep,
  MetricSource,
  Phase,
  RouterMetrics,
  Verdict,
  Verification,
} from 'prefix-caching-core';
import type { Waiver } from './history';

export type { FunnelStep } from 'prefix-caching-core';

/** What counters did between two samples of one endpoint. @public */
export interface IncreaseReport {
  /** Seconds between the two samples. */
  seconds: number;
  requests?: number;
  errors?: number;
  queryTokens?: number;
  hitTokens?: number;
  /** hitTokens ÷ queryTokens of the increase, 0 to 1; absent without queries. */
  deliveredHitRatio?: number;
  /** Mean of the increase, 0 to 1; routers only. */
  predictedHitRatio?: number;
  /** Requests whose prefix the picker looked up; routers only. */
  predictedCount?: number;
  /** Successful picks by pod name; routers only. */
  picksByEndpoint?: Record<string, number>;
  /** Looked up in, and found in, a cache outside the engine; engines only. */
  externalQueryTokens?: number;
  externalHitTokens?: number;
  /** externalHitTokens ÷ externalQueryTokens of the increase, 0 to 1. */
  externalHitRatio?: number;
  /** Of the requests of the increase, in seconds. */
  timeToFirstToken?: QuantileReport;
  /** The picker's time for one decision, of the increase, in seconds. */
  schedulerLatency?: QuantileReport;
}

/**
 * Quantiles of what a histogram counted between two samples, in seconds. They
 * are as exact as its buckets are narrow.
 *
 * @public
 */
export interface QuantileReport {
  mean: number;
  p50: number;
  p95: number;
  p99: number;
  count: number;
}

/**
 * How much reuse there was to be had, and where it was lost: *held in the
 * fleet → captured by routing → delivered by the engine*. A step without a
 * `ratio` says in `reason` why it cannot be told.
 *
 * @public
 */
export interface FunnelReport {
  steps: FunnelStep[];
  /** Seconds between the two samples the ratios are of. */
  seconds?: number;
}

/** The Endpoint Picker of a target; metrics are lifetime values at `at`. @public */
export interface RouterReport {
  pod: string;
  ready: boolean;
  /** ISO 8601. */
  at?: string;
  source?: MetricSource;
  metrics?: RouterMetrics;
  increase?: IncreaseReport;
  /** Why there are no metrics, and what to do. */
  gap?: string;
}

/** One engine replica of a target. @public */
export interface EngineReport {
  pod: string;
  ready: boolean;
  node?: string;
  /** ISO 8601. */
  at?: string;
  source?: MetricSource;
  metrics?: EngineMetrics;
  increase?: IncreaseReport;
  gap?: string;
}

/** The live scheduling profile and where it was read. @public */
export interface RoutingPolicyReport {
  config: EndpointPickerConfig;
  /** Such as `Deployment llm/x-kserve-router-scheduler, container main, --config-text`. */
  source: string;
}

/** A change of one check's verdict. @public */
export interface VerdictChange {
  check: string;
  from?: Verdict;
  to: Verdict;
  summary: string;
  /** ISO 8601: the first run that said so. */
  at: string;
  /** What the deployment was doing then; `progressing` is a roll-out or a restart. */
  phase?: Phase;
}

/** Everything the tab shows of one LLMInferenceService. @public */
export interface TargetReport {
  /** Opaque; the browser names a target by it and by nothing else. */
  targetId: string;
  cluster: string;
  namespace: string;
  name: string;
  accelerator?: { id?: string; name: string; class?: string };
  model?: string;
  replicas?: { desired?: number; ready?: number };
  /** Absent until the first run has finished. */
  verification?: Verification;
  /** When the overall verdict last changed, ISO 8601. */
  since?: string;
  router?: RouterReport;
  engines: EngineReport[];
  /** Where reuse was lost, as far as the metrics can tell. */
  funnel?: FunnelReport;
  policy?: RoutingPolicyReport;
  versions?: { kserve?: string; istio?: string; epp?: string; engine?: string };
  /** Whether the service names this entity back. */
  backReference: boolean;
  /** ISO 8601. */
  sampledAt?: string;
  lastRun?: { at: string; by: string; durationMs: number };
  changes: VerdictChange[];
  /** Findings that were accepted for a time; they say so and do not count. */
  waivers?: Waiver[];
}

/** The tab's one request. @public */
export interface EntityReport {
  entityRef: string;
  targets: TargetReport[];
  /** What is wrong with the entity's own annotation: malformed, dangling, claimed twice. */
  problems: Finding[];
  /** Entity refs of who answers for findings marked `owner` and `platform`. */
  responsible: { owner?: string; platform?: string };
  /** Seconds between scheduled runs. */
  intervalSeconds: number;
  /** ISO 8601, by the back end's clock. */
  generatedAt: string;
  /** What this user may do. */
  permissions: {
    run: boolean;
    probe?: boolean;
    routerLog?: boolean;
    waive?: boolean;
  };
}

/** `POST …/verifications`. @public */
export interface RunVerificationRequest {
  targetId?: string;
}
