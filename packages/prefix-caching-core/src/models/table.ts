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

import { ACCELERATORS, InputError } from '../accelerators';
import { GEMMA } from './gemma';
import { GPT_OSS } from './gptOss';
import { LLAMA } from './llama';
import { MISTRAL } from './mistral';
import { OTHER_FAMILIES } from './otherFamilies';
import { QWEN } from './qwen';
import type { DeploymentTables, ModelFacts } from './types';

/**
 * The models whose memory need is known. A model that is not listed is served
 * all the same, by its address; only the fit cannot be told.
 *
 * @public
 */
export const MODELS: readonly ModelFacts[] = [
  ...QWEN,
  ...LLAMA,
  ...MISTRAL,
  ...GEMMA,
  ...GPT_OSS,
  ...OTHER_FAMILIES,
];

/** The tables as shipped. @public */
export const DEFAULT_TABLES: DeploymentTables = {
  accelerators: ACCELERATORS,
  models: MODELS,
};

/**
 * The facts of a model's id, in the table given or the one shipped.
 *
 * @throws InputError when there is none; the message lists the ids there are.
 * @public
 */
export function findModel(
  id: string,
  models: readonly ModelFacts[] = MODELS,
): ModelFacts {
  const found = models.find(model => model.id === id);
  if (!found) {
    throw new InputError(
      `Model '${id}' is not in the model table. Expected one of ${models
        .filter(({ hidden }) => !hidden)
        .map(model => model.id)
        .join(
          ', ',
        )}. Choose one of these, or name any other model by its address (hf://, oci://, pvc:// or s3://).`,
    );
  }
  return found;
}
