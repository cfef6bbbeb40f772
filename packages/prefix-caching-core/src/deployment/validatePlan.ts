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

import { DEFAULT_TABLES } from '../models';
import { checkAccelerators } from './planAccelerators';
import { checkArguments, checkOverlays } from './planArguments';
import { checkDescription } from './planDescription';
import type { PlanProblem } from './planError';
import { withoutEmptyFields } from './emptyFields';
import { checkFields } from './planFields';
import {
  checkModel,
  checkPlatform,
  checkScorers,
  checkServiceNames,
} from './planRelations';
import type { DeploymentPlan, RenderTables } from './types';

/**
 * Everything that keeps a plan from being rendered, each with its field's path.
 *
 * Takes whatever came in: a plan from a form or over HTTP may be of any shape.
 * How fields relate is looked at once each field is right by itself. Ids are
 * looked up in `tables`, as shipped unless given; hidden rows are refused.
 *
 * @public
 */
export function validatePlan(
  given: DeploymentPlan,
  tables: RenderTables = DEFAULT_TABLES,
): PlanProblem[] {
  const plan = withoutEmptyFields(given);
  const fields = checkFields(plan);
  if (fields.length > 0) {
    return fields;
  }
  const described = checkDescription(plan);
  const problems = [
    ...checkPlatform(plan, tables.platforms),
    ...described,
    // What these ask is of the model's facts, which nobody knows then.
    ...(described.length > 0
      ? []
      : [
          ...checkModel(plan, tables),
          ...checkAccelerators(plan, tables),
          ...checkArguments(plan, tables),
        ]),
    ...checkOverlays(plan),
    ...checkScorers(plan, tables.platforms),
  ];
  const named = problems.every(
    ({ path }) =>
      path !== 'platform' && !/^accelerators(\[\d+\]\.id)?$/.test(path),
  );
  return named ? [...problems, ...checkServiceNames(plan, tables)] : problems;
}
