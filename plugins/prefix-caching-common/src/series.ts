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

import type { Verdict } from 'prefix-caching-core';

/** A figure that is kept over time. @public */
export type Figure =
  | 'predicted-hit-ratio'
  | 'delivered-hit-ratio'
  | 'external-hit-ratio'
  | 'request-rate'
  | 'error-rate'
  | 'time-to-first-token-p50'
  | 'time-to-first-token-p95'
  | 'time-to-first-token-p99'
  | 'waiting'
  | 'running'
  | 'kv-usage'
  | 'ready-endpoints'
  | 'pick-share'
  | 'scheduler-latency'
  | 'index-size';

/**
 * One line of a chart.
 *
 * A point is `[time, value]`, the time in milliseconds since 1970 at the end of
 * its step; a value that is not known is `null`, never 0. Ratios are 0 to 1,
 * rates per second, times in seconds.
 *
 * @public
 */
export interface Series {
  figure: Figure;
  /** Pod name, for a figure of one replica. */
  pod?: string;
  points: [number, number | null][];
}

/** Something that happened to the target. @public */
export interface TargetEvent {
  /** ISO 8601. */
  at: string;
  kind: 'verdict' | 'router-restart' | 'scale';
  summary: string;
  /** What the overall verdict became. */
  verdict?: Verdict;
}

/** `GET …/series`. @public */
export interface SeriesQuery {
  targetId: string;
  /** ISO 8601. Default: an hour and a half before `to`. */
  from?: string;
  /** ISO 8601. Default: now. */
  to?: string;
  /** Seconds; widened so that no line has more than 500 points. */
  step?: number;
  /** Default: the figures of the target as a whole. */
  figures?: Figure[];
  /** Also a line per replica. */
  byReplica?: boolean;
}

/** @public */
export interface SeriesReport {
  targetId: string;
  /** ISO 8601. */
  from: string;
  to: string;
  stepSeconds: number;
  /** Where the figures were kept. */
  source: 'samples' | 'prometheus';
  series: Series[];
  events: TargetEvent[];
  /** Why a figure that was asked for is missing. */
  gaps: { figure?: Figure; message: string }[];
}
