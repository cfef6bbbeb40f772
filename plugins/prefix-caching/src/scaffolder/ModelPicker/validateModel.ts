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

import type { CustomFieldValidator } from '@backstage/plugin-scaffolder-react';
import { prefixCachingApiRef } from '../../api';
import { OTHER_MODEL } from '../formModel';

/** A model that is offered, with the token it is downloaded with. */
export const validateModel: CustomFieldValidator<string> = async (
  id,
  field,
  { apiHolder, formData },
) => {
  if (id === undefined) {
    field.addError('Choose a model');
    return;
  }
  const api = apiHolder.get(prefixCachingApiRef);
  if (id === OTHER_MODEL || !api) {
    return;
  }
  const models = await api.getModels();
  const model = models.find(it => it.id === id);
  if (!model) {
    field.addError(
      `'${id}' is not offered to you. Choose one of ${models
        .map(it => it.id)
        .join(', ')}, or ${OTHER_MODEL} and give its address`,
    );
  } else if (model.gated && !formData.tokenSecret && !formData.serviceAccount) {
    field.addError(
      `${model.name} is downloaded only with a token. Fill in the token secret`,
    );
  }
};
