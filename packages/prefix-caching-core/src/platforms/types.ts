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

/** The platforms there are profiles of; a profile that another team adds has an id of its own. @public */
export type PlatformId =
  | 'rhaii-3.4-ea1'
  | 'kserve-0.16'
  | 'kserve-0.17'
  | 'kserve-0.18'
  | 'kserve-0.19'
  | 'kserve-0.20'
  | 'odh-0.20'
  | 'xks-0.20'
  | (string & Record<never, never>);

/**
 * One rule of the HTTPRoute a release manages, in its order.
 *
 * @public
 */
export interface RouteRuleShape {
  /** The release's own name for it; what we call it where the release gives none. */
  name: string;
  /**
   * What it matches: the service's own path, the publisher's path by model
   * name, or the header that names the model.
   */
  by: 'path' | 'publisher' | 'header';
  /** Prompt paths it takes; none means everything else. */
  prompts: readonly string[];
  to: 'pool' | 'service';
}

/**
 * What a KServe release × distribution reads and writes. One file per profile;
 * each field is compared with the release's real presets in the tests.
 *
 * @public
 */
export interface PlatformProfile {
  id: PlatformId;
  name: string;
  /** The KServe release it is, or is built on: `0.20`. */
  kserve: string;
  /** Of the LLMInferenceService a template must emit. */
  apiVersion: 'serving.kserve.io/v1alpha1' | 'serving.kserve.io/v1alpha2';
  poolGroup: 'inference.networking.x-k8s.io' | 'inference.networking.k8s.io';
  /** Whether the controller writes the pool in the older group too, which is the only one Istio before 1.28 reads. */
  writesOlderPool: boolean;
  /** The oldest Istio this profile is written for by default. */
  istio: string;
  /** Default; see `tlsChoice`. */
  tls: boolean;
  /** Whether TLS between gateway, picker and engines can be chosen at all. */
  tlsChoice: 'always' | 'never' | 'either';
  /**
   * What a container's `args` mean: they replace the launch script, they
   * replace the preset's arguments, or they are appended to `vllm serve`.
   */
  arguments: 'replace-script' | 'replace-arguments' | 'append';
  /** Whether the launch script reads the arguments a second time, through the shell's `eval`. */
  evaluates: boolean;
  /** Where tensor parallelism is said: the preset reads `spec.parallelism.tensor`, or the engine needs the flag. */
  tensorParallel: 'parallelism' | 'flag';
  /** The variable the preset appends to `vllm serve`, where it reads one. */
  argumentsVariable?: 'VLLM_ADDITIONAL_ARGS';
  /** Flags the preset gives the engine itself; written twice, the later one would win. */
  platformFlags: readonly string[];
  /** Whether the engine is served under `publishers/<namespace>/models/<name>` too. */
  publisherName: boolean;
  /** Whether `spec.labels` exists, which puts labels on the workload's pods. */
  podLabels: boolean;
  /** Whose images the platform pulls. */
  distribution: 'upstream' | 'redhat';
  /** Whether LLMInferenceServiceConfigs per accelerator are installed, to be named in `baseRefs`. */
  acceleratorPresets: boolean;
  /** How the InferencePool names its picker. */
  pickerReference: 'extensionRef' | 'endpointPickerRef';
  /** Port of the engine's pods that the pool targets. */
  targetPort: number;
  /** Whether `router.scheduler.config.inline` exists. */
  schedulerConfig: 'inline' | 'template';
  /** The fields `router.scheduler` has; a client that skips strict validation loses others silently. */
  schedulerFields: readonly string[];
  /**
   * The picker's own arguments, which a list in the scheduler template
   * replaces: written out before the weights. `<pool>` and `<namespace>` stand
   * for the service's. Absent where weights have a field of their own.
   */
  pickerArguments?: readonly string[];
  /** The flag that carries the weights there. */
  pickerConfigFlag?: '--config-text' | '--configText';
  /** Rules of the managed HTTPRoute. */
  routeRules: readonly RouteRuleShape[];
  /** Whether those rules have names, which are the same for every service. */
  namesRules: boolean;
  /** What keeps several services on one gateway from sharing a picker, besides a host where Istio merges routes. */
  isolation: 'hostname' | 'rule-names';
  /** Whether the controller writes the DestinationRules for picker, pool and workload itself, where TLS is on. */
  writesDestinationRule: boolean;
  /** Whether the picker serves TLS even where the platform's TLS is off, since its preset then says nothing. */
  pickerTlsWhenOff: boolean;
  /** Whether the controller writes PodMonitor, ServiceMonitor and the reader's account itself. */
  writesMonitors: boolean;
  /** Whether the reference document's EnvoyFilter can be asked for: on its own stack only. */
  envoyFilter: boolean;
  /** apiVersion of the EndpointPickerConfig this release's EPP reads. */
  pickerConfigApiVersion: string;
  defaultScorers: readonly { type: string; weight: number }[];
  /** Whether weights may be fractions: pickers built on Gateway API Inference Extension before 1.4 read whole numbers. */
  fractionalWeights: boolean;
  /** Scorers of other releases that this release's picker does not have. */
  missingScorers: readonly string[];
  /** EPP image of the preset. */
  eppImage: string;
  /** Flags that must not be written: some engine the platform may run refuses them. */
  removedFlags: readonly string[];
  gateway: { namespace: string; name: string };
  /** GatewayClass of the platform's Istio, for Gateways that are rendered; `istio` without it. */
  gatewayClass?: string;
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
  /** Whether the picker is told to serve with the platform's certificate. */
  tls?: boolean;
  /**
   * The profile that fits best: the only candidate, else the newest of them
   * where only the API version tells them from the rest.
   */
  profile?: PlatformId;
  /** Every profile these objects may come from; several where they cannot be told apart. */
  candidates: PlatformId[];
  /** Fields that nothing told; `profile` among them where there are several candidates. */
  unknown: string[];
  /** Object and value each answer was read from. */
  evidence: string[];
}
