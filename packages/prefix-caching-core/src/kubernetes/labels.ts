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

/** The label keys KServe, Gateway API and Istio give the objects we read. @public */
export const LABELS = {
  name: 'app.kubernetes.io/name',
  partOf: 'app.kubernetes.io/part-of',
  component: 'app.kubernetes.io/component',
  kserveComponent: 'kserve.io/component',
  role: 'llm-d.ai/role',
  gatewayName: 'gateway.networking.k8s.io/gateway-name',
  shadowPool: 'istio.io/inferencepool-name',
  namespaceName: 'kubernetes.io/metadata.name',
} as const;

/** Values of those labels; the same in KServe v0.16 to v0.20 and in RHAII 3.4. @public */
export const LABEL_VALUES = {
  partOf: 'llminferenceservice',
  picker: 'llminferenceservice-router-scheduler',
  /** What the reference document looks for; no release writes it. */
  documentedPicker: 'router-scheduler',
  workload: 'workload',
  route: 'llminferenceservice-router',
} as const;

/** Annotations KServe reads or writes. @public */
export const KSERVE_ANNOTATIONS = {
  /** `"true"` stops the service on purpose. */
  stop: 'serving.kserve.io/stop',
  /** Version of what runs in a pod; on EPP pods from KServe v0.18 on. */
  version: 'app.kubernetes.io/version',
} as const;

/** The annotation by which a service names the catalog entity it belongs to. @public */
export const ENTITY_REF_ANNOTATION = 'prefix-caching/entity-ref';

/** API groups an InferencePool may have; Istio reads the first up to 1.27, the second from 1.28 on. @public */
export const POOL_GROUPS = [
  'inference.networking.x-k8s.io',
  'inference.networking.k8s.io',
] as const;

/** gRPC port of the EPP when neither pool nor flags name one. @public */
export const PICKER_PORT = 9002;

/** Port of the EPP's metrics when its flags name none. @public */
export const PICKER_METRICS_PORT = 9090;

/** Port of an engine when the pool names none. @public */
export const ENGINE_PORT = 8000;
