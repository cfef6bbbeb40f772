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

/** What the form sends for Qwen2.5-3B on a T4 and a v6e, left at its defaults. */
export const values = {
  name: 'qwen-3b',
  owner: 'group:default/team-assist',
  lifecycle: 'experimental',
  model: 'qwen2.5-3b-instruct',
  platform: 'kserve-0.20',
  namespace: 'llm-serving',
  accelerators: [
    { id: 'nvidia-t4', devices: 1, maxModelLen: 4096 },
    { id: 'tpu-v6e', topology: '2x2', maxModelLen: 2048 },
  ],
  replicas: 2,
  dataClass: 'internal',
  tenancy: 'single',
  networkPolicies: 'auto',
  gateway: { namespace: 'istio-ingress', name: 'inference-gateway' },
  repoUrl: 'localhost:7009?owner=platform&repo=qwen-3b',
};
