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

import { ROUTE_RULES_0_16 } from './routeRules';
import type { PlatformProfile } from './types';

/**
 * KServe 0.16 as its own project ships it: v1alpha1, no launch script, no TLS,
 * no field for weights.
 */
export const KSERVE_0_16: PlatformProfile = {
  id: 'kserve-0.16',
  name: 'KServe 0.16',
  kserve: '0.16',
  apiVersion: 'serving.kserve.io/v1alpha1',
  poolGroup: 'inference.networking.x-k8s.io',
  writesOlderPool: true,
  istio: '1.27',
  tls: false,
  // The presets carry the certificate flags as comments only.
  tlsChoice: 'never',
  // `command` is [vllm, serve, /mnt/models]; name and port stand in `args`.
  arguments: 'replace-arguments',
  evaluates: false,
  tensorParallel: 'flag',
  platformFlags: ['--served-model-name', '--port', '--disable-log-requests'],
  publisherName: false,
  podLabels: false,
  distribution: 'upstream',
  acceleratorPresets: false,
  pickerReference: 'extensionRef',
  targetPort: 8000,
  schedulerConfig: 'template',
  schedulerFields: ['pool', 'template'],
  pickerArguments: [
    '--poolName',
    '<pool>',
    '--poolNamespace',
    '<namespace>',
    '--zap-encoder',
    'json',
    '--grpcPort',
    '9002',
    '--grpcHealthPort',
    '9003',
  ],
  pickerConfigFlag: '--configText',
  routeRules: ROUTE_RULES_0_16,
  namesRules: false,
  isolation: 'hostname',
  writesDestinationRule: false,
  pickerTlsWhenOff: true,
  writesMonitors: false,
  envoyFilter: false,
  pickerConfigApiVersion: 'inference.networking.x-k8s.io/v1alpha1',
  defaultScorers: [
    { type: 'prefix-cache-scorer', weight: 2 },
    { type: 'load-aware-scorer', weight: 1 },
  ],
  fractionalWeights: false,
  missingScorers: [
    'active-request-scorer',
    'no-hit-lru-scorer',
    'precise-prefix-cache-scorer',
    'token-load-scorer',
  ],
  eppImage: 'ghcr.io/llm-d/llm-d-inference-scheduler:v0.2.0',
  removedFlags: ['--disable-log-requests'],
  gateway: { namespace: 'kserve', name: 'kserve-ingress-gateway' },
  source:
    'kserve/kserve v0.16.0, config/llmisvcconfig and pkg/controller/v1alpha1/llmisvc',
};
