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

import { AMD } from './amd';
import { CPU } from './cpu';
import { HIDDEN_ACCELERATORS } from './hiddenAccelerators';
import { InputError } from './inputError';
import { NVIDIA } from './nvidia';
import { SIMULATOR } from './simulator';
import { TPUS } from './tpu';
import type { Accelerator } from './types';

/**
 * The accelerators a team may choose. Defaults: labels and images differ per
 * provisioner, so a platform team overrides rows in configuration.
 *
 * @public
 */
export const ACCELERATORS: readonly Accelerator[] = [
  ...NVIDIA,
  ...TPUS,
  ...AMD,
  CPU,
  SIMULATOR,
  ...HIDDEN_ACCELERATORS,
];

/**
 * The accelerator of an id, in the table given or the one shipped.
 *
 * @throws InputError when there is none; the message lists the ids there are.
 * @public
 */
export function findAccelerator(
  id: string,
  accelerators: readonly Accelerator[] = ACCELERATORS,
): Accelerator {
  const found = accelerators.find(accelerator => accelerator.id === id);
  if (!found) {
    throw new InputError(
      `Accelerator '${id}' is not known. Expected one of ${accelerators
        .filter(({ hidden }) => !hidden)
        .map(accelerator => accelerator.id)
        .join(
          ', ',
        )}. Choose one of these, or ask the platform team to add a row.`,
    );
  }
  return found;
}

/**
 * The middle of a service's default name: `gpu` in `qwen-gpu-svc`, or the
 * accelerator's id where another one of the same deployment has that class.
 *
 * @public
 */
export function serviceClass(
  id: string,
  all: readonly string[],
  accelerators: readonly Accelerator[] = ACCELERATORS,
): string {
  const own = findAccelerator(id, accelerators).class;
  const sharing = all.filter(
    other =>
      accelerators.find(accelerator => accelerator.id === other)?.class === own,
  );
  return sharing.length > 1 ? id : own;
}
