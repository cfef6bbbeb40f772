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

import type { Accelerator, PlannedAccelerator } from 'prefix-caching-core';
import {
  choiceOf,
  choiceValue,
  fitRequestOf,
} from '../AcceleratorPicker/choice';
import { useFits } from '../AcceleratorPicker/useFits';
import type { FitAnswer } from '../AcceleratorPicker/useFits';
import { modelOfForm } from '../formModel';
import type { Offered } from '../useOffered';
import type { FormValues } from './planOfForm';

/** What the warm prefixes of the plan are counted with, as in the picker. */
export const SHARED_PREFIX = 1024;

/** One accelerator of the form, with its row of the table and its fit. */
export interface ChosenAccelerator {
  planned: PlannedAccelerator;
  /** `NVIDIA T4 × 1`, `Google TPU v6e 2x2`. */
  name: string;
  accelerator?: Accelerator;
  answer?: FitAnswer;
}

/** The accelerators that were chosen, and whether the model fits on each. */
export function useChosen(
  form: FormValues,
  offered: Offered | undefined,
): ChosenAccelerator[] {
  const model = modelOfForm(form, offered?.models ?? []);
  const chosen = (form.accelerators ?? []).map(planned => {
    const accelerator = offered?.accelerators.find(
      ({ id }) => id === planned.id,
    );
    return {
      planned,
      accelerator,
      request:
        model &&
        accelerator &&
        fitRequestOf(accelerator, planned, model, SHARED_PREFIX),
    };
  });
  const answerTo = useFits(chosen.flatMap(({ request }) => request ?? []));
  return chosen.map(({ planned, accelerator, request }) => ({
    planned,
    accelerator,
    answer: answerTo(request),
    name: nameOf(planned, accelerator),
  }));
}

function nameOf(
  planned: PlannedAccelerator,
  accelerator: Accelerator | undefined,
): string {
  if (!accelerator) {
    return planned.id;
  }
  const choice = choiceOf(accelerator, planned);
  return choice.topology
    ? `${accelerator.name} ${choiceValue(choice)}`
    : `${accelerator.name} × ${choice.devices}`;
}
