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
  EngineReport,
  RouterReport,
  TargetReport,
} from 'backstage-plugin-prefix-caching-common';
import { formatCount } from '../format';

/** Prompt tokens that came from cache ÷ all, between the last two samples of the engines. */
export function deliveredHitRatio(target: TargetReport): number | undefined {
  const increases = target.engines.map(engine => engine.increase);
  const queried = total(increases.map(increase => increase?.queryTokens));
  const hit = total(increases.map(increase => increase?.hitTokens));
  return queried === undefined || hit === undefined || queried === 0
    ? undefined
    : hit / queried;
}

/** Requests between the last two samples, as the engines count them, else the router. */
export function requestIncrease(target: TargetReport): number | undefined {
  return (
    total(target.engines.map(engine => engine.increase?.requests)) ??
    target.router?.increase?.requests
  );
}

/** Picks between the last two samples, over all endpoints. */
export function pickIncrease(target: TargetReport): number | undefined {
  const picks = target.router?.increase?.picksByEndpoint;
  return picks === undefined ? undefined : total(Object.values(picks)) ?? 0;
}

/** Whether a router ever picked an endpoint; its histograms are absent until then. */
export function hasPicked({ metrics }: RouterReport): boolean {
  const picks = Object.values(metrics?.picksByEndpoint ?? {});
  // Older routers count requests, and no picks by endpoint.
  return [metrics?.requests ?? 0, ...picks].some(count => count > 0);
}

/** Seconds between the last two samples, where there are two. */
export function sampleSeconds(target: TargetReport): number | undefined {
  const increases = [
    ...target.engines.map(engine => engine.increase),
    target.router?.increase,
  ];
  return increases.find(increase => increase !== undefined)?.seconds;
}

/** Requests of one replica between the last two samples: its own count, else the router's picks. */
export function requestsOf(
  target: TargetReport,
  engine: EngineReport,
): number | undefined {
  return (
    engine.increase?.requests ??
    // A replica that the router never names was never picked.
    (pickIncrease(target) === undefined
      ? undefined
      : target.router?.increase?.picksByEndpoint?.[engine.pod] ?? 0)
  );
}

/** A replica's share of the requests of all, 0 to 1. */
export function requestShare(
  target: TargetReport,
  engine: EngineReport,
): number | undefined {
  const all = total(target.engines.map(each => requestsOf(target, each)));
  const own = requestsOf(target, engine);
  return all === undefined || all === 0 || own === undefined
    ? undefined
    : own / all;
}

/** Requests of the busiest replica ÷ the mean of all; 1 is even. */
export function hottestOverMean(target: TargetReport): number | undefined {
  const shares = target.engines.map(engine => requestShare(target, engine));
  const known = shares.filter((share): share is number => share !== undefined);
  return known.length < 2 ? undefined : Math.max(...known) * known.length;
}

/** Tokens that the KV cache of a replica holds. */
export function kvTokens({ metrics }: EngineReport): number | undefined {
  return metrics?.cacheBlocks === undefined || metrics.blockSize === undefined
    ? undefined
    : metrics.cacheBlocks * metrics.blockSize;
}

/** Prompt tokens between the last two samples, over all replicas. */
export function promptTokens(target: TargetReport): number | undefined {
  return total(target.engines.map(({ increase }) => increase?.queryTokens));
}

/** Tokens per block, when all replicas agree. */
export function commonBlockSize(target: TargetReport): number | undefined {
  const sizes = new Set(
    target.engines.map(engine => engine.metrics?.blockSize),
  );
  return sizes.size === 1 ? [...sizes][0] : undefined;
}

/** Ready and wanted replicas, as text. */
export function replicaCounts(target: TargetReport): {
  ready: string;
  desired: string;
} {
  const ready = target.engines.filter(engine => engine.ready).length;
  return {
    ready: formatCount(target.replicas?.ready ?? ready),
    desired: formatCount(target.replicas?.desired ?? target.engines.length),
  };
}

/** The sum of what is known; undefined when nothing is. */
function total(values: (number | undefined)[]): number | undefined {
  const known = values.filter((value): value is number => value !== undefined);
  return known.length === 0
    ? undefined
    : known.reduce((sum, value) => sum + value, 0);
}
