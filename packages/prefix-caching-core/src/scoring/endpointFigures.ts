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

import type { EndpointFigures } from './types';

/** Of an Endpoint Picker's metrics, what scoring needs; `RouterMetrics` has it. @public */
export interface RouterFigures {
  queueByEndpoint?: Record<string, number>;
  inflightByEndpoint?: Record<string, number>;
  inflightTokensByEndpoint?: Record<string, number>;
  picksByEndpoint?: Record<string, number>;
  predictedHitRatio?: { mean: number };
}

/** Of an engine's metrics, what scoring needs; `EngineMetrics` has it. @public */
export interface EngineFigures {
  waiting?: number;
  running?: number;
  kvUsage?: number;
}

/**
 * The replicas' present figures, as the scorers would see them, by pod name.
 *
 * The picker's own figure comes first where it shows one, since that is what
 * it scores. What it has in flight is exposed from llm-d-router 0.10 on; where
 * it is, a replica without a series has nothing in flight. Which prefixes a
 * replica holds is no metric: it has to be assumed, see `assumePrefixMatch`.
 *
 * @public
 */
export function endpointFigures(
  router: RouterFigures | undefined,
  engines: Readonly<Record<string, EngineFigures | undefined>>,
  prefixMatch: Readonly<Record<string, number>> = {},
): EndpointFigures[] {
  const inflight = router?.inflightByEndpoint;
  const tokens = router?.inflightTokensByEndpoint;
  return Object.entries(engines).map(([name, engine]) => ({
    name,
    prefixMatch: own(prefixMatch, name),
    waiting: own(router?.queueByEndpoint, name) ?? engine?.waiting,
    running: engine?.running,
    kvUsage: engine?.kvUsage,
    active: inflight && (own(inflight, name) ?? 0),
    activeTokens: tokens && (own(tokens, name) ?? 0),
  }));
}

/**
 * A typical request: the replica that was picked most often holds as much of
 * its prompt as the picker predicts on average, and the others nothing.
 * `undefined` before anything was predicted or picked.
 *
 * @public
 */
export function assumePrefixMatch(
  router: RouterFigures | undefined,
  pods: readonly string[],
): Record<string, number> | undefined {
  const { predictedHitRatio, picksByEndpoint } = router ?? {};
  if (!predictedHitRatio || !picksByEndpoint) return undefined;
  const [warm] = [...pods].sort(
    (a, b) =>
      (own(picksByEndpoint, b) ?? 0) - (own(picksByEndpoint, a) ?? 0) ||
      a.localeCompare(b),
  );
  if (warm === undefined || !own(picksByEndpoint, warm)) return undefined;
  return Object.fromEntries(
    pods.map(pod => [pod, pod === warm ? predictedHitRatio.mean : 0]),
  );
}

/** A pod may be named like a property that every object has. */
function own(
  record: Readonly<Record<string, number>> | undefined,
  key: string,
): number | undefined {
  return record && Object.hasOwn(record, key) ? record[key] : undefined;
}
