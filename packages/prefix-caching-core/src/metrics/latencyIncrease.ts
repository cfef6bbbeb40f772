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

import { type Histogram, summariseLatency } from './histogram';
import type { LatencyBucket, LatencySummary } from './types';

/** What a latency histogram observed between two samples, or that it went back. */
export interface LatencyIncrease {
  /** `undefined` when nothing was observed, or when it can't be told. */
  latency?: LatencySummary;
  /** A count that is lower than it was: its process began anew. */
  wentBack: boolean;
}

/**
 * The latency of what was observed between two samples. A histogram shows up
 * with its first observation: without `previous` it was empty, if the process
 * `spoke` at that time.
 */
export function latencyIncrease(
  previous: LatencySummary | undefined,
  current: LatencySummary | undefined,
  spoke: boolean,
): LatencyIncrease {
  if (!current) return { wentBack: previous !== undefined };
  if (!previous) {
    return { latency: spoke ? current : undefined, wentBack: false };
  }
  const buckets = combine(previous, current, (before, now) => now - before);
  if (!buckets) return { wentBack: current.count < previous.count };
  const count = current.count - previous.count;
  const wentBack = count < 0 || buckets.some(([, atMost]) => atMost < 0);
  if (wentBack || count === 0) return { wentBack };
  const sum = sumOf(current) - sumOf(previous);
  return { latency: summarise(sum, count, buckets), wentBack };
}

/**
 * The latency of several processes together, of all their observations and not
 * as a mean of quantiles. `undefined` when none has observed anything, or when
 * their buckets differ and can't be added up.
 *
 * @public
 */
export function sumLatencies(
  latencies: readonly LatencySummary[],
): LatencySummary | undefined {
  const [first, ...others] = latencies;
  if (!first || others.length === 0) return first;
  const buckets = first.buckets?.map(
    ([bound, atMost]): LatencyBucket => [bound, atMost],
  );
  let sum = sumOf(first);
  let { count } = first;
  // In place: a chart adds up thousands.
  for (const other of others) {
    if (!buckets || buckets.length !== other.buckets?.length) return undefined;
    for (const [at, [bound, atMost]] of other.buckets.entries()) {
      if (bound !== buckets[at][0]) return undefined;
      buckets[at][1] += atMost;
    }
    sum += sumOf(other);
    count += other.count;
  }
  return buckets && summarise(sum, count, buckets);
}

/** Bucket by bucket; `undefined` when the bounds are not the same. */
function combine(
  one: LatencySummary,
  other: LatencySummary,
  by: (a: number, b: number) => number,
): LatencyBucket[] | undefined {
  if (!one.buckets || one.buckets.length !== other.buckets?.length) {
    return undefined;
  }
  const combined: LatencyBucket[] = [];
  for (const [at, [bound, atMost]] of one.buckets.entries()) {
    const [otherBound, otherAtMost] = other.buckets[at];
    if (bound !== otherBound) return undefined;
    combined.push([bound, by(atMost, otherAtMost)]);
  }
  return combined;
}

function summarise(sum: number, count: number, buckets: LatencyBucket[]) {
  const histogram: Histogram = {
    sum,
    count,
    buckets: buckets.map(([le, atMost]) => ({ le, count: atMost })),
  };
  return summariseLatency(histogram);
}

function sumOf({ mean, count }: LatencySummary): number {
  return mean * count;
}
