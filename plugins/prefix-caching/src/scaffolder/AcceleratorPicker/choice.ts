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
  DeviceChoice,
  FitAssessment,
  FitFix,
  FitRequest,
  PlannedAccelerator,
} from 'prefix-caching-core';
import type { AskableModel } from '../formModel';

/** Long enough for most shared prompts; a model or its memory may allow less. */
const WANTED_LENGTH = 8192;

/** A choice as a select's value. */
export function choiceValue({ devices, topology }: DeviceChoice): string {
  return topology ?? String(devices);
}

/** The choice an entry of the plan means; the smallest where it names none. */
export function choiceOf(
  { choices }: Accelerator,
  { devices, topology }: PlannedAccelerator,
): DeviceChoice {
  return (
    choices.find(
      choice =>
        (topology !== undefined || devices !== undefined) &&
        (topology === undefined || choice.topology === topology) &&
        (devices === undefined || choice.devices === devices),
    ) ?? choices[0]
  );
}

/** The entry with another choice; a topology says the number of devices by itself. */
export function withChoice(
  planned: PlannedAccelerator,
  { devices, topology }: DeviceChoice,
): PlannedAccelerator {
  const { devices: _devices, topology: _topology, ...rest } = planned;
  return topology === undefined ? { ...rest, devices } : { ...rest, topology };
}

/** What the fit is asked for where an entry names no length of its own. */
export function wantedLength({
  maxContext,
}: Pick<AskableModel, 'maxContext'>): number {
  return Math.min(WANTED_LENGTH, maxContext);
}

/** The length an entry starts with: as wanted, or what surely fits, or what may. */
export function prefilledLength(
  model: Pick<AskableModel, 'maxContext'>,
  fit: FitAssessment | undefined,
): number {
  const wanted = wantedLength(model);
  const room = fit?.largestMaxModelLen.low || fit?.largestMaxModelLen.high;
  return room ? Math.min(wanted, room) : wanted;
}

/** The question about one entry. */
export function fitRequestOf(
  accelerator: Accelerator,
  planned: PlannedAccelerator,
  model: AskableModel,
  sharedPrefixTokens: number,
): FitRequest {
  return {
    model: model.ask,
    accelerator: accelerator.id,
    devices: choiceOf(accelerator, planned).devices,
    tensorParallel: planned.tensorParallel,
    maxModelLen: planned.maxModelLen ?? wantedLength(model),
    gpuMemoryUtilization: planned.gpuMemoryUtilization,
    sharedPrefixTokens,
  };
}

/**
 * The entry with a remedy applied. A remedy that names another accelerator
 * starts an entry of that one, since what was set belongs to this one.
 */
export function withFix(
  planned: PlannedAccelerator,
  { change }: FitFix,
): PlannedAccelerator {
  if (!change) {
    return planned;
  }
  const { accelerator, devices, topology, ...values } = change;
  const base: PlannedAccelerator =
    accelerator === undefined
      ? planned
      : { id: accelerator, maxModelLen: planned.maxModelLen };
  const sized =
    devices === undefined ? base : withChoice(base, { devices, topology });
  const { tensorParallel: _tensorParallel, ...rest } = sized;
  // Another number of devices is another tensor parallelism.
  return { ...(devices === undefined ? sized : rest), ...values };
}

/** Whether nodes of a platform can be told to have this accelerator. */
export function isOnPlatform(
  { resource, nodeSelectors }: Accelerator,
  nodePlatform: string | undefined,
): boolean {
  return (
    resource === undefined ||
    nodePlatform === undefined ||
    Object.hasOwn(nodeSelectors, nodePlatform)
  );
}
