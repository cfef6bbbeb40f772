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
  IncreaseReport,
  QuantileReport,
} from 'backstage-plugin-prefix-caching-common';
import {
  engineIncrease,
  routerIncrease,
  type EngineMetrics,
  type LatencySummary,
  type MetricReading,
  type RouterMetrics,
} from 'backstage-plugin-prefix-caching-common/core';

/** What an engine counted between two samples; none without two, or after a restart. */
export function engineIncreaseOf(
  previous: MetricReading<EngineMetrics> | undefined,
  current: MetricReading<EngineMetrics> | undefined,
): IncreaseReport | undefined {
  if (!previous || !current) {
    return undefined;
  }
  const increase = engineIncrease(previous.metrics, current.metrics);
  const { requests, queryTokens, hitTokens, deliveredHitRatio } = increase;
  const { externalQueryTokens, externalHitTokens, externalHitRatio } = increase;
  return increase.restarted
    ? undefined
    : {
        seconds: secondsBetween(previous, current),
        requests,
        queryTokens,
        hitTokens,
        deliveredHitRatio,
        externalQueryTokens,
        externalHitTokens,
        externalHitRatio,
        timeToFirstToken: quantilesOf(increase.timeToFirstToken),
      };
}

/** What an Endpoint Picker counted between two samples. */
export function routerIncreaseOf(
  previous: MetricReading<RouterMetrics> | undefined,
  current: MetricReading<RouterMetrics> | undefined,
): IncreaseReport | undefined {
  if (!previous || !current) {
    return undefined;
  }
  const increase = routerIncrease(previous.metrics, current.metrics);
  const { requests, errors, predictedHitRatio, picksByEndpoint } = increase;
  const { predictedCount, timeToFirstToken, schedulerLatency } = increase;
  return increase.restarted
    ? undefined
    : {
        seconds: secondsBetween(previous, current),
        requests,
        errors,
        predictedHitRatio,
        predictedCount,
        picksByEndpoint,
        timeToFirstToken: quantilesOf(timeToFirstToken),
        schedulerLatency: quantilesOf(schedulerLatency),
      };
}

/** Without the histogram, which nobody looks at. */
function quantilesOf(
  latency: LatencySummary | undefined,
): QuantileReport | undefined {
  if (!latency) {
    return undefined;
  }
  const { mean, p50, p95, p99, count } = latency;
  return { mean, p50, p95, p99, count };
}

function secondsBetween(
  previous: { at: string },
  current: { at: string },
): number {
  return (Date.parse(current.at) - Date.parse(previous.at)) / 1000;
}
