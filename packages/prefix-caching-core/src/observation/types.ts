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

import type { KubernetesObject } from '../kubernetes';
import type { EngineMetrics, RouterMetrics } from '../metrics';
import type { Verdict } from '../verdicts';
import type { ProbeResult } from './probe';

/** One LLMInferenceService in one cluster. @public */
export interface Target {
  /** The portal's name of the cluster; empty for manifests. */
  cluster: string;
  namespace: string;
  name: string;
}

/** Why something could not be read. @public */
export type GapReason =
  | 'forbidden'
  | 'not-installed'
  | 'unreachable'
  | 'timeout'
  | 'too-large'
  | 'not-configured'
  | 'unauthorized'
  | 'invalid'
  | 'not-asked';

/**
 * Something that was needed and could not be read.
 *
 * `what` is a kind (`EnvoyFilter`), or `metrics/router` and `metrics/engine`
 * for scrapes, or `cluster` when nothing could be read at all. A kind with
 * reason `not-asked` was never looked for (manifests).
 *
 * @public
 */
export interface Gap {
  what: string;
  reason: GapReason;
  /** One sentence: what happened, naming the thing. */
  message: string;
  /** The RBAC rule or setting that would close it. */
  remedy?: string;
  namespace?: string;
  /** Pod name, for a scrape of one endpoint. */
  endpoint?: string;
  /**
   * The HTTP status that the asked thing itself answered. On `metrics/router` a
   * 401, 403 or 500 therefore means that the picker refused a token; an API
   * server that refuses the way there leaves it out and says `forbidden`.
   */
  status?: number;
}

/** One scrape. `at` is an ISO 8601 time. @public */
export interface MetricReading<T> {
  at: string;
  metrics: T;
  /** How it was read. */
  source: MetricSource;
}

/** The way by which a sample was read. @public */
export type MetricSource =
  | 'pod-proxy'
  | 'port-forward'
  | 'service'
  | 'prometheus'
  | 'file';

/** One engine replica or EPP pod with its current and previous sample. @public */
export interface ObservedEndpoint {
  role: 'engine' | 'router';
  /** Pod name. */
  pod: string;
  engine?: {
    current?: MetricReading<EngineMetrics>;
    previous?: MetricReading<EngineMetrics>;
  };
  router?: {
    current?: MetricReading<RouterMetrics>;
    previous?: MetricReading<RouterMetrics>;
  };
}

/**
 * Every other service, route and pool that shares a gateway with the target,
 * and what its EPP and engines counted, where they were read.
 *
 * @public
 */
export interface Neighbour {
  target: Target;
  objects: KubernetesObject[];
  endpoints?: ObservedEndpoint[];
}

/**
 * Everything read about one target at one time. Checks are pure functions of it.
 *
 * `asked` holds the kinds that were looked for: a kind that is in it, has no
 * gap and is not among `objects` does not exist. `objects` holds only what
 * belongs to the target or acts on it (gateway, EnvoyFilter, DestinationRule,
 * Node, CRD, EndpointSlice, Secret names never).
 *
 * @public
 */
export interface Observation {
  source: 'manifests' | 'cluster';
  target: Target;
  service?: KubernetesObject;
  objects: KubernetesObject[];
  neighbours: Neighbour[];
  endpoints: ObservedEndpoint[];
  /** Kinds that were looked for; left out, a cluster was asked for all of them and files for those they hold. */
  asked?: string[];
  /** The last probe, where there was one. */
  probe?: ProbeResult;
  /** The verdicts of the run before, by check id. */
  previousVerdicts?: Record<string, Verdict>;
  /** ISO 8601. */
  observedAt: string;
  gaps: Gap[];
}
