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

import type { TargetEvent } from 'backstage-plugin-prefix-caching-common';
import type { LatencySummary } from 'backstage-plugin-prefix-caching-common/core';

/** What is added up when windows are joined. */
export const ADDED = [
  'queryTokens',
  'hitTokens',
  'externalQueryTokens',
  'externalHitTokens',
  'predictedCount',
  'predictedSum',
  'requests',
  'requestSeconds',
  'errors',
  'errorSeconds',
  'picks',
] as const;

/** What is averaged when windows are joined. */
export const AVERAGED = [
  'waiting',
  'running',
  'kvUsage',
  'readyEndpoints',
  'indexSize',
] as const;

/** Histograms, whose observations are added up when windows are joined. */
export const LATENCIES = ['firstToken', 'scheduling'] as const;

/**
 * Figures in the form in which they can be joined: parts and wholes, never
 * ratios; increases, never lifetime totals. Absent: not known.
 */
export type Amounts = Partial<
  Record<(typeof ADDED)[number] | (typeof AVERAGED)[number], number> &
    Record<(typeof LATENCIES)[number], LatencySummary>
>;

/** What happened between two samples, of a target or of one of its replicas. */
export interface SeriesWindow {
  /** Pod name; empty for the target as a whole. */
  pod: string;
  /** Milliseconds since 1970. */
  startedAt: number;
  endedAt: number;
  amounts: Amounts;
}

/** One run, or all runs that ended in one hour. */
export type Grain = 'run' | 'hour';

export interface WindowQuery {
  targetId: string;
  grain: Grain;
  /** Windows that ended after `from` and not after `to`, in milliseconds. */
  from: number;
  to: number;
  /** The windows that ended in one step are joined; whole steps since 1970. */
  stepMs: number;
  /** Also those of replicas. */
  byReplica: boolean;
  /** Also histograms, which take longer. */
  latencies: boolean;
}

/** What a target looked like when it was last seen. */
export interface SeriesMarks {
  seenAt: number;
  readyReplicas?: number;
  routerPod?: string;
}

export type SeriesEvent = Pick<TargetEvent, 'summary'> & {
  kind: 'router-restart' | 'scale';
  /** Milliseconds since 1970. */
  at: number;
};

/** Where figures over time are kept. */
export interface SeriesStore {
  /**
   * Adds the windows of one run. Those that they overlap are replaced: a run
   * soon after another measures the same time again, and longer.
   */
  saveWindows(targetId: string, windows: SeriesWindow[]): Promise<void>;
  /** Joined to steps, in no order; `endedAt` is the end of the step. */
  readWindows(query: WindowQuery): Promise<SeriesWindow[]>;
  /** The end of the newest hour that was joined, in milliseconds. */
  newestHour(targetId?: string): Promise<number | undefined>;
  /** Joins the windows that ended in the hour before `endedAt`. */
  joinHour(endedAt: number): Promise<number>;
  getMarks(targetId: string): Promise<SeriesMarks | undefined>;
  saveMarks(
    targetId: string,
    marks: SeriesMarks,
    events: SeriesEvent[],
  ): Promise<void>;
  /** Oldest first. */
  getEvents(
    targetId: string,
    range: { from: number; to: number; limit: number },
  ): Promise<SeriesEvent[]>;
  /** Deletes what ended before; returns how many rows are gone. */
  cleanSeries(olderThan: { run: Date; hour: Date }): Promise<number>;
}
