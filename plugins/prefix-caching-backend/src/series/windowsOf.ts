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

import {
  engineIncrease,
  routerIncrease,
  sumEngineIncreases,
  sumLatencies,
  type EngineIncrease,
  type EngineMetrics,
  type MetricReading,
  type ObservedEndpoint,
  type RouterMetrics,
} from 'backstage-plugin-prefix-caching-common/core';
import { joinAmounts } from './joinAmounts';
import type { Amounts, SeriesWindow } from './types';

/** Pods with a line of their own; a pool of more is drawn as a whole. */
const MAX_PODS = 100;

interface Samples<T> {
  current?: MetricReading<T>;
  previous?: MetricReading<T>;
}

/**
 * The windows between the two last samples of a target's endpoints: one for
 * the target as a whole, one for each replica.
 *
 * @param maxSeconds - a longer window is left out: it spans an outage, and when
 *   in it something happened cannot be told
 */
export function windowsOf(
  endpoints: readonly ObservedEndpoint[],
  maxSeconds: number,
): SeriesWindow[] {
  const engines = endpoints.flatMap(({ pod, engine }) =>
    engine?.current
      ? [{ pod, samples: withinReach<EngineMetrics>(engine, maxSeconds) }]
      : [],
  );
  const routers = endpoints.flatMap(({ router }) =>
    router?.current ? [withinReach<RouterMetrics>(router, maxSeconds)] : [],
  );
  const all = [...engines.map(({ samples }) => samples), ...routers];
  const ended = all.flatMap(({ current }) => timeOf(current) ?? []);
  if (ended.length === 0) {
    return [];
  }
  const endedAt = Math.max(...ended);
  const startedAt = Math.max(
    ...all.map(({ current, previous }) => timeOf(previous ?? current) ?? 0),
  );
  // Only first samples: there is a time, and no window before it.
  const from = all.some(({ previous }) => previous) ? startedAt : endedAt;
  const seconds = (endedAt - from) / 1000;

  const routed = joinAmounts(routers.map(each => routerAmounts(each, seconds)));
  const picks = picksOf(routers);
  const replicas = engines.map(({ pod, samples }) => ({
    pod,
    increase: increaseOf(samples),
    gauges: samples.current?.metrics,
  }));
  const whole = fleetAmounts(replicas, routed, seconds);
  const pods = [
    ...new Set([...replicas.map(({ pod }) => pod), ...picks.keys()]),
  ].slice(0, MAX_PODS);
  const window = (pod: string, amounts: Amounts): SeriesWindow => ({
    pod,
    startedAt: from,
    endedAt,
    amounts,
  });
  return [
    window('', whole),
    ...pods.map(pod => {
      const replica = replicas.find(each => each.pod === pod);
      const own = replica
        ? engineAmounts(replica.increase, replica.gauges, seconds)
        : {};
      return window(pod, {
        ...own,
        // A pod that was not picked counts as 0 where the picker counts picks.
        picks: picks.get(pod) ?? (routed.picks === undefined ? undefined : 0),
      });
    }),
  ];
}

/** Without a previous sample that is too old to say when something happened. */
function withinReach<T>(samples: Samples<T>, maxSeconds: number): Samples<T> {
  const { current, previous } = samples;
  const from = timeOf(previous);
  const to = timeOf(current);
  return from !== undefined &&
    to !== undefined &&
    to - from <= maxSeconds * 1000
    ? { current, previous }
    : { current };
}

function timeOf(reading: { at: string } | undefined): number | undefined {
  return reading && Date.parse(reading.at);
}

/** `undefined` without two samples, or with a restart between them. */
function increaseOf({
  current,
  previous,
}: Samples<EngineMetrics>): EngineIncrease | undefined {
  if (!current || !previous) {
    return undefined;
  }
  const increase = engineIncrease(previous.metrics, current.metrics);
  return increase.restarted ? undefined : increase;
}

function engineAmounts(
  increase: EngineIncrease | undefined,
  gauges: EngineMetrics | undefined,
  seconds: number,
): Amounts {
  return {
    queryTokens: increase?.queryTokens,
    hitTokens: increase?.hitTokens,
    externalQueryTokens: increase?.externalQueryTokens,
    externalHitTokens: increase?.externalHitTokens,
    requests: increase?.requests,
    requestSeconds: increase?.requests === undefined ? undefined : seconds,
    firstToken: increase?.timeToFirstToken,
    waiting: gauges?.waiting,
    running: gauges?.running,
    kvUsage: gauges?.kvUsage,
  };
}

function routerAmounts(
  { current, previous }: Samples<RouterMetrics>,
  seconds: number,
): Amounts {
  const gauges = {
    readyEndpoints: current?.metrics.readyEndpoints,
    indexSize: current?.metrics.indexSize,
  };
  if (!current || !previous) {
    return gauges;
  }
  const increase = routerIncrease(previous.metrics, current.metrics);
  if (increase.restarted) {
    return gauges;
  }
  const { predictedCount, predictedHitRatio, requests, errors } = increase;
  return {
    ...gauges,
    predictedCount,
    predictedSum:
      predictedHitRatio === undefined || predictedCount === undefined
        ? undefined
        : predictedHitRatio * predictedCount,
    requests,
    requestSeconds: requests === undefined ? undefined : seconds,
    errors,
    errorSeconds: errors === undefined ? undefined : seconds,
    picks:
      increase.picksByEndpoint && sum(Object.values(increase.picksByEndpoint)),
    firstToken: increase.timeToFirstTokenStreaming,
    scheduling: increase.schedulerLatency,
  };
}

/**
 * The target as a whole. Requests and times to first token are the engines'
 * own where they count them, since those see what bypassed the picker.
 */
function fleetAmounts(
  replicas: readonly {
    increase?: EngineIncrease;
    gauges?: EngineMetrics;
  }[],
  routed: Amounts,
  seconds: number,
): Amounts {
  const total = sumEngineIncreases(
    replicas.flatMap(({ increase }) => increase ?? []),
  );
  const served = engineAmounts(total, undefined, seconds);
  const gauge = (read: (metrics: EngineMetrics) => number | undefined) =>
    replicas.flatMap(({ gauges }) => (gauges && read(gauges)) ?? []);
  const usage = gauge(({ kvUsage }) => kvUsage);
  const isServed = served.requests !== undefined;
  return {
    ...routed,
    ...served,
    requests: isServed ? served.requests : routed.requests,
    requestSeconds: isServed ? served.requestSeconds : routed.requestSeconds,
    firstToken:
      sumLatencies(
        replicas.flatMap(({ increase }) => increase?.timeToFirstToken ?? []),
      ) ?? routed.firstToken,
    waiting: sum(gauge(({ waiting }) => waiting)),
    running: sum(gauge(({ running }) => running)),
    kvUsage: usage.length ? (sum(usage) ?? 0) / usage.length : undefined,
  };
}

function picksOf(
  routers: readonly Samples<RouterMetrics>[],
): Map<string, number> {
  const picks = new Map<string, number>();
  for (const { current, previous } of routers) {
    const increase =
      current && previous && routerIncrease(previous.metrics, current.metrics);
    for (const [pod, count] of Object.entries(
      increase?.picksByEndpoint ?? {},
    )) {
      // Counters of pods long gone stay where they were.
      if (count > 0) {
        picks.set(pod, (picks.get(pod) ?? 0) + count);
      }
    }
  }
  return picks;
}

function sum(numbers: readonly number[]): number | undefined {
  return numbers.length
    ? numbers.reduce((total, each) => total + each)
    : undefined;
}
