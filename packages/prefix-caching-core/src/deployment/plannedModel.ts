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

import { MODELS } from '../models';
import type { ModelFacts } from '../models';
import type { DeploymentPlan } from './types';

/**
 * The facts of a plan's model: by its id, or by the repository its address
 * names. `undefined` for a model that is in no table.
 */
export function plannedFacts(
  { model }: DeploymentPlan,
  models: readonly ModelFacts[] = MODELS,
): ModelFacts | undefined {
  if (model.id !== undefined) {
    return models.find(({ id }) => id === model.id);
  }
  const repository = /^hf:\/\/([^:@]+)/.exec(model.uri ?? '')?.[1];
  return models.find(({ huggingFace }) => huggingFace === repository);
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
  const [scheme, rest] = uri.split('://');
  const path = rest
    .replace(/@.*$/, '')
    .replace(/:[^/:]*$/, '')
    .replace(/\/+$/, '');
  const fromUri =
    scheme === 'hf' ? path : path.slice(path.lastIndexOf('/') + 1);
  return {
    uri,
    name: plan.model.name ?? facts?.huggingFace ?? fromUri,
  };
}
