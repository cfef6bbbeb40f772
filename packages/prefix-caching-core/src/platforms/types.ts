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

/** The platforms there are profiles of. @public */
export type PlatformId = 'rhaii-3.4-ea1' | 'kserve-0.20';

/**
 * What a KServe release × distribution reads and writes. One file per profile;
 * each field is compared with the release's real presets in the tests.
 *
 * @public
 */
export interface PlatformProfile {
  id: PlatformId;
  name: string;
  /** Of the LLMInferenceService a template must emit. */
  apiVersion: 'serving.kserve.io/v1alpha1' | 'serving.kserve.io/v1alpha2';
  poolGroup: 'inference.networking.x-k8s.io' | 'inference.networking.k8s.io';
  /** The oldest Istio this profile runs on. */
  istio: string;
  tls: boolean;
  /** What a container's `args` mean: they replace the launch script, or are appended to `vllm serve`. */
  arguments: 'replace-script' | 'append';
  /** Where tensor parallelism is said: the preset reads `spec.parallelism.tensor`, or the engine needs the flag. */
  tensorParallel: 'parallelism' | 'flag';
  /** The variable the preset appends to `vllm serve`; read by both profiles. */
  argumentsVariable: 'VLLM_ADDITIONAL_ARGS';
  /** Whether `spec.labels` exists, which puts labels on the workload's pods. */
  podLabels: boolean;
  /** Whose images the platform pulls. */
  distribution: 'upstream' | 'redhat';
  /** How the InferencePool names its picker. */
  pickerReference: 'extensionRef' | 'endpointPickerRef';
  /** Port of the engine's pods that the pool targets. */
  targetPort: number;
  /** Whether `router.scheduler.config.inline` exists. */
  schedulerConfig: 'inline' | 'template';
  /** Rule names of the managed HTTPRoute; empty when its rules are unnamed. */
  routeRuleNames: string[];
  /** What keeps several services on one gateway from sharing a picker. */
  isolation: 'hostname' | 'rule-names';
  /** Whether the controller writes the DestinationRule for the EPP itself. */
  writesDestinationRule: boolean;
  /** apiVersion of the EndpointPickerConfig this release's EPP reads. */
  pickerConfigApiVersion: string;
  defaultScorers: { type: string; weight: number }[];
  /** EPP image tag and the engine flags its engine rejects. */
  eppImage: string;
  removedFlags: string[];
  gateway: { namespace: string; name: string };
  source: string;
}

/** A platform as a plan names it: an id, or an id with what differs there. @public */
export type PlatformChoice =
  | PlatformId
  | { id: PlatformId; istio?: string; tls?: boolean };

/**
 * What observed objects say of the platform they run on. A field that nothing
 * told is absent, and its name stands in `unknown`.
 *
 * @public
 */
export interface DetectedPlatform {
  /** KServe release, `0.20`. */
  kserve?: string;
  /** Istio release, `1.30.4`. */
  istio?: string;
  distribution?: 'upstream' | 'odh' | 'rhaii';
  /** API group of the InferencePool that routes name. */
  poolGroup?: string;
  /** Of the LLMInferenceServices. */
  apiVersion?: string;
  profile?: PlatformId;
  unknown: string[];
  /** Object and value each answer was read from. */
  evidence: string[];
}
