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

import type { Entity } from '@backstage/catalog-model';
import { LLM_INFERENCE_SERVICES_ANNOTATION } from 'backstage-plugin-prefix-caching-common';

/** `kind` of the KServe connector's entities, before they become APIs. */
export const MODEL_SERVER_KIND = 'AiModelServerAPI';
/** `spec.type` of the same as an API. */
export const MODEL_SERVER_TYPE = 'ai-model-server';

/**
 * Whether an entity names LLMInferenceServices, or is a model server of the
 * KServe connector; for `EntityLayout.Route` in the legacy front-end system.
 *
 * @public
 */
export function isPrefixCachingAvailable(entity: Entity): boolean {
  const kind = entity.kind.toLocaleLowerCase('en-US');
  return (
    entity.metadata.annotations?.[LLM_INFERENCE_SERVICES_ANNOTATION] !==
      undefined ||
    kind === MODEL_SERVER_KIND.toLocaleLowerCase('en-US') ||
    (kind === 'api' && entity.spec?.type === MODEL_SERVER_TYPE)
  );
}
