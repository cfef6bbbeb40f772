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

import type {
  DescribedModel,
  FitRequest,
  ModelFacts,
} from 'backstage-plugin-prefix-caching-common/core';
import { z } from 'zod/v3';

const modelFactsSchema: z.ZodType<ModelFacts> = z
  .object({
    id: z.string(),
    name: z.string(),
    huggingFace: z.string().optional(),
    family: z.enum(['qwen', 'llama']).optional(),
    attention: z.enum(['gqa', 'mla']),
    layers: z.number().int().min(1),
    fullAttentionLayers: z.number().int().min(1),
    slidingWindow: z.number().int().min(0),
    heads: z.number().int().min(1),
    kvHeads: z.number().int().min(1).optional(),
    headDim: z.number().int().min(1).optional(),
    latentDim: z.number().int().min(1).optional(),
    weightsGib: z.number().gt(0),
    weightsDtype: z.enum(['bf16', 'fp8', 'mxfp4', 'int4']),
    maxContext: z.number().int().min(1),
    mixtureOfExperts: z.boolean().optional(),
    multimodal: z.boolean().optional(),
    gated: z.boolean(),
    evidence: z.enum(['verified', 'recalled', 'configured']),
    hidden: z.boolean().optional(),
    allowedFor: z.array(z.string()).optional(),
    note: z.string().optional(),
  })
  .strict();

/** The fields of config.json are read, and named when wrong, by core. */
const describedModelSchema: z.ZodType<DescribedModel> = z
  .object({
    name: z.string().optional(),
    config: z.record(z.unknown()),
    weightsGib: z.number().gt(0).optional(),
    parameters: z.number().gt(0).optional(),
  })
  .strict();

/** Decided by the one field that tells the three apart, so that a message names a field of the right one. */
const modelSchema: FitRequestModel = z
  .unknown()
  .superRefine((model, context) => {
    const result = schemaOf(model).safeParse(model);
    for (const issue of result.success ? [] : result.error.issues) {
      context.addIssue(issue);
    }
  }) as FitRequestModel;

type FitRequestModel = z.ZodType<FitRequest['model'], z.ZodTypeDef, unknown>;

function schemaOf(model: unknown): z.ZodType<FitRequest['model']> {
  if (typeof model !== 'object' || model === null) {
    return z.string({
      required_error: 'Required',
      invalid_type_error:
        'Expected the id of a model, its facts, or its config.json as { config: {…} }',
    });
  }
  return 'config' in model ? describedModelSchema : modelFactsSchema;
}

export const fitRequestSchema: z.ZodType<FitRequest, z.ZodTypeDef, unknown> = z
  .object({
    model: modelSchema,
    accelerator: z.string(),
    devices: z.number().int().min(1),
    tensorParallel: z.number().int().min(1).optional(),
    maxModelLen: z.number().int().min(1),
    gpuMemoryUtilization: z.number().gt(0).lte(1).optional(),
    kvCacheDtype: z.enum(['auto', 'fp8']).optional(),
    sharedPrefixTokens: z.number().int().min(0).optional(),
  })
  .strict();
