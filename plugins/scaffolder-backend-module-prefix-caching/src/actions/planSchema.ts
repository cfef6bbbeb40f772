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

import type { z as zod } from 'zod/v3';

/**
 * The shape of a plan for the scaffolder's own checks and its list of actions.
 *
 * It says types only, and lets further fields through: which platforms,
 * accelerators, models, lengths and names are allowed is for the back end to
 * say, whose message begins with the field's path.
 */
export function planSchema(z: typeof zod) {
  const accelerator = z
    .object({
      id: z.string().describe('Accelerator id, such as nvidia-t4 or tpu-v6e'),
      service: z
        .string()
        .describe('Name of its LLMInferenceService; derived without it')
        .optional(),
      devices: z.number().describe('Devices per replica').optional(),
      topology: z.string().describe('TPU topology, such as 2x2').optional(),
      tensorParallel: z.number().describe('Tensor parallel size').optional(),
      dtype: z.string().describe('Data type of the weights').optional(),
      maxModelLen: z
        .number()
        .describe('Longest prompt plus answer, in tokens')
        .optional(),
      gpuMemoryUtilization: z
        .number()
        .describe('Share of device memory the engine may use, 0 to 1')
        .optional(),
      maxNumSeqs: z
        .number()
        .describe('Requests one replica runs at a time')
        .optional(),
      args: z
        .array(z.string())
        .describe('Further engine arguments, each --name or --name=value')
        .optional(),
    })
    .passthrough();

  const model = z
    .object({
      id: z.string().describe('Model of the table').optional(),
      uri: z
        .string()
        .describe('hf://, oci://, pvc:// or s3:// address of another model')
        .optional(),
      name: z.string().describe('Name that clients ask for').optional(),
      tokenSecret: z
        .string()
        .describe('Secret with the key HF_TOKEN, for a gated model')
        .optional(),
      serviceAccount: z
        .string()
        .describe('Service account that may read the model')
        .optional(),
      config: z
        .record(z.unknown())
        .describe('For a model of no table: the fields of its config.json')
        .optional(),
      weightsGib: z
        .number()
        .describe('With config: sum of the safetensors files, GiB')
        .optional(),
      parameters: z
        .number()
        .describe('With config, in place of weightsGib: number of parameters')
        .optional(),
    })
    .passthrough();

  const platform = z.union([
    z.string(),
    z.object({
      id: z.string(),
      istio: z.string().optional(),
      tls: z.boolean().optional(),
    }),
  ]);

  return z
    .object({
      name: z.string().describe('Name of the service and of its entity'),
      namespace: z.string().describe('Kubernetes namespace'),
      owner: z.string().describe('Entity ref of the owner'),
      system: z.string().describe('Entity ref of the system').optional(),
      lifecycle: z.string().describe('Lifecycle of the entity').optional(),
      description: z.string().describe('Description of the entity').optional(),
      entityNamespace: z
        .string()
        .describe('Namespace of the entity')
        .optional(),
      cluster: z
        .string()
        .describe('Cluster, as the portal names it')
        .optional(),
      dataClass: z.string().describe('What data requests carry').optional(),
      tenancy: z.string().describe('Who else uses the cluster').optional(),
      model: model.describe('What is served'),
      imagePullSecrets: z
        .array(z.string())
        .describe('Secrets for pulling images')
        .optional(),
      platform: platform.describe('Platform profile'),
      nodePlatform: z
        .string()
        .describe('Whose node labels select the nodes')
        .optional(),
      gateway: z
        .object({
          namespace: z.string(),
          name: z.string(),
          domain: z.string().optional(),
        })
        .describe("The Gateway to attach to; the platform's own without it")
        .optional(),
      isolation: z
        .string()
        .describe(
          'What keeps services from sharing a picker: auto, hostname or gateway',
        )
        .optional(),
      argoCd: z
        .object({ repoUrl: z.string(), path: z.string() })
        .describe('Writes an Argo CD Application for this repository and path')
        .optional(),
      accelerators: z
        .array(accelerator)
        .describe('One LLMInferenceService is written for each'),
      replicas: z.number().describe('Replicas per accelerator'),
      networkPolicies: z
        .boolean()
        .describe('Whether to write NetworkPolicies')
        .optional(),
      monitoring: z
        .boolean()
        .describe(
          'Whether to write monitors and the account that reads metrics',
        )
        .optional(),
      envoyFilter: z
        .boolean()
        .describe("Whether to write the reference document's EnvoyFilter")
        .optional(),
      overlays: z
        .array(z.string())
        .describe('Environments, each with an overlay of its own')
        .optional(),
      scorers: z
        .array(z.object({ type: z.string(), weight: z.number() }))
        .describe("Scorers and weights; the platform's own without it")
        .optional(),
    })
    .passthrough();
}
