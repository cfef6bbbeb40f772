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

import { KSERVE_0_18 } from './kserve018';
import { ROUTE_RULES_0_19 } from './routeRules';
import type { PlatformProfile } from './types';

/** KServe 0.19 as its own project ships it: the first that names route rules, and routes by model. */
export const KSERVE_0_19: PlatformProfile = {
  ...KSERVE_0_18,
  id: 'kserve-0.19',
  name: 'KServe 0.19',
  kserve: '0.19',
  platformFlags: [
    ...KSERVE_0_18.platformFlags,
    '--disable-access-log-for-endpoints',
    '--shutdown-timeout',
  ],
  publisherName: true,
  routeRules: ROUTE_RULES_0_19,
  namesRules: true,
  source:
    'kserve/kserve v0.19.0, config/llmisvcconfig and pkg/controller/v1alpha2/llmisvc',
};
