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

/**
 * Red Hat AI Inference 3.4.0-ea.1 on any Kubernetes: the reference document's
 * own stack. Its controller is KServe 0.15/0.16 with changes of its own.
 */
export const RHAII_3_4_EA1: PlatformProfile = {
  id: 'rhaii-3.4-ea1',
  name: 'Red Hat AI Inference 3.4.0-ea.1',
  kserve: '0.15',
  apiVersion: 'serving.kserve.io/v1alpha1',
  poolGroup: 'inference.networking.x-k8s.io',
  writesOlderPool: true,
  istio: '1.27',
  tls: true,
  tlsChoice: 'always',
  // `command` is [/bin/bash, -c] and the script is the only argument.
  arguments: 'replace-script',
  evaluates: true,
  tensorParallel: 'flag',
  argumentsVariable: 'VLLM_ADDITIONAL_ARGS',
  platformFlags: [
    '--served-model-name',
    '--port',
    '--enable-ssl-refresh',
    '--ssl-certfile',
    '--ssl-keyfile',
  ],
  publisherName: false,
  podLabels: false,
  distribution: 'redhat',
  acceleratorPresets: false,
  pickerReference: 'extensionRef',
  targetPort: 8000,
  schedulerConfig: 'template',
  schedulerFields: ['pool', 'template'],
  pickerArguments: [
    '--pool-name',
    '<pool>',
    '--pool-namespace',
    '<namespace>',
    '--pool-group',
    'inference.networking.x-k8s.io',
    '--zap-encoder',
    'json',
    '--grpc-port',
    '9002',
    '--grpc-health-port',
    '9003',
    '--secure-serving',
    '--model-server-metrics-scheme',
    'https',
    '--cert-path',
    '/var/run/kserve/tls',
  ],
  pickerConfigFlag: '--config-text',
  routeRules: ROUTE_RULES_0_17,
  namesRules: false,
  isolation: 'hostname',
  writesDestinationRule: true,
  pickerTlsWhenOff: true,
  // Its chart sets LLMISVC_MONITORING_DISABLED.
  writesMonitors: false,
  envoyFilter: true,
  pickerConfigApiVersion: 'inference.networking.x-k8s.io/v1alpha1',
  defaultScorers: [
    { type: 'prefix-cache-scorer', weight: 2 },
    { type: 'load-aware-scorer', weight: 1 },
  ],
  fractionalWeights: false,
  missingScorers: ['token-load-scorer'],
  eppImage:
    'registry.redhat.io/rhoai/odh-llm-d-inference-scheduler-rhel9@sha256:905b704f7d9c68af1827bba7c6eefec22d269a9084791952221eb1a1d10e32c7',
  removedFlags: ['--disable-log-requests'],
  gateway: { namespace: 'opendatahub', name: 'inference-gateway' },
  source: 'opendatahub-io/rhaii-on-xks chart 3.4.0-ea.1, charts/kserve',
};
