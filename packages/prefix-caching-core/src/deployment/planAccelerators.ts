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

import type { Accelerator } from '../accelerators';
import { assessFit, validTensorParallel } from '../models';
import type { DeploymentTables, ModelFacts } from '../models';
import type { PlanProblem } from './planError';
import { plannedFacts } from './plannedModel';
import { chooseDevices, resolveService } from './resolveService';
import type { DeploymentPlan, PlannedAccelerator } from './types';

type Report = (field: string, message: string) => void;

function choicesOf({ choices }: Accelerator): string {
  return choices
    .map(({ devices, topology }) =>
      topology ? `${devices} (${topology})` : String(devices),
    )
    .join(', ');
}

function checkTensorParallel(
  planned: PlannedAccelerator,
  accelerator: Accelerator,
  devices: number,
  facts: ModelFacts | undefined,
  report: Report,
) {
  const expected = devices * accelerator.devicesPerUnit;
  const size = planned.tensorParallel ?? expected;
  const valid = facts
    ? validTensorParallel(
        facts,
        Math.max(...accelerator.choices.map(choice => choice.devices)) *
          accelerator.devicesPerUnit,
      )
    : undefined;
  if (facts && valid && !valid.includes(size)) {
    report(
      planned.tensorParallel === undefined ? 'devices' : 'tensorParallel',
      `A tensor parallelism of ${size} does not divide the ${
        facts.heads
      } heads and ${facts.kvHeads ?? facts.heads} KV heads of ${
        facts.name
      }. Valid on ${accelerator.name}: ${valid.join(
        ', ',
      )}; choose one of these.`,
    );
  } else if (size !== expected) {
    report(
      'tensorParallel',
      `${size} differs from the ${expected} engine devices of ${devices} × ${accelerator.name}. Expected ${expected}: a device that is asked for and not used is paid for all the same; change it or the devices.`,
    );
  }
}

function checkLength(
  planned: PlannedAccelerator,
  facts: ModelFacts,
  tables: DeploymentTables,
  report: Report,
) {
  const { maxModelLen, choice, tensorParallel, gpuMemoryUtilization } =
    resolveService(planned, '', facts, tables);
  if (maxModelLen === undefined) {
    return;
  }
  if (maxModelLen > facts.maxContext) {
    report(
      'maxModelLen',
      `${maxModelLen} exceeds the longest context of ${facts.name}. Expected at most ${facts.maxContext}; lower it.`,
    );
    return;
  }
  const fit = assessFit(
    {
      model: facts,
      accelerator: planned.id,
      devices: choice.devices,
      tensorParallel,
      maxModelLen,
      gpuMemoryUtilization,
    },
    tables,
  );
  if (fit.verdict === 'no') {
    const largest = fit.largestMaxModelLen.high;
    report(
      'maxModelLen',
      `${fit.summary} ${
        largest > 0
          ? `Expected at most ${largest}.`
          : 'No length fits: the weights alone are too large.'
      } ${fit.remedies.join(' ')}`.trim(),
    );
  }
}

function checkOne(
  plan: DeploymentPlan,
  planned: PlannedAccelerator,
  tables: DeploymentTables,
  report: Report,
) {
  const offered = tables.accelerators.filter(({ hidden }) => !hidden);
  const accelerator = offered.find(({ id }) => id === planned.id);
  if (!accelerator) {
    report(
      'id',
      `'${planned.id}' is no accelerator of the table. Expected one of ${offered
        .map(({ id }) => id)
        .join(', ')}; choose one of these.`,
    );
    return;
  }
  const facts = plannedFacts(plan, tables.models);
  const nodePlatform = plan.nodePlatform ?? 'gke';
  if (accelerator.resource && !accelerator.nodeSelectors[nodePlatform]) {
    report(
      'id',
      `${
        accelerator.name
      } has no node label on '${nodePlatform}'. Expected nodePlatform ${Object.keys(
        accelerator.nodeSelectors,
      ).join(' or ')}; change it or choose another accelerator.`,
    );
  }
  if (accelerator.dtype === 'half' && planned.dtype !== undefined) {
    if (!['half', 'float16'].includes(planned.dtype)) {
      report(
        'dtype',
        `'${planned.dtype}' does not start on ${accelerator.name}, which has no bfloat16. Expected half; change it or leave it out.`,
      );
    }
  }
  const choice = chooseDevices(planned, accelerator, facts, tables);
  if (!choice) {
    const field =
      planned.devices === undefined && planned.topology === undefined
        ? 'tensorParallel'
        : 'devices';
    report(
      field,
      `There is no choice of ${accelerator.name} with ${[
        planned.devices && `${planned.devices} devices`,
        planned.topology && `topology ${planned.topology}`,
        field === 'tensorParallel' &&
          `a tensor parallelism of ${planned.tensorParallel}`,
      ]
        .filter(Boolean)
        .join(' and ')}. Expected devices ${choicesOf(
        accelerator,
      )}; choose one of these.`,
    );
    return;
  }
  checkTensorParallel(planned, accelerator, choice.devices, facts, report);
  if (facts) {
    checkLength(planned, facts, tables, report);
  }
}

/** Each accelerator exists, takes the model's heads, and holds it. */
export function checkAccelerators(
  plan: DeploymentPlan,
  tables: DeploymentTables,
): PlanProblem[] {
  if (plan.accelerators.length === 0) {
    return [
      {
        path: 'accelerators',
        message:
          'is empty. Expected at least one accelerator; choose one, since each gives one service.',
      },
    ];
  }
  return plan.accelerators.flatMap((planned, index) => {
    const problems: PlanProblem[] = [];
    checkOne(plan, planned, tables, (field, message) =>
      problems.push({ path: `accelerators[${index}].${field}`, message }),
    );
    return problems;
  });
}
