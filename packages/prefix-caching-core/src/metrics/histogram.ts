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

import { parseNumber } from './numbers';
import type { SampleIndex } from './SampleIndex';
import type { LatencyBucket, LatencySummary, MetricSample } from './types';

/** A histogram, its label sets added up. `le` ascends, counts are cumulative. */
export interface Histogram {
  sum: number;
  count: number;
  buckets: { le: number; count: number }[];
}

/**
 * The first of these histograms that is present, added up over its label sets
 * (of those a filter lets through); `undefined` when nothing was observed yet.
 */
export function readHistogram(
  index: SampleIndex,
  names: readonly string[],
  filter: (sample: MetricSample) => boolean = () => true,
): Histogram | undefined {
  const name = names.find(each => index.first([`${each}_count`]).length);
  if (name === undefined) return undefined;
  const samples = (suffix: string) =>
    index.first([`${name}_${suffix}`]).filter(filter);
  const add = (total: number, sample: MetricSample) => total + sample.value;

  const count = samples('count').reduce(add, 0);
  if (count === 0) return undefined;
  const buckets = new Map<number, number>();
  for (const { labels, value } of samples('bucket')) {
    const le = parseNumber(labels.le ?? '');
    if (le !== undefined) buckets.set(le, (buckets.get(le) ?? 0) + value);
  }
  return {
    sum: samples('sum').reduce(add, 0),
    count,
    buckets: [...buckets]
      .map(([le, cumulative]) => ({ le, count: cumulative }))
      .sort((a, b) => a.le - b.le),
  };
}

/**
 * The quantile by linear interpolation within its bucket, as PromQL's
 * `histogram_quantile` does it: from the lowest bound up, and the highest finite
 * bound for what lies beyond it. `undefined` without a finite bucket.
 */
export function quantile(
  { count, buckets }: Histogram,
  share: number,
): number | undefined {
  const rank = share * count;
  let below = { le: 0, count: 0 };
  for (const bucket of buckets) {
    if (bucket.le === Infinity) break;
    if (bucket.count >= rank) {
      if (bucket.le <= 0) return bucket.le;
      const part = (rank - below.count) / (bucket.count - below.count);
      return below.le + (bucket.le - below.le) * part;
    }
    below = bucket;
  }
  return buckets.length && buckets[0].le !== Infinity ? below.le : undefined;
}

/** Mean and quantiles of a latency histogram in seconds. */
export function summariseLatency(
  histogram: Histogram | undefined,
): LatencySummary | undefined {
  if (!histogram) return undefined;
  const p50 = quantile(histogram, 0.5);
  const p95 = quantile(histogram, 0.95);
  const p99 = quantile(histogram, 0.99);
  if (p50 === undefined || p95 === undefined || p99 === undefined) {
    return undefined;
  }
  const { sum, count } = histogram;
  const buckets = histogram.buckets
    .filter(({ le }) => le !== Infinity)
    .map((each): LatencyBucket => [each.le, each.count]);
  return { mean: sum / count, p50, p95, p99, count, buckets };
}
