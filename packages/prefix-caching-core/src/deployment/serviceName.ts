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

import { ACCELERATORS, serviceClass } from '../accelerators';
import type { Accelerator } from '../accelerators';
import type { DeploymentPlan } from './types';

/**
 * The name of a service that nobody named: `<name>-<class>-svc`, by
 * accelerator id where two of the deployment share a class.
 *
 * @throws InputError for an unknown accelerator.
 * @public
 */
export function defaultServiceName(
  name: string,
  accelerator: string,
  all: readonly string[],
  accelerators: readonly Accelerator[] = ACCELERATORS,
): string {
  return `${name}-${serviceClass(accelerator, all, accelerators)}-svc`;
}

/** The name of each LLMInferenceService of a plan, in the plan's order. */
export function serviceNames(
  plan: DeploymentPlan,
  accelerators: readonly Accelerator[] = ACCELERATORS,
): string[] {
  const ids = plan.accelerators.map(({ id }) => id);
  return plan.accelerators.map(
    ({ id, service }) =>
      service ?? defaultServiceName(plan.name, id, ids, accelerators),
  );
}
