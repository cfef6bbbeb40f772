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

import type { PlatformProfile } from './types';

/** KServe 0.20 as its own project ships it. */
export const KSERVE_0_20: PlatformProfile = {
  id: 'kserve-0.20',
  name: 'KServe 0.20',
  apiVersion: 'serving.kserve.io/v1alpha2',
  poolGroup: 'inference.networking.k8s.io',
  istio: '1.29',
  tls: false,
  // The script stands in `command`, ends with `--`, and passes "$@" on.
  arguments: 'append',
  tensorParallel: 'parallelism',
  argumentsVariable: 'VLLM_ADDITIONAL_ARGS',
  podLabels: true,
  distribution: 'upstream',
  pickerReference: 'endpointPickerRef',
  targetPort: 8000,
  schedulerConfig: 'inline',
  routeRuleNames: [
    'v1-completions-path',
    'v1-chat-completions-path',
    'v1-responses-path',
    'v1-messages-path',
    'v1-model-routing',
    'v1-completions-publisher-path',
    'v1-chat-completions-publisher-path',
    'v1-responses-publisher-path',
    'v1-messages-publisher-path',
    'v1-publisher-path-catch-all',
    'v1-catch-all-path',
    'v1-catch-all-model-routing',
  ],
  isolation: 'rule-names',
  writesDestinationRule: false,
  pickerConfigApiVersion: 'inference.networking.x-k8s.io/v1alpha1',
  defaultScorers: [
    { type: 'queue-scorer', weight: 2 },
    { type: 'kv-cache-utilization-scorer', weight: 2 },
    { type: 'prefix-cache-scorer', weight: 3 },
    { type: 'no-hit-lru-scorer', weight: 2 },
  ],
  eppImage: 'ghcr.io/llm-d/llm-d-router-endpoint-picker:v0.9.0',
  removedFlags: ['--disable-log-requests'],
  gateway: { namespace: 'kserve', name: 'kserve-ingress-gateway' },
  source:
    'kserve/kserve v0.20.0, config/llmisvcconfig and pkg/controller/v1alpha2/llmisvc',
};
