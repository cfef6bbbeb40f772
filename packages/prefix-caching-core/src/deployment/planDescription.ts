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

import { InputError } from '../accelerators';
import { modelOfConfig } from '../models';
import type { PlanProblem } from './planError';
import type { DeploymentPlan } from './types';

/** A model that the plan describes is described well enough, and by one account only. */
export function checkDescription({ model }: DeploymentPlan): PlanProblem[] {
  const { id, uri, config, weightsGib, parameters } = model;
  if (config === undefined) {
    return weightsGib === undefined && parameters === undefined
      ? []
      : [
          {
            path: 'model.config',
            message:
              "is missing, and the size of the weights alone tells no fit. Expected the fields of the model's config.json; give them, or leave the size out.",
          },
        ];
  }
  if (id !== undefined) {
    return [
      {
        path: 'model.config',
        message: `is there beside model.id '${id}', which the model table describes. Expected one of them; leave the other out.`,
      },
    ];
  }
  if (uri === undefined) {
    return [
      {
        path: 'model.uri',
        message:
          'is missing, and model.config alone does not say where the model is. Expected an address with hf://, oci://, pvc:// or s3://; give it.',
      },
    ];
  }
  try {
    modelOfConfig({ config, weightsGib, parameters });
    return [];
  } catch (error) {
    if (!(error instanceof InputError)) {
      throw error;
    }
    const [path, message] = splitPath(error.message);
    return [{ path, message }];
  }
}

/** A message that begins with a field's path, in its two parts. */
function splitPath(text: string): [path: string, message: string] {
  const colon = text.indexOf(': ');
  return [text.slice(0, colon), text.slice(colon + 2)];
}
