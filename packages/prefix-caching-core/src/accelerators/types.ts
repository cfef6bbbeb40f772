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
    | 'cpu'
    | 'none';
  /** `gpu`, `tpu`, …: the middle of a service's default name. */
  class: string;
  /** Kubernetes extended resource; none for CPU and the simulator. */
  resource?: string;
  /** Memory per device as the engine sees it, GiB. */
  usableGib?: number;
  /** Engine devices per unit of the resource: 2 on TPU v7x, so TP is not the chip count. */
  devicesPerUnit: number;
  choices: DeviceChoice[];
  /** Written as `--dtype` unless `auto`. */
  dtype: string;
  /** Tokens per KV-cache block, when the engine cannot be asked. */
  blockSize: number;
  fp8Kv: boolean;
  nodeSelectors: Partial<Record<NodePlatform, Record<string, string>>>;
  /** Node label that carries the topology, where one is chosen. */
  topologyLabel?: string;
  tolerations: { key: string; operator: 'Exists'; effect: 'NoSchedule' }[];
  /** Container image; `undefined` leaves the platform's own. */
  image?: string;
  /** Images per distribution, where the platform's own cannot drive the device. */
  images?: { upstream?: string; redhat?: string };
  /** The launcher, where it is not the platform's `vllm serve`. */
  command?: string[];
  /** Which program serves: the simulator knows fewer flags than vLLM. */
  engine?: 'vllm' | 'llm-d-inference-sim';
  env: { name: string; value: string }[];
  /** Arguments this accelerator always needs. */
  args: string[];
  /** How long a start may take, seconds. */
  startupSeconds: number;
  support:
    | 'reference'
    | 'good'
    | 'limited'
    | 'legacy'
    | 'experimental'
    | 'dev-and-ci';
  evidence: 'verified' | 'mixed' | 'recalled';
  hidden?: boolean;
  note?: string;
  source: string;
}
