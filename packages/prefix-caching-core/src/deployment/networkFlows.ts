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

/** One connection a deployment makes, and the policy that opens it. */
export interface PolicyFlow {
  /** The reference document's policy that names it; a dash where none does. */
  usualName: string;
  flow: string;
  ports: string;
  where: string;
}

/**
 * Every connection of a deployment, in the order of the reference document's
 * four policies and then what they leave out. The document calls two of them
 * by their file names; in a cluster those are `allow-istio-control-plane` and
 * `allow-gateway-to-epp-scheduler`.
 */
export const POLICY_FLOWS: readonly PolicyFlow[] = [
  {
    usualName: 'allow-gateway-to-vllm',
    flow: 'gateway → engine',
    ports: 'TCP 8000',
    where: 'engine policy, ingress',
  },
  {
    usualName: 'allow-vllm-egress',
    flow: 'engine → model source (Hugging Face, registry, object storage)',
    ports: 'TCP 443',
    where: 'engine policy, egress',
  },
  {
    usualName: 'allow-vllm-egress',
    flow: 'engine → DNS',
    ports: 'UDP and TCP 53',
    where: 'engine policy, egress',
  },
  {
    usualName: 'allow-istio (allow-istio-control-plane)',
    flow: 'sidecar → istiod, only where one is injected (none is needed)',
    ports: 'TCP 15012',
    where: 'both policies, egress',
  },
  {
    usualName: 'allow-epp-scheduler (allow-gateway-to-epp-scheduler)',
    flow: 'gateway → picker (ext_proc)',
    ports: 'TCP 9002',
    where: 'picker policy, ingress',
  },
  {
    usualName: 'allow-epp-scheduler',
    flow: 'picker → engine (metrics)',
    ports: 'TCP 8000',
    where: 'picker policy, egress; engine policy, ingress',
  },
  {
    usualName: 'allow-epp-scheduler',
    flow: 'picker → API server, and → model source for its tokenizer',
    ports: 'TCP 443 and 6443',
    where: 'picker policy, egress',
  },
  {
    usualName: 'allow-epp-scheduler',
    flow: 'picker → DNS',
    ports: 'UDP and TCP 53',
    where: 'picker policy, egress',
  },
  {
    usualName: '–',
    flow: 'picker ↔ engine (cache events, precise prefix caching)',
    ports: 'TCP 5557',
    where: 'both policies, both directions',
  },
  {
    usualName: '–',
    flow: 'kubelet → picker (probes)',
    ports: 'TCP 9003',
    where: 'picker policy, ingress',
  },
  {
    usualName: '–',
    flow: 'monitoring and portal → picker',
    ports: 'TCP 9090',
    where: 'picker policy, ingress',
  },
  {
    usualName: '–',
    flow: 'monitoring and portal → engine',
    ports: 'TCP 8000',
    where: 'engine policy, ingress',
  },
  {
    usualName: '–',
    flow: 'picker → tokenizer',
    ports: 'none',
    where:
      "not opened: up to KServe 0.20 the tokenizer runs inside the picker's pod",
  },
  {
    usualName: '–',
    flow: 'prefill ↔ decode',
    ports: 'none',
    where: 'not opened: these deployments do not split the two',
  },
];
