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

/** One thing in a plan that cannot be used. @public */
export interface PlanProblem {
  /** The field, as a form names it: `accelerators[0].tensorParallel`. */
  path: string;
  /** What it is, what was expected, and what to do. */
  message: string;
}

/**
 * A plan that cannot be rendered. The message begins with the field's path, so
 * that a form and a task log point at the same place.
 *
 * @public
 */
export class PlanError extends InputError {
  readonly problems: readonly PlanProblem[];

  constructor(problems: readonly PlanProblem[]) {
    super(
      problems.map(({ path, message }) => `${path}: ${message}`).join('\n'),
    );
    this.problems = problems;
  }
}
