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

import type { FitRequest, ModelFacts } from 'prefix-caching-core';

/** The value of the field `model` that stands for a model of no table. */
export const OTHER_MODEL = 'other';

/** The form's fields that say which model is served. */
export interface ModelValues {
  model?: string;
  modelUri?: string;
  modelName?: string;
  modelConfig?: Record<string, unknown>;
  modelWeightsGib?: number;
}

/** A model as far as its fit can be asked about. */
export interface AskableModel {
  ask: FitRequest['model'];
  /** Tokens; without bound where nobody has said. */
  maxContext: number;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What `config.json` says of the longest context; of a multimodal model, its text part. */
function contextOf(config: Record<string, unknown>): number {
  const text = isRecord(config.text_config) ? config.text_config : config;
  const length = text.max_position_embeddings;
  return typeof length === 'number' && length > 0 ? length : Infinity;
}

/**
 * The model to ask about: one of those that are offered, or another one that
 * is described. `undefined` where nothing is known of it.
 */
export function modelOfForm(
  form: ModelValues,
  offered: readonly ModelFacts[],
): AskableModel | undefined {
  if (form.model !== OTHER_MODEL) {
    const found = offered.find(({ id }) => id === form.model);
    return found && { ask: found.id, maxContext: found.maxContext };
  }
  const { modelConfig: config, modelWeightsGib: weightsGib } = form;
  return isRecord(config) && weightsGib !== undefined
    ? {
        ask: { name: form.modelName, config, weightsGib },
        maxContext: contextOf(config),
      }
    : undefined;
}
