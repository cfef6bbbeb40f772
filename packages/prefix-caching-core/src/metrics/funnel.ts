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

import { engineIncrease, sumEngineIncreases } from './engineIncrease';
import { routerIncrease } from './routerIncrease';
import type { EngineMetrics, RouterMetrics } from './types';

/**
 * One step of the way of a reusable prefix: *held in the fleet → captured by
 * routing → delivered by the engine*. A ratio is of prompts, 0 to 1; a step
 * without one says why it can't be told.
 *
 * @public
 */
export interface FunnelStep {
  id: 'held' | 'captured' | 'delivered';
  ratio?: number;
  /** `lower`: at least so much; `exact`: so much. */
  bound?: 'lower' | 'exact';
  /** Why the ratio is missing, or what to read it with. */
  reason?: string;
}

/** Two samples of one endpoint. @public */
export interface SamplePair<T> {
  previous?: T;
  current?: T;
}

/**
 * Where reuse was lost between two samples, as far as metrics tell.
 *
 * What the picker publishes is the match of the endpoint it *picked*
 * (epp.md §1.3), so what the whole fleet held is a lower bound, exact only
 * where there is one endpoint to hold anything. Captured is its belief, mean
 * per request; delivered are the engines' own counters, weighted by tokens.
 *
 * @public
 */
export function readFunnel(samples: {
  router?: SamplePair<RouterMetrics>;
  engines: readonly SamplePair<EngineMetrics>[];
}): FunnelStep[] {
  const captured = readCaptured(samples.router);
  const delivered = readDelivered(samples.engines);
  return [
    readHeld(captured, delivered, samples.router?.current?.readyEndpoints),
    captured,
    delivered,
  ];
}

function readHeld(
  captured: FunnelStep,
  delivered: FunnelStep,
  endpoints: number | undefined,
): FunnelStep {
  const known = [captured.ratio, delivered.ratio].filter(
    ratio => ratio !== undefined,
  );
  if (known.length === 0) {
    return {
      id: 'held',
      reason:
        'Neither what routing captured nor what engines delivered is known.',
    };
  }
  if (endpoints === 1 && captured.ratio !== undefined) {
    return {
      id: 'held',
      ratio: captured.ratio,
      bound: 'exact',
      reason:
        'One endpoint alone can hold it, so that nothing is lost on the way.',
    };
  }
  return {
    id: 'held',
    ratio: Math.max(...known),
    bound: 'lower',
    reason:
      'The Endpoint Picker publishes the match of the endpoint it picked, not the best of all: another may have held more.',
  };
}

function readCaptured(
  router: SamplePair<RouterMetrics> | undefined,
): FunnelStep {
  const id = 'captured';
  const { previous, current } = router ?? {};
  if (!current) {
    return { id, reason: "The Endpoint Picker's metrics were not read." };
  }
  if (!previous) {
    return { id, reason: 'There is one sample only of the Endpoint Picker.' };
  }
  const { restarted, predictedCount, predictedHitRatio } = routerIncrease(
    previous,
    current,
  );
  if (restarted) {
    return {
      id,
      reason: 'The Endpoint Picker restarted between the two samples.',
    };
  }
  if (!current.predictedHitRatio && current.indexSize === undefined) {
    return {
      id,
      reason:
        'This Endpoint Picker exposes no prefix_indexer_hit_ratio: no prefix scorer is in its profile, or it is older than GAIE 0.4.',
    };
  }
  if (!predictedCount || predictedHitRatio === undefined) {
    return {
      id,
      reason:
        'Between the two samples the Endpoint Picker saw no request with a block to look up.',
    };
  }
  return {
    id,
    ratio: predictedHitRatio,
    bound: 'exact',
    reason: "The Endpoint Picker's belief, mean per request.",
  };
}

function readDelivered(
  engines: readonly SamplePair<EngineMetrics>[],
): FunnelStep {
  const id = 'delivered';
  const increases = engines.flatMap(({ previous, current }) =>
    previous && current ? [engineIncrease(previous, current)] : [],
  );
  if (increases.length === 0) {
    return {
      id,
      reason: engines.some(({ current }) => current)
        ? 'There is one sample only of every engine.'
        : "No engine's metrics were read.",
    };
  }
  const counted = increases.filter(
    ({ hitTokens, queryTokens }) =>
      hitTokens !== undefined && queryTokens !== undefined,
  );
  if (counted.length === 0) {
    return {
      id,
      reason: increases.some(({ restarted }) => restarted)
        ? 'Every engine that counts its hits restarted between the two samples.'
        : 'These engines count no prefix cache hits per token.',
    };
  }
  const { deliveredHitRatio, externalHitTokens, queryTokens } =
    sumEngineIncreases(counted);
  if (deliveredHitRatio === undefined) {
    return {
      id,
      reason: 'Between the two samples the engines looked up no prompt.',
    };
  }
  const isWhole = counted.length === engines.length;
  const external = queryTokens ? (externalHitTokens ?? 0) / queryTokens : 0;
  return {
    id,
    ratio: deliveredHitRatio,
    ...(isWhole && { bound: 'exact' as const }),
    reason: [
      isWhole
        ? 'Of the prompt tokens that engines looked up.'
        : `Of the prompt tokens that ${counted.length} of ${engines.length} engines looked up; the others restarted, do not count them, or were read once.`,
      ...(external > 0
        ? [
            `Another ${Math.round(
              100 * external,
            )} % of them came from outside the engine.`,
          ]
        : []),
    ].join(' '),
  };
}
