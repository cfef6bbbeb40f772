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

import { engineIncrease, routerIncrease } from '../metrics';
import { enginePods, isReady } from '../observation';
import type { Observation } from '../observation';

/** How the requests between two samples fell on the replicas. */
export interface Shares {
  /** Requests by pod, those of replicas that got none included. */
  byPod: Map<string, number>;
  total: number;
  /** What was counted: by the picker its picks, by engines requests, or tokens where they count no requests. */
  unit: 'picks' | 'requests' | 'prompt tokens';
}

function picks(observation: Observation): Map<string, number> | undefined {
  const sum = new Map<string, number>();
  for (const { router } of observation.endpoints) {
    const increase = routerIncrease(
      router?.previous?.metrics,
      router?.current?.metrics,
    );
    for (const [pod, n] of Object.entries(increase.picksByEndpoint ?? {})) {
      sum.set(pod, (sum.get(pod) ?? 0) + n);
    }
  }
  return [...sum.values()].some(n => n > 0) ? sum : undefined;
}

type Figure = 'requests' | 'promptTokens';

/** A replica that was not sampled twice would look idle, so all of them count or none. */
function served(
  observation: Observation,
  figure: Figure,
): Map<string, number> | undefined {
  const engines = observation.endpoints
    .filter(({ role }) => role === 'engine')
    .map(({ pod, engine }) => {
      const increase = engineIncrease(
        engine?.previous?.metrics,
        engine?.current?.metrics,
      );
      return [pod, increase[figure]] as const;
    });
  return engines.length > 0 && engines.every(([, n]) => n !== undefined)
    ? new Map(engines.map(([pod, n]) => [pod, n ?? 0]))
    : undefined;
}

/**
 * The share of each ready replica between the two samples: by the picker's
 * own picks where it counts them per endpoint (gateway-api-inference-extension
 * 1.5 and newer), else by what the engines finished.
 */
export function sharesOf(observation: Observation): Shares | undefined {
  const accounts = [
    { unit: 'picks', counted: picks(observation) },
    { unit: 'requests', counted: served(observation, 'requests') },
    { unit: 'prompt tokens', counted: served(observation, 'promptTokens') },
  ] as const;
  const account = accounts.find(({ counted }) => counted !== undefined);
  if (!account?.counted) return undefined;
  const { counted, unit } = account;
  const byPod = new Map(counted);
  for (const pod of enginePods(observation).filter(isReady)) {
    byPod.set(pod.metadata.name, byPod.get(pod.metadata.name) ?? 0);
  }
  return {
    byPod,
    total: [...byPod.values()].reduce((sum, n) => sum + n, 0),
    unit,
  };
}
