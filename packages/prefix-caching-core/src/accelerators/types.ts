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

/** Where node labels and conventions come from; decides the node selector. @public */
export type NodePlatform = 'gke' | 'gfd' | 'karpenter' | 'eks-auto' | 'generic';

/** A way to ask for devices: how many, and the topology where one is needed. @public */
export interface DeviceChoice {
  /** Units of the Kubernetes resource in one pod. */
  devices: number;
  /** GKE TPU topology, such as `2x2`. */
  topology?: string;
  /** Environment that describes this topology to the engine. */
  env?: { name: string; value: string }[];
}

/** A toleration as a pod states it. @public */
export interface NodeToleration {
  key: string;
  operator: 'Exists' | 'Equal';
  /** With `Equal` only. */
  value?: string;
  effect: 'NoSchedule' | 'NoExecute' | 'PreferNoSchedule';
}

/** A kind of device a team may choose. @public */
export interface Accelerator {
  id: string;
  name: string;
  vendor:
    | 'nvidia'
    | 'tpu'
    | 'amd'
    | 'gaudi'
    | 'xpu'
    | 'neuron'
    | 'spyre'
    | 'cpu'
    | 'none';
  /** `gpu`, `tpu`, …: the middle of a service's default name. */
  class: string;
  /** Kubernetes extended resource; none for CPU and the simulator. */
  resource?: string;
  /** Names the same device has with another device plugin. */
  otherResources?: string[];
  /** Nominal memory of one unit of the resource, GB as the vendor prints it. */
  hbmGb?: number;
  /**
   * Memory per engine device as the engine sees it, GiB. Absent where nobody
   * measured it: `assessFit` then takes a range from the nominal memory.
   */
  usableGib?: number;
  /** Fixed size of the KV cache, GiB, where the engine is told one. */
  fixedKvCacheGib?: number;
  /** Size of the KV cache, tokens, where an argument of the row fixes it and no memory limits it. */
  fixedKvTokens?: number;
  /** Engine devices per unit of the resource: 2 on TPU v7x, so TP is not the chip count. */
  devicesPerUnit: number;
  choices: DeviceChoice[];
  /** Topologies that span hosts; they need a LeaderWorkerSet and are not offered. */
  multiHostTopologies?: string[];
  /** Written as `--dtype` unless `auto`. */
  dtype: string;
  /** The data types the device computes in, where a source lists them. */
  dtypes?: string[];
  /** Tokens per KV-cache block, when the engine cannot be asked. */
  blockSize: number;
  /** No source names the block size: the largest known one is taken, so that a prefix computed from it is never too short. */
  blockSizeAssumed?: boolean;
  fp8Kv: boolean;
  /** Formats of weights the device has no kernels for. */
  unsupportedWeights?: string[];
  nodeSelectors: Partial<Record<NodePlatform, Record<string, string>>>;
  /** Other values the selector's label has on some nodes of the same device. */
  otherLabelValues?: Partial<Record<NodePlatform, string[]>>;
  /** Labels a platform team can narrow the selector by; their values differ per cluster. */
  nodeLabels?: string[];
  /** Node label that carries the topology, where one is chosen. */
  topologyLabel?: string;
  tolerations: NodeToleration[];
  /** Container image; `undefined` leaves the platform's own. */
  image?: string;
  /** Images per distribution, where the platform's own cannot drive the device. */
  images?: { upstream?: string; redhat?: string };
  /** Whether the platform's own (CUDA) image drives the device. */
  platformImage?: boolean;
  /** LLMInferenceServiceConfig of Open Data Hub for this device. */
  odhPreset?: string;
  /** The launcher, where it is not the platform's `vllm serve`. */
  command?: string[];
  /** Which program serves: the simulator knows fewer flags than vLLM. */
  engine?: 'vllm' | 'llm-d-inference-sim';
  env: { name: string; value: string }[];
  /** Arguments this accelerator always needs. */
  args: string[];
  /** What a pod asks for besides the resource: `{ cpu: '64', memory: '64Gi' }`. */
  podResources?: Record<string, string>;
  /** Groups that may open the device files. */
  supplementalGroups?: number[];
  /** How long a start may take, seconds. */
  startupSeconds: number;
  support:
    | 'reference'
    | 'good'
    | 'limited'
    | 'legacy'
    | 'experimental'
    | 'unverified'
    | 'dev-and-ci';
  /** How well the row is known; `configured`: the platform team says so. */
  evidence: 'verified' | 'mixed' | 'recalled' | 'configured';
  /** Known, but not offered until the configuration shows it. */
  hidden?: boolean;
  /** Entity refs of the users and groups it is offered to; everyone where absent. */
  allowedFor?: string[];
  note?: string;
  source: string;
}
