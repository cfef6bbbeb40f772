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
  configMapNames,
  OBSERVED_KINDS,
  pickerDeployment,
  routerPods,
  type Gap,
  type KubernetesObject,
  type Observation,
} from 'backstage-plugin-prefix-caching-common/core';
import type { ClusterClient } from '../clusters';

/** The ConfigMaps an Endpoint Picker mounts; ConfigMaps are never listed. */
export async function readConfigMaps(
  client: ClusterClient,
  observation: Observation,
  signal: AbortSignal,
): Promise<{ objects: KubernetesObject[]; gaps: Gap[] }> {
  const kind = OBSERVED_KINDS.find(row => row.kind === 'ConfigMap');
  if (!kind) {
    return { objects: [], gaps: [] };
  }
  const deployment = pickerDeployment(observation);
  const names = configMapNames(observation.service, [
    ...(deployment ? [deployment] : []),
    ...routerPods(observation),
  ]);
  const listings = await Promise.all(
    names.map(name =>
      client.getNamed(kind, observation.target.namespace, name, signal),
    ),
  );
  return {
    objects: listings.flatMap(listing => listing.objects),
    gaps: listings.flatMap(listing => listing.gaps),
  };
}
