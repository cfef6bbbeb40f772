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

import { DEFAULT_GATEWAY_CLASS } from './istioNames';
import { ODH_0_20 } from './odh020';
import type { PlatformProfile } from './types';

/** Open Data Hub's build for Kubernetes that is not OpenShift: without its monitors, on a gateway of its own. */
export const XKS_0_20: PlatformProfile = {
  ...ODH_0_20,
  id: 'xks-0.20',
  name: 'Open Data Hub (KServe 0.20) on any Kubernetes',
  // The overlay sets LLMISVC_MONITORING_DISABLED: no Prometheus Operator is assumed.
  writesMonitors: false,
  gateway: { namespace: 'opendatahub', name: 'inference-gateway' },
  gatewayClass: DEFAULT_GATEWAY_CLASS,
  source: 'opendatahub-io/kserve 3cf0a0416, config/overlays/odh-xks',
};
