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
import { latencyIncrease, sumLatencies } from './latencyIncrease';
import type { EngineMetrics, LatencySummary } from './types';

/**
 * What an engine, or several added up, did between two samples. A figure that
 * either sample lacks is `undefined`; after a restart in between all of them are.
 *
 * @public
 */
export interface EngineIncrease {
  /** An engine restarted in between: its counters began again at zero. */
  restarted: boolean;
  requests?: number;
  promptTokens?: number;
  /** Tokens looked up in the local prefix cache, and those found. */
  queryTokens?: number;
  hitTokens?: number;
  externalQueryTokens?: number;
  externalHitTokens?: number;
  /** Hit tokens over query tokens, 0 to 1; `undefined` when none were looked up. */
  deliveredHitRatio?: number;
  /** External hit tokens over external query tokens, 0 to 1. */
  externalHitRatio?: number;
  /** Over the requests of the increase, in seconds. */
  timeToFirstToken?: LatencySummary;
}

const ENGINE_COUNTERS = [
  'requests',
  'promptTokens',
  'queryTokens',
  'hitTokens',
  'externalQueryTokens',
  'externalHitTokens',
] as const;

/**
 * The increase of one engine's counters from one sample to the next.
 *
 * @public
 */
export function engineIncrease(
  previous: EngineMetrics | undefined,
  current: EngineMetrics | undefined,
): EngineIncrease {
  if (!previous || !current) return { restarted: false };
  const increase: EngineIncrease = { restarted: false };
  for (const counter of ENGINE_COUNTERS) {
    increase[counter] = subtract(previous[counter], current[counter]);
  }
  const increases = ENGINE_COUNTERS.map(counter => increase[counter]);
  const { latency, wentBack } = latencyIncrease(
    previous.timeToFirstToken,
    current.timeToFirstToken,
    previous.engine !== undefined,
  );
  if (hasRestarted(previous, current, increases) || wentBack) {
    return { restarted: true };
  }
  return {
    ...increase,
    deliveredHitRatio: ratio(increase.hitTokens, increase.queryTokens),
    externalHitRatio: ratio(
      increase.externalHitTokens,
      increase.externalQueryTokens,
    ),
    timeToFirstToken: latency,
  };
}

/**
 * What several engines did together. Of an engine whose figure is unknown
 * nothing is added, so the sums are lower bounds; the hit ratio is that of the
 * engines that know both their hits and their queries.
 *
 * @public
 */
export function sumEngineIncreases(
  increases: readonly EngineIncrease[],
): EngineIncrease {
  const sums: EngineIncrease = {
    restarted: increases.some(({ restarted }) => restarted),
  };
  for (const counter of ENGINE_COUNTERS) {
    sums[counter] = sumOf(increases, counter);
  }
  const both = increases.filter(
    each => each.hitTokens !== undefined && each.queryTokens !== undefined,
  );
  const external = increases.filter(
    each =>
      each.externalHitTokens !== undefined &&
      each.externalQueryTokens !== undefined,
  );
  return {
    ...sums,
    deliveredHitRatio: ratio(
      sumOf(both, 'hitTokens'),
      sumOf(both, 'queryTokens'),
    ),
    externalHitRatio: ratio(
      sumOf(external, 'externalHitTokens'),
      sumOf(external, 'externalQueryTokens'),
    ),
    timeToFirstToken: sumLatencies(
      increases.flatMap(each => each.timeToFirstToken ?? []),
    ),
  };
}

function sumOf(
  increases: readonly EngineIncrease[],
  counter: (typeof ENGINE_COUNTERS)[number],
): number | undefined {
  const known = increases.flatMap(each => each[counter] ?? []);
  return known.length ? known.reduce((sum, value) => sum + value) : undefined;
}
