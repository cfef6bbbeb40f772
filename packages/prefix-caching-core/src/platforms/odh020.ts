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

import { KSERVE_0_20 } from './kserve020';
import type { PlatformProfile } from './types';

/**
 * Open Data Hub on OpenShift, built on KServe 0.20: TLS on, its own
 * DestinationRules and monitors, and a preset per accelerator.
 */
export const ODH_0_20: PlatformProfile = {
  ...KSERVE_0_20,
  id: 'odh-0.20',
  name: 'Open Data Hub (KServe 0.20) on OpenShift',
  // Which Istio OpenShift's gateway controller runs differs per release, so
  // nothing is assumed to be mended.
  istio: '1.28',
  tls: true,
  distribution: 'redhat',
  acceleratorPresets: true,
  writesDestinationRule: true,
  // Its preset says --secure-serving=false where TLS is off.
  pickerTlsWhenOff: false,
  writesMonitors: true,
  eppImage: 'quay.io/opendatahub/odh-llm-d-router-endpoint-picker:v0.9.0',
  gateway: { namespace: 'openshift-ingress', name: 'openshift-ai-inference' },
  // Of OpenShift's own controller, openshift.io/gateway-controller/v1.
  gatewayClass: 'openshift-default',
  source:
    'opendatahub-io/kserve 3cf0a0416, config/overlays/odh and pkg/controller/v1alpha2/llmisvc',
};
