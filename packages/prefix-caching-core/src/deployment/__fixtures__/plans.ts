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

import type { DeploymentPlan } from '../types';

/**
 * The reference document's own case: Qwen2.5-3B on T4 and TPU v6e, three
 * replicas each, on one gateway.
 */
export function referencePlan(
  platform: DeploymentPlan['platform'],
): DeploymentPlan {
  return {
    name: 'qwen-3b',
    namespace: 'rhaii-inference',
    owner: 'group:default/team-assist',
    system: 'assistant',
    lifecycle: 'production',
    model: { id: 'qwen2.5-3b-instruct' },
    platform,
    gateway: { namespace: 'opendatahub', name: 'inference-gateway' },
    replicas: 3,
    networkPolicies: true,
    accelerators: [
      {
        id: 'nvidia-t4',
        dtype: 'half',
        maxModelLen: 4096,
        gpuMemoryUtilization: 0.85,
        maxNumSeqs: 128,
      },
      {
        id: 'tpu-v6e',
        topology: '2x2',
        dtype: 'bfloat16',
        maxModelLen: 2048,
        tensorParallel: 4,
      },
    ],
  };
}

/** Everything a plan can say at once. */
export function fullPlan(platform: DeploymentPlan['platform']): DeploymentPlan {
  return {
    ...referencePlan(platform),
    name: 'llama-assist',
    entityNamespace: 'ai',
    description: 'Answers questions: "on", yes, 1:30 # not a comment',
    cluster: 'europe-west4',
    dataClass: 'confidential',
    tenancy: 'multi',
    model: {
      id: 'llama-3.1-8b-instruct',
      uri: 's3://models/llama-3.1-8b',
      name: 'assist/llama',
      tokenSecret: 'hf-token',
    },
    imagePullSecrets: ['registry-credentials'],
    gateway: {
      namespace: 'ingress',
      name: 'public',
      domain: 'models.example.com',
    },
    argoCd: {
      repoUrl: 'https://gitlab.example.com/assist/llama.git',
      path: 'deploy',
    },
    accelerators: [
      { id: 'nvidia-l4', devices: 2, maxModelLen: 8192 },
      { id: 'nvidia-h100', service: 'llama-fast' },
      { id: 'tpu-v6e', topology: '2x4' },
      { id: 'simulator' },
    ],
    scorers: [
      { type: 'prefix-cache-scorer', weight: 3 },
      { type: 'queue-scorer', weight: 1 },
    ],
  };
}
