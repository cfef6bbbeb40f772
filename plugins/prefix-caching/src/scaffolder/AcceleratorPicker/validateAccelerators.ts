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
import type { PlannedAccelerator } from 'prefix-caching-core';
import { prefixCachingApiRef } from '../../api';
import { modelOfForm } from '../formModel';
import { fitRequestOf } from './choice';

/**
 * Stops the form where the plan would be refused: nothing chosen, an
 * accelerator that is not offered, or one the model does not fit on. A tight
 * fit may go on.
 */
export const validateAccelerators: CustomFieldValidator<
  PlannedAccelerator[]
> = async (value, field, { apiHolder, formData }) => {
  const chosen = (value ?? []).filter(({ id }) => id !== undefined);
  if (chosen.length === 0) {
    field.addError('Choose at least one accelerator');
    return;
  }
  const api = apiHolder.get(prefixCachingApiRef);
  if (!api) {
    return;
  }
  const [accelerators, models] = await Promise.all([
    api.getAccelerators(),
    api.getModels(),
  ]);
  const model = modelOfForm(formData, models);
  for (const planned of chosen) {
    const accelerator = accelerators.find(({ id }) => id === planned.id);
    if (!accelerator) {
      field.addError(
        `'${planned.id}' is not offered to you. Choose one of ${accelerators
          .map(({ id }) => id)
          .join(', ')}`,
      );
    } else if (model) {
      const fit = await api.assessFit(
        fitRequestOf(accelerator, planned, model, 0),
      );
      if (fit.verdict === 'no') {
        field.addError([fit.summary, ...fit.remedies].join(' '));
      }
    }
  }
};
