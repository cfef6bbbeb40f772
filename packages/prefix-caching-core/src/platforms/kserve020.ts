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

import { KSERVE_V1ALPHA2 } from './kserve017';
import { ROUTE_RULES_0_20 } from './routeRules';
import type { PlatformProfile } from './types';

/** KServe 0.20 as its own project ships it. */
export const KSERVE_0_20: PlatformProfile = {
  ...KSERVE_V1ALPHA2,
  id: 'kserve-0.20',
  name: 'KServe 0.20',
  kserve: '0.20',
  istio: '1.29',
  tls: false,
  tlsChoice: 'either',
  // The script stands in `command`, ends with `--`, and passes "$@" on.
  evaluates: true,
  tensorParallel: 'parallelism',
  argumentsVariable: 'VLLM_ADDITIONAL_ARGS',
  platformFlags: [
    '--served-model-name',
    '--port',
    '--disable-uvicorn-access-log',
    '--disable-access-log-for-endpoints',
    '--shutdown-timeout',
    '--tensor-parallel-size',
    '--enable-ssl-refresh',
    '--ssl-certfile',
    '--ssl-keyfile',
  ],
  publisherName: true,
  routeRules: ROUTE_RULES_0_20,
  namesRules: true,
  defaultScorers: [
    { type: 'queue-scorer', weight: 2 },
    { type: 'kv-cache-utilization-scorer', weight: 2 },
    { type: 'prefix-cache-scorer', weight: 3 },
    { type: 'no-hit-lru-scorer', weight: 2 },
  ],
  fractionalWeights: true,
  missingScorers: [],
  eppImage: 'ghcr.io/llm-d/llm-d-router-endpoint-picker:v0.9.0',
  source:
    'kserve/kserve v0.20.0, config/llmisvcconfig and pkg/controller/v1alpha2/llmisvc',
};
