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
import { ROUTE_RULES_0_18 } from './routeRules';
import type { PlatformProfile } from './types';

/** KServe 0.18 as its own project ships it: the first with a launch script and with TLS. */
export const KSERVE_0_18: PlatformProfile = {
  ...KSERVE_V1ALPHA2,
  id: 'kserve-0.18',
  name: 'KServe 0.18',
  kserve: '0.18',
  istio: '1.28',
  tls: false,
  tlsChoice: 'either',
  // The script stands in `command`, ends with `--`, and passes "$@" on.
  evaluates: true,
  tensorParallel: 'flag',
  argumentsVariable: 'VLLM_ADDITIONAL_ARGS',
  platformFlags: [
    '--served-model-name',
    '--port',
    '--disable-uvicorn-access-log',
    '--enable-ssl-refresh',
    '--ssl-certfile',
    '--ssl-keyfile',
  ],
  publisherName: false,
  routeRules: ROUTE_RULES_0_18,
  namesRules: false,
  defaultScorers: [
    { type: 'queue-scorer', weight: 2 },
    { type: 'prefix-cache-scorer', weight: 3 },
  ],
  fractionalWeights: true,
  missingScorers: ['token-load-scorer'],
  eppImage: 'ghcr.io/llm-d/llm-d-inference-scheduler:v0.7.1',
  source:
    'kserve/kserve v0.18.0, config/llmisvcconfig and pkg/controller/v1alpha2/llmisvc',
};
