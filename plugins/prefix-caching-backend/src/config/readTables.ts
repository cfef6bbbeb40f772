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

import { InputError } from '@backstage/errors';
import {
  ACCELERATORS,
  MODELS,
  mergeAccelerators,
  mergeModels,
  type DeploymentTables,
} from 'backstage-plugin-prefix-caching-common/core';

/**
 * The accelerators and models of this portal: those shipped, with what the
 * sections `prefixCaching.accelerators` and `prefixCaching.models` say.
 *
 * The sections are read as plain objects, since ids hold dots, which a path of
 * the configuration reader takes for levels.
 *
 * @throws InputError with the path of the mistake and the allowed values.
 */
export function readTables(sections: {
  accelerators?: unknown;
  models?: unknown;
}): DeploymentTables {
  try {
    return {
      accelerators: mergeAccelerators(ACCELERATORS, sections.accelerators),
      models: mergeModels(MODELS, sections.models),
    };
  } catch (error) {
    throw new InputError(error instanceof Error ? error.message : `${error}`);
  }
}
