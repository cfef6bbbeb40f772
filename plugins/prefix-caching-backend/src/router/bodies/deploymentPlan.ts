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

import type { DeploymentPlan } from 'backstage-plugin-prefix-caching-common/core';
import { z } from 'zod/v3';

/** Which ids there are is the renderer's to say: other teams add platforms. */
const platformIdSchema = z.string();

const acceleratorSchema = z
  .object({
    id: z.string(),
    service: z.string().optional(),
    devices: z.number().optional(),
    topology: z.string().optional(),
    tensorParallel: z.number().optional(),
    dtype: z.string().optional(),
    maxModelLen: z.number().optional(),
    gpuMemoryUtilization: z.number().optional(),
    maxNumSeqs: z.number().optional(),
    args: z.array(z.string()).optional(),
  })
  .strict();

/** The shape alone; what the values may be is the renderer's to say. */
export const deploymentPlanSchema: z.ZodType<DeploymentPlan> = z
  .object({
    name: z.string(),
    namespace: z.string(),
    owner: z.string(),
    system: z.string().optional(),
    lifecycle: z.string().optional(),
    cluster: z.string().optional(),
    dataClass: z.string().optional(),
    tenancy: z.string().optional(),
    model: z
      .object({
        id: z.string().optional(),
        uri: z.string().optional(),
        name: z.string().optional(),
        tokenSecret: z.string().optional(),
        serviceAccount: z.string().optional(),
        config: z.record(z.unknown()).optional(),
        weightsGib: z.number().optional(),
        parameters: z.number().optional(),
      })
      .strict(),
    imagePullSecrets: z.array(z.string()).optional(),
    platform: z.union([
      platformIdSchema,
      z
        .object({
          id: platformIdSchema,
          istio: z.string().optional(),
          tls: z.boolean().optional(),
        })
        .strict(),
    ]),
    nodePlatform: z
      .enum(['gke', 'gfd', 'karpenter', 'eks-auto', 'generic'])
      .optional(),
    gateway: z
      .object({
        namespace: z.string(),
        name: z.string(),
        domain: z.string().optional(),
      })
      .strict()
      .optional(),
    isolation: z.enum(['auto', 'hostname', 'gateway']).optional(),
    argoCd: z
      .object({ repoUrl: z.string(), path: z.string() })
      .strict()
      .optional(),
    accelerators: z.array(acceleratorSchema),
    replicas: z.number(),
    networkPolicies: z.boolean().optional(),
    monitoring: z.boolean().optional(),
    envoyFilter: z.boolean().optional(),
    overlays: z.array(z.string()).optional(),
    scorers: z
      .array(z.object({ type: z.string(), weight: z.number() }).strict())
      .optional(),
    description: z.string().optional(),
    entityNamespace: z.string().optional(),
  })
  .strict();
