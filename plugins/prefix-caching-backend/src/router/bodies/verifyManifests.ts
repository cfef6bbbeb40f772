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

import type { VerifyManifestsRequest } from 'backstage-plugin-prefix-caching-common';
import { z } from 'zod/v3';

const expectationsSchema = z
  .object({
    now: z.string().optional(),
    entityRef: z.string().optional(),
    claimedBy: z.array(z.string()).optional(),
    lifecycle: z.string().optional(),
    dataClass: z.string().optional(),
    tenancy: z.string().optional(),
    istio: z.string().optional(),
    thresholds: z
      .object({
        hitRatioPoor: z.number(),
        hitRatioGood: z.number(),
        minimumQueryTokens: z.number(),
        predictionGap: z.number(),
        staleAfterSeconds: z.number(),
      })
      .partial()
      .strict()
      .optional(),
    requireBackReference: z.enum(['none', 'sensitive', 'all']).optional(),
  })
  .strict();

/** Objects are looked into by core, which names what is no Kubernetes object. */
const objectSchema = z
  .object({
    apiVersion: z.string(),
    kind: z.string(),
    metadata: z.object({ name: z.string() }).passthrough(),
  })
  .passthrough();

export const verifyManifestsSchema: z.ZodType<
  VerifyManifestsRequest,
  z.ZodTypeDef,
  unknown
> = z
  .object({
    files: z
      .array(z.object({ path: z.string(), content: z.string() }))
      .max(500)
      .optional(),
    objects: z.array(objectSchema).max(5_000).optional(),
    expectations: expectationsSchema.optional(),
  })
  .strict()
  .refine(body => (body.files === undefined) !== (body.objects === undefined), {
    message: 'expected either files or objects',
  });
