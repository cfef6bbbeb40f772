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

import type { FitRequest } from 'backstage-plugin-prefix-caching-common/core';
import { z } from 'zod/v3';

const modelFactsSchema = z.object({
  id: z.string(),
  name: z.string(),
  huggingFace: z.string().optional(),
  attention: z.enum(['gqa', 'mla']),
  layers: z.number(),
  fullAttentionLayers: z.number(),
  slidingWindow: z.number(),
  heads: z.number(),
  kvHeads: z.number().optional(),
  headDim: z.number().optional(),
  latentDim: z.number().optional(),
  weightsGib: z.number(),
  weightsDtype: z.enum(['bf16', 'fp8', 'mxfp4', 'int4']),
  maxContext: z.number(),
  mixtureOfExperts: z.boolean().optional(),
  multimodal: z.boolean().optional(),
  gated: z.boolean(),
  evidence: z.enum(['verified', 'recalled']),
  note: z.string().optional(),
});

export const fitRequestSchema: z.ZodType<FitRequest> = z
  .object({
    model: z.union([z.string(), modelFactsSchema]),
    accelerator: z.string(),
    devices: z.number().int().min(1),
    tensorParallel: z.number().int().min(1).optional(),
    maxModelLen: z.number().int().min(1),
    gpuMemoryUtilization: z.number().gt(0).lte(1).optional(),
    sharedPrefixTokens: z.number().int().min(0).optional(),
  })
  .strict();
