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

import type {
  Accelerator,
  FitFix,
  PlannedAccelerator,
} from 'prefix-caching-core';
import { useState } from 'react';
import type { ChosenVerdict } from './ChoiceStatus';
import {
  fitRequestOf,
  isOnPlatform,
  prefilledLength,
  withChoice,
  withFix,
} from './choice';
import { useFits } from './useFits';
import type { FitAnswer } from './useFits';
import { modelOfForm } from '../formModel';
import type { ModelValues } from '../formModel';
import type { Offered } from '../useOffered';

export interface ChoiceRow {
  accelerator: Accelerator;
  planned: PlannedAccelerator;
  chosen: boolean;
  answer?: FitAnswer;
  suggestedLength?: number;
  onToggle(): void;
  onChange(planned: PlannedAccelerator): void;
  onFix(fix: FitFix): void;
}

/**
 * The rows of the picker over the plan's `accelerators`: what is chosen is in
 * the value; what was only looked at is kept beside it.
 */
export function useChoices(options: {
  offered?: Offered;
  form: ModelValues & { nodePlatform?: string };
  sharedPrefix: number;
  value?: PlannedAccelerator[];
  onChange(value: PlannedAccelerator[]): void;
}) {
  const { offered, form, sharedPrefix, onChange } = options;
  const { nodePlatform } = form;
  // A form fills an empty list with an empty object.
  const value = (options.value ?? []).filter(({ id }) => id !== undefined);
  const [looked, setLooked] = useState<Record<string, PlannedAccelerator>>({});
  const all = offered?.accelerators ?? [];
  const model = modelOfForm(form, offered?.models ?? []);
  const chosenOf = (id: string) => value.find(it => it.id === id);
  const shown = all.filter(
    it => isOnPlatform(it, nodePlatform) || chosenOf(it.id),
  );
  const plannedOf = (accelerator: Accelerator): PlannedAccelerator =>
    chosenOf(accelerator.id) ??
    looked[accelerator.id] ??
    withChoice({ id: accelerator.id }, accelerator.choices[0]);
  const requestOf = (accelerator: Accelerator) =>
    model &&
    fitRequestOf(accelerator, plannedOf(accelerator), model, sharedPrefix);
  const answerTo = useFits(shown.flatMap(it => requestOf(it) ?? []));

  /** Puts an entry in the place of another, or at the end; no accelerator twice. */
  const put = (planned: PlannedAccelerator, inPlaceOf = planned.id) => {
    const rest = value.filter(
      it => it.id !== planned.id || it.id === inPlaceOf,
    );
    onChange(
      rest.some(it => it.id === inPlaceOf)
        ? rest.map(it => (it.id === inPlaceOf ? planned : it))
        : [...rest, planned],
    );
  };

  const rows = shown.map((accelerator): ChoiceRow => {
    const { id } = accelerator;
    const planned = plannedOf(accelerator);
    const chosen = chosenOf(id) !== undefined;
    const answer = answerTo(requestOf(accelerator));
    const suggestedLength = model && prefilledLength(model, answer?.fit);
    const change = (next: PlannedAccelerator) =>
      chosen || next.id !== id
        ? put(next, id)
        : setLooked({ ...looked, [id]: next });
    return {
      accelerator,
      planned,
      chosen,
      answer,
      suggestedLength,
      onToggle() {
        if (chosen) {
          setLooked({ ...looked, [id]: planned });
          onChange(value.filter(it => it.id !== id));
        } else {
          put({
            ...planned,
            maxModelLen: planned.maxModelLen ?? suggestedLength,
          });
        }
      },
      onChange: change,
      onFix: fix => change(withFix(planned, fix)),
    };
  });

  return {
    rows,
    /** Tensor parallel sizes that divide the model's heads; none where they are not known. */
    validTensorParallel: [
      ...new Set(
        rows.flatMap(({ answer }) => answer?.fit?.validTensorParallel ?? []),
      ),
    ].sort((one, other) => one - other),
    /** Whether the model's facts are known, so that a fit can be told. */
    known: model !== undefined,
    isOffered: (id: string) => shown.some(it => it.id === id),
    /** Chosen, but not, or no longer, offered to this user. */
    notOffered: offered
      ? value.map(({ id }) => id).filter(id => !all.some(it => it.id === id))
      : [],
    /** Offered, but not where these nodes are. */
    elsewhere: all.filter(it => !shown.includes(it)).map(({ name }) => name),
    chosen: rows
      .filter(({ chosen }) => chosen)
      .map(
        ({ accelerator, answer }): ChosenVerdict => ({
          name: accelerator.name,
          fit: answer?.fit,
        }),
      ),
    remove: (id: string) => onChange(value.filter(it => it.id !== id)),
  };
}
