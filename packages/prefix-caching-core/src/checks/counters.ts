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

import { engineIncrease, routerIncrease, sumEngineIncreases } from '../metrics';
import type { EngineIncrease } from '../metrics';
import type { Observation, ObservedEndpoint } from '../observation';

/** What all pickers and all engines of a target counted between two samples. */
export interface Counters {
  /** Whether there are two samples of every picker, and no restart between them. */
  routerSampled: boolean;
  /** Whether there are two samples of at least one engine. */
  engineSampled: boolean;
  routerRequests?: number;
  predictedHitRatio?: number;
  engine: EngineIncrease;
  /** Requests that engines finished; tokens stand in where requests are not exposed. */
  engineActive: boolean;
}

/** Adds up what a set of endpoints did between their two samples. */
export function countersOf(endpoints: readonly ObservedEndpoint[]): Counters {
  const routers = endpoints
    .filter(({ role }) => role === 'router')
    .map(({ router }) => ({
      both: router?.current !== undefined && router.previous !== undefined,
      increase: routerIncrease(
        router?.previous?.metrics,
        router?.current?.metrics,
      ),
    }));
  const engines = endpoints
    .filter(
      ({ role, engine }) =>
        role === 'engine' && engine?.current && engine.previous,
    )
    .map(({ engine }) =>
      engineIncrease(engine?.previous?.metrics, engine?.current?.metrics),
    );
  const engine = sumEngineIncreases(engines);
  const known = routers.flatMap(({ increase }) => increase.requests ?? []);
  const predicted = routers
    .map(({ increase }) => increase)
    .filter(({ predictedHitRatio }) => predictedHitRatio !== undefined);
  const weight = predicted.reduce(
    (sum, { predictedCount }) => sum + (predictedCount ?? 0),
    0,
  );
  return {
    routerSampled:
      routers.length > 0 &&
      routers.every(
        ({ both, increase }) => both && increase.requests !== undefined,
      ),
    engineSampled: engines.some(({ restarted }) => !restarted),
    routerRequests:
      known.length > 0 ? known.reduce((sum, n) => sum + n, 0) : undefined,
    predictedHitRatio:
      weight > 0
        ? predicted.reduce(
            (sum, { predictedHitRatio = 0, predictedCount = 0 }) =>
              sum + predictedHitRatio * predictedCount,
            0,
          ) / weight
        : undefined,
    engine,
    engineActive:
      (engine.requests ?? 0) > 0 ||
      (engine.requests === undefined &&
        ((engine.promptTokens ?? 0) > 0 || (engine.queryTokens ?? 0) > 0)),
  };
}

/** A request that is under way is counted by the picker and not yet by an engine, or the other way round. */
const UNDER_WAY = 2;

/** Whether the pickers saw, within what may be under way, every request the engines served. */
export function pickerSawAll(counters: Counters): boolean {
  const served = counters.engine.requests;
  return (
    counters.routerSampled &&
    served !== undefined &&
    served > 0 &&
    (counters.routerRequests ?? 0) > 0 &&
    (counters.routerRequests ?? 0) >= Math.min(served - UNDER_WAY, served * 0.9)
  );
}

/** Whether the pickers saw nothing while engines served. */
export function pickerSawNothing(counters: Counters): boolean {
  return (
    counters.routerSampled &&
    counters.routerRequests === 0 &&
    counters.engineActive
  );
}

/**
 * Whether counters proved, in this run and in the one before, that requests
 * reach the target's own picker. Then no cause that might keep them away from
 * it is at work, whether it can be read or not.
 */
export function pickerProvenTwice(observation: Observation): boolean {
  return (
    observation.previousVerdicts?.['routing.bypass'] === 'pass' &&
    pickerSawAll(countersOf(observation.endpoints))
  );
}
