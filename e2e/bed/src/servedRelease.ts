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

import type { RouterMetrics } from 'prefix-caching-core';
import type { Release } from './customResources';
import type { PartName, Parts } from './parts';

/** A release of KServe, and the picker that it starts for its services. */
export interface ServedRelease {
  platform: Extract<Release, `kserve-${string}`>;
  /** Where the conformance folder has what this release makes of a service. */
  objects: string;
  picker: PartName;
  /** Tables of the conformance folder with every name its picker may expose. */
  metricNames: string[];
  eras: RouterMetrics['era'][];
  /** How the names begin that its requests are counted by. */
  family: RouterMetrics['family'];
  /** What the template has it score by. */
  scorers: string[];
  /** Whether its picker says of each pick which pod it fell on. */
  countsPicks: boolean;
}

const KSERVE_0_18: ServedRelease = {
  platform: 'kserve-0.18',
  objects: 'v0.18.0-plain',
  picker: 'picker',
  metricNames: ['m-gaie-v1.4.0', 'm-router-v0.7.1'],
  eras: ['D'],
  family: 'inference_objective',
  scorers: ['prefix-cache-scorer', 'queue-scorer'],
  countsPicks: false,
};

const KSERVE_0_20: ServedRelease = {
  platform: 'kserve-0.20',
  objects: 'v0.20.0-plain',
  picker: 'router',
  metricNames: ['m-router-v0.9.0', 'm-router-v0.10.0'],
  eras: ['F', 'G'],
  family: 'llm_d_epp',
  scorers: [
    'kv-cache-utilization-scorer',
    'no-hit-lru-scorer',
    'prefix-cache-scorer',
    'queue-scorer',
  ],
  countsPicks: true,
};

/** The newest release whose picker is at hand. */
export function servedRelease({ router }: Parts): ServedRelease {
  return 'missing' in router ? KSERVE_0_18 : KSERVE_0_20;
}
