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

import type { KubernetesObject } from '../kubernetes';
import {
  gatewaysOf,
  isPool,
  objectsOf,
  pickerOf,
  poolsOfTarget,
  routesOf,
  rulesOf,
} from '../observation';
import type { Observation } from '../observation';
import { envoyFilterEffects } from './envoyFilterEffects';
import type { GatewayRoutes, PatchEffect } from './envoyFilterEffects';

/** The names that Envoy's routes of this service have: of the rule, else built by Istio. */
function envoyRouteNames(observation: Observation): string[] {
  return routesOf(observation).flatMap(route =>
    rulesOf(route)
      .filter(({ backends }) => backends.some(isPool))
      .map(
        ({ name, index }) =>
          name ??
          `${route.metadata.namespace ?? 'default'}.${
            route.metadata.name
          }.${index}`,
      ),
  );
}

/** The names that Istio gives the clusters of this service's pickers. */
function pickerClusters(observation: Observation): string[] {
  return poolsOfTarget(observation).flatMap(pool => {
    const picker = pickerOf(pool);
    return picker
      ? `outbound|${picker.port}||${picker.name}.${picker.namespace}.svc.cluster.local`
      : [];
  });
}

/** What a patch of a filter does to the call of the picker. */
export interface FoundEffect {
  filter: KubernetesObject;
  effect: PatchEffect;
}

/** What the EnvoyFilters do that reach a gateway of the target. */
export function effectsOf(observation: Observation): FoundEffect[] {
  const routeNames = envoyRouteNames(observation);
  const own = { routeNames, pickerClusters: pickerClusters(observation) };
  const gateways: GatewayRoutes[] = gatewaysOf(observation).map(address => {
    const [namespace, name] = address.split('/');
    return { namespace, name, ...own };
  });
  return objectsOf(observation, 'EnvoyFilter').flatMap(filter =>
    gateways.flatMap(gateway =>
      envoyFilterEffects(filter, gateway).map(effect => ({ filter, effect })),
    ),
  );
}
