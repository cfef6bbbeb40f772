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

import { MODELS, modelOfConfig } from '../models';
import type { ModelFacts } from '../models';
import type { DeploymentPlan } from './types';

/**
 * The facts of a plan's model: by its id, by the fields of `config.json` that
 * the plan brings along, or by the repository its address names. `undefined`
 * for a model of which nothing is known.
 *
 * @throws InputError naming a field of `model.config` that cannot be read.
 */
export function plannedFacts(
  plan: DeploymentPlan,
  models: readonly ModelFacts[] = MODELS,
): ModelFacts | undefined {
  const { model } = plan;
  if (model.id !== undefined) {
    return models.find(({ id }) => id === model.id);
  }
  const { config, weightsGib, parameters } = model;
  if (config !== undefined) {
    const name = model.name ?? nameOf(model.uri ?? '');
    return modelOfConfig({ name, config, weightsGib, parameters });
  }
  const repository = /^hf:\/\/([^:@]+)/.exec(model.uri ?? '')?.[1];
  return models.find(({ huggingFace }) => huggingFace === repository);
}

/** The name an address gives its model. */
function nameOf(uri: string): string {
  const [scheme, rest = ''] = uri.split('://');
  const path = rest
    .replace(/@.*$/, '')
    .replace(/:[^/:]*$/, '')
    .replace(/\/+$/, '');
  return scheme === 'hf' ? path : path.slice(path.lastIndexOf('/') + 1);
}

/** The address of the model: the plan's own, or the repository on Hugging Face. */
export function modelAddress(
  plan: DeploymentPlan,
  models: readonly ModelFacts[] = MODELS,
): {
  uri: string;
  name: string;
} {
  const facts = plannedFacts(plan, models);
  const uri = plan.model.uri ?? `hf://${facts?.huggingFace ?? ''}`;
  return {
    uri,
    name: plan.model.name ?? facts?.huggingFace ?? nameOf(uri),
  };
}
