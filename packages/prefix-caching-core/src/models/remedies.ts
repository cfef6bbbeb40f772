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

import type { Accelerator, DeviceChoice } from '../accelerators';
import { DEFAULT_GPU_MEMORY_UTILIZATION } from './memoryBudget';
import type {
  FitAssessment,
  FitFix,
  FitRequest,
  ModelFacts,
  Range,
} from './types';

interface Shortage {
  facts: ModelFacts;
  accelerator: Accelerator;
  request: FitRequest;
  tensorParallel: number;
  largest: Range;
  valid: readonly number[];
  /** Other accelerators that may be offered instead. */
  offered: readonly Accelerator[];
  /** The verdict on another accelerator or another number of devices. */
  verdictOn(
    accelerator: Accelerator,
    choice: DeviceChoice,
  ): FitAssessment['verdict'];
}

/** Shortest context worth offering; below it a shorter length is no remedy. */
const SMALLEST_USEFUL_LENGTH = 1024;

/** As much of a device's memory as is worth taking; above it peaks have no room. */
const HIGHEST_UTILIZATION = 0.95;

function shorterContext({ largest, request }: Shortage): FitFix | undefined {
  const shorter = largest.low > 0 ? largest.low : largest.high;
  return shorter >= SMALLEST_USEFUL_LENGTH && shorter < request.maxModelLen
    ? {
        text: `Lower max-model-len to ${shorter}.`,
        change: { maxModelLen: shorter },
      }
    : undefined;
}

function moreDevices(shortage: Shortage): FitFix | undefined {
  const { accelerator, tensorParallel, valid } = shortage;
  const next = accelerator.choices.find(choice => {
    const size = choice.devices * accelerator.devicesPerUnit;
    return size > tensorParallel && valid.includes(size);
  });
  return (
    next && {
      text: `Raise tensor parallelism to ${
        next.devices * accelerator.devicesPerUnit
      } (${next.devices} × ${accelerator.name} per replica).`,
      change: { devices: next.devices, topology: next.topology },
    }
  );
}

/** The smallest accelerator of the same class on which the model does fit. */
function biggerAccelerator(shortage: Shortage): FitFix | undefined {
  const { accelerator, offered, verdictOn } = shortage;
  const memory = ({ usableGib, hbmGb = 0, devicesPerUnit }: Accelerator) =>
    usableGib ?? hbmGb / devicesPerUnit;
  const bigger = offered
    .filter(
      other =>
        !other.hidden &&
        other.class === accelerator.class &&
        memory(other) > memory(accelerator),
    )
    .sort((one, other) => memory(one) - memory(other));
  for (const other of bigger) {
    const choice = other.choices.find(it => verdictOn(other, it) === 'fits');
    if (choice) {
      return {
        text: `Choose a larger accelerator, such as ${choice.devices} × ${other.name}.`,
        change: {
          accelerator: other.id,
          devices: choice.devices,
          topology: choice.topology,
        },
      };
    }
  }
  return undefined;
}

function moreMemory(shortage: Shortage): FitFix | undefined {
  const { accelerator, request } = shortage;
  const utilization =
    request.gpuMemoryUtilization ?? DEFAULT_GPU_MEMORY_UTILIZATION;
  return utilization < HIGHEST_UTILIZATION &&
    accelerator.fixedKvCacheGib === undefined
    ? {
        text: `Raise gpu-memory-utilization above ${utilization}, at the price of headroom for peaks.`,
        change: { gpuMemoryUtilization: HIGHEST_UTILIZATION },
      }
    : undefined;
}

/**
 * What to do when a model does not surely fit, cheapest first: shorten the
 * context, store the KV cache in fewer bits, quantise, spread, upgrade, and
 * only then take more of the device's memory.
 */
export function fixesFor(shortage: Shortage): FitFix[] {
  const { facts, accelerator, request, largest } = shortage;
  const shorter = shorterContext(shortage);
  if (largest.low >= facts.maxContext) {
    // Memory is not what is short: the model itself ends there.
    return shorter ? [shorter] : [];
  }
  const fixes = [
    shorter,
    accelerator.fp8Kv &&
    facts.attention === 'gqa' &&
    request.kvCacheDtype !== 'fp8'
      ? {
          text: 'Store the KV cache in 8 bits (--kv-cache-dtype fp8): twice the tokens.',
        }
      : undefined,
    facts.weightsDtype === 'bf16'
      ? { text: 'Use quantised weights of the same model.' }
      : undefined,
    moreDevices(shortage),
    biggerAccelerator(shortage),
    moreMemory(shortage),
  ];
  return fixes.filter((fix): fix is FitFix => fix !== undefined);
}

/** What to do about a tensor parallelism that the model's heads do not divide by. */
export function parallelFixes({
  accelerator,
  valid,
}: Pick<Shortage, 'accelerator' | 'valid'>): FitFix[] {
  return accelerator.choices
    .filter(choice =>
      valid.includes(choice.devices * accelerator.devicesPerUnit),
    )
    .map(choice => ({
      text: `Take ${choice.devices} × ${accelerator.name}${
        choice.topology ? ` (${choice.topology})` : ''
      }: a tensor parallelism of ${
        choice.devices * accelerator.devicesPerUnit
      }.`,
      change: { devices: choice.devices, topology: choice.topology },
    }));
}
