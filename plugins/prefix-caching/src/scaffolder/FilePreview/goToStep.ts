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

const LABELS = '.MuiStepper-root .MuiStepLabel-root';
const CONTROLS = 'input, select, textarea, button';

/** The labels of the form's steps, as seen from one of its fields. */
function stepLabels(from: Element): HTMLElement[] {
  for (let around = from.parentElement; around; around = around.parentElement) {
    const labels = around.querySelectorAll<HTMLElement>(LABELS);
    if (labels.length > 0) {
      return [...labels];
    }
  }
  return [];
}

/**
 * Goes back to a step of the form and puts the focus on one of its fields.
 *
 * Backstage's form lets a field know nothing of the steps, and goes back when a
 * step's label is clicked: so that is what happens here. Where there is no such
 * label, as in a form of another make, nothing does.
 *
 * @param step - counted from 1
 */
export function goToStep(from: Element, step: number, field: string): void {
  const { ownerDocument } = from;
  stepLabels(from)[step - 1]?.click();
  // The step is there once React is done with the click that brought us here.
  ownerDocument.defaultView?.setTimeout(() => {
    const target = ownerDocument.getElementById(`root_${field}`);
    const control = target?.matches(CONTROLS)
      ? target
      : target?.querySelector<HTMLElement>(CONTROLS);
    control?.focus();
  });
}
