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

import { ROUTE_RULES_0_17 } from './routeRules';
import type { PlatformProfile } from './types';

/** What is the same in KServe's own releases from 0.17 on. */
export const KSERVE_V1ALPHA2 = {
  apiVersion: 'serving.kserve.io/v1alpha2',
  poolGroup: 'inference.networking.k8s.io',
  writesOlderPool: true,
  arguments: 'append',
  podLabels: true,
  distribution: 'upstream',
  acceleratorPresets: false,
  pickerReference: 'endpointPickerRef',
  targetPort: 8000,
  schedulerConfig: 'inline',
  schedulerFields: [
    'pool',
    'template',
    'config',
    'labels',
    'annotations',
    'replicas',
  ],
  // Files cannot tell these releases apart, and from 0.19 on rules have names
  // that every service shares: names of our own survive an upgrade.
  isolation: 'rule-names',
  writesDestinationRule: false,
  pickerTlsWhenOff: true,
  writesMonitors: false,
  envoyFilter: false,
  pickerConfigApiVersion: 'inference.networking.x-k8s.io/v1alpha1',
  removedFlags: ['--disable-log-requests'],
  gateway: { namespace: 'kserve', name: 'kserve-ingress-gateway' },
} as const satisfies Partial<PlatformProfile>;

/** KServe 0.17 as its own project ships it: the first with weights inline, still without TLS. */
export const KSERVE_0_17: PlatformProfile = {
  ...KSERVE_V1ALPHA2,
  id: 'kserve-0.17',
  name: 'KServe 0.17',
  kserve: '0.17',
  istio: '1.28',
  tls: false,
  // The presets carry the certificate flags as comments only.
  tlsChoice: 'never',
  // Everything stands in `command`, and no shell reads it again.
  evaluates: false,
  tensorParallel: 'flag',
  platformFlags: ['--served-model-name', '--port'],
  publisherName: false,
  routeRules: ROUTE_RULES_0_17,
  namesRules: false,
  defaultScorers: [
    { type: 'queue-scorer', weight: 2 },
    { type: 'prefix-cache-scorer', weight: 3 },
  ],
  fractionalWeights: false,
  missingScorers: ['token-load-scorer'],
  eppImage: 'ghcr.io/llm-d/llm-d-inference-scheduler:v0.4.0',
  source:
    'kserve/kserve v0.17.0, config/llmisvcconfig and pkg/controller/v1alpha2/llmisvc',
};
