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

import { hasRestarted, ratio, subtract } from './counters';
import { latencyIncrease } from './latencyIncrease';
import type { LatencySummary, RouterMetrics } from './types';

/**
 * What an Endpoint Picker did between two samples. A figure that either sample
 * lacks is `undefined`; after a restart in between all of them are.
 *
 * @public
 */
export interface RouterIncrease {
  /** The picker restarted in between: its counters began again at zero. */
  restarted: boolean;
  requests?: number;
  errors?: number;
  /** Requests whose prefix was looked up. */
  predictedCount?: number;
  /** Mean of what was predicted for them, 0 to 1; `undefined` when there were none. */
  predictedHitRatio?: number;
  /** How many of them matched nothing. */
  zeroMatchCount?: number;
  /**
   * Successful picks by pod name; `undefined` for a picker that counts requests
   * and no picks by pod, as all before GAIE 1.5.
   */
  picksByEndpoint?: Record<string, number>;
  /** Over the requests of the increase, in seconds. */
  timeToFirstToken?: LatencySummary;
  timeToFirstTokenStreaming?: LatencySummary;
  /** Over the decisions of the increase, in seconds. */
  schedulerLatency?: LatencySummary;
}

const LATENCIES = [
  'timeToFirstToken',
  'timeToFirstTokenStreaming',
  'schedulerLatency',
] as const;

/**
 * The increase of an Endpoint Picker's counters from one sample to the next.
 *
 * Its counters have no series before the first observation (epp.md §1.3): in
 * the sample of a picker that shows its pool or its index, a missing counter
 * has counted nothing, so that a picker no request ever reached says 0 and
 * not "unknown".
 *
 * @public
 */
export function routerIncrease(
  previous: RouterMetrics | undefined,
  current: RouterMetrics | undefined,
): RouterIncrease {
  if (!previous || !current) return { restarted: false };
  const before = routerCounters(previous);
  const now = routerCounters(current);
  const picks = subtractEach(previous.picksByEndpoint, current.picksByEndpoint);
  const requests = subtract(before.requests, now.requests);
  const errors = subtract(before.errors, now.errors);
  const predictedCount = subtract(before.predicted, now.predicted);
  const increases = [requests, errors, predictedCount, ...Object.values(picks)];
  const latencies = LATENCIES.map(
    each =>
      [
        each,
        latencyIncrease(previous[each], current[each], speaks(previous)),
      ] as const,
  );
  if (
    hasRestarted(previous, current, increases) ||
    latencies.some(([, { wentBack }]) => wentBack)
  ) {
    return { restarted: true };
  }

  const matched = subtract(before.matched, now.matched);
  return {
    restarted: false,
    requests,
    errors,
    predictedCount,
    predictedHitRatio: ratio(matched, predictedCount),
    zeroMatchCount: subtract(before.zeroMatch, now.zeroMatch),
    picksByEndpoint: countsPicks(current) ? picks : undefined,
    ...Object.fromEntries(
      latencies.map(([each, { latency }]) => [each, latency]),
    ),
  };
}

/** Whether no pick by pod means that there was none. */
function countsPicks({ picksByEndpoint, requests }: RouterMetrics): boolean {
  return Object.keys(picksByEndpoint).length > 0 || !requests;
}

interface RouterCounters {
  requests?: number;
  errors?: number;
  predicted?: number;
  /** Sum of the predicted ratios, the only additive form of their mean. */
  matched?: number;
  zeroMatch?: number;
}

function routerCounters(metrics: RouterMetrics): RouterCounters {
  const unseen = speaks(metrics) ? 0 : undefined;
  const { mean, count, zeroMatch } = metrics.predictedHitRatio ?? {};
  return {
    requests: metrics.requests ?? unseen,
    errors: metrics.errors ?? unseen,
    predicted: count ?? unseen,
    matched: mean === undefined || count === undefined ? unseen : mean * count,
    zeroMatch: metrics.predictedHitRatio ? zeroMatch : unseen,
  };
}

/** Whether a picker shows its pool or its index, as it does from its start. */
function speaks({ readyEndpoints, indexSize }: RouterMetrics): boolean {
  return readyEndpoints !== undefined || indexSize !== undefined;
}

/** A key that is new began at zero. */
function subtractEach(
  previous: Record<string, number>,
  current: Record<string, number>,
): Record<string, number> {
  const before = new Map(Object.entries(previous));
  const increases = Object.entries(current).map(
    ([key, value]): [string, number] => [key, value - (before.get(key) ?? 0)],
  );
  return Object.fromEntries(increases);
}
