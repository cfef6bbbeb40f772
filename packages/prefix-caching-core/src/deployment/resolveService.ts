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

import { findAccelerator } from '../accelerators';
import type { Accelerator, DeviceChoice } from '../accelerators';
import {
  DEFAULT_GPU_MEMORY_UTILIZATION,
  DEFAULT_TABLES,
  assessFit,
  validTensorParallel,
} from '../models';
import type { DeploymentTables, ModelFacts } from '../models';
import type { ResolvedService } from './resolvedPlan';
import type { PlannedAccelerator } from './types';

/** Long enough for most shared prompts; a plan may ask for more. */
const DEFAULT_MAX_MODEL_LEN = 8192;

function matches(planned: PlannedAccelerator, choice: DeviceChoice): boolean {
  return (
    (planned.devices === undefined || planned.devices === choice.devices) &&
    (planned.topology === undefined || planned.topology === choice.topology)
  );
}

/**
 * How many devices: what the plan says, else the fewest the tensor parallelism
 * asks for, else the fewest on which the model surely fits.
 */
export function chooseDevices(
  planned: PlannedAccelerator,
  accelerator: Accelerator,
  facts?: ModelFacts,
  tables: DeploymentTables = DEFAULT_TABLES,
): DeviceChoice | undefined {
  const possible = accelerator.choices.filter(
    choice =>
      matches(planned, choice) &&
      (planned.tensorParallel === undefined ||
        planned.devices !== undefined ||
        planned.topology !== undefined ||
        choice.devices * accelerator.devicesPerUnit === planned.tensorParallel),
  );
  if (!facts || possible.length < 2) {
    return possible[0];
  }
  const valid = possible.filter(
    choice =>
      validTensorParallel(
        facts,
        choice.devices * accelerator.devicesPerUnit,
      ).pop() ===
      choice.devices * accelerator.devicesPerUnit,
  );
  const verdictOf = (choice: DeviceChoice) =>
    assessFit(
      {
        model: facts,
        accelerator: accelerator.id,
        devices: choice.devices,
        maxModelLen:
          planned.maxModelLen ??
          Math.min(DEFAULT_MAX_MODEL_LEN, facts.maxContext),
        gpuMemoryUtilization: planned.gpuMemoryUtilization,
      },
      tables,
    ).verdict;
  return (
    valid.find(choice => verdictOf(choice) === 'fits') ??
    valid.find(choice => verdictOf(choice) === 'tight') ??
    valid[0] ??
    possible[0]
  );
}

/**
 * The context length to fill in where a plan names none: 8,192 tokens, or what
 * surely fits, or as a last resort what may fit.
 *
 * @public
 */
export function defaultMaxModelLen(
  facts: ModelFacts,
  accelerator: string,
  devices: number,
  gpuMemoryUtilization?: number,
  tables: DeploymentTables = DEFAULT_TABLES,
): number {
  const wanted = Math.min(DEFAULT_MAX_MODEL_LEN, facts.maxContext);
  const { largestMaxModelLen } = assessFit(
    {
      model: facts,
      accelerator,
      devices,
      maxModelLen: wanted,
      gpuMemoryUtilization,
    },
    tables,
  );
  const room = largestMaxModelLen.low || largestMaxModelLen.high;
  return room > 0 ? Math.min(wanted, room) : wanted;
}

/** Fills in what the plan leaves to the tables. The plan must be valid. */
export function resolveService(
  planned: PlannedAccelerator,
  name: string,
  facts?: ModelFacts,
  tables: DeploymentTables = DEFAULT_TABLES,
): Omit<ResolvedService, 'gateway'> {
  const accelerator = findAccelerator(planned.id, tables.accelerators);
  const choice = chooseDevices(planned, accelerator, facts, tables) ?? {
    devices: planned.devices ?? 1,
  };
  const gpuMemoryUtilization =
    planned.gpuMemoryUtilization ?? DEFAULT_GPU_MEMORY_UTILIZATION;
  const tensorParallel =
    planned.tensorParallel ?? choice.devices * accelerator.devicesPerUnit;
  const maxModelLen =
    planned.maxModelLen ??
    (facts &&
      defaultMaxModelLen(
        facts,
        accelerator.id,
        choice.devices,
        gpuMemoryUtilization,
        tables,
      ));
  return {
    name,
    accelerator,
    choice,
    tensorParallel,
    dtype: planned.dtype ?? accelerator.dtype,
    maxModelLen,
    gpuMemoryUtilization,
    maxNumSeqs: planned.maxNumSeqs,
    args: planned.args ?? [],
    fit:
      facts && maxModelLen !== undefined
        ? assessFit(
            {
              model: facts,
              accelerator: accelerator.id,
              devices: choice.devices,
              tensorParallel,
              maxModelLen,
              gpuMemoryUtilization,
            },
            tables,
          )
        : undefined,
  };
}
