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

import { ACCELERATORS } from '../accelerators';
import type { Accelerator } from '../accelerators';
import { DEFAULT_GPU_MEMORY_UTILIZATION } from './memoryBudget';
import type { FitRequest, ModelFacts, Range } from './types';

interface Shortage {
  facts: ModelFacts;
  accelerator: Accelerator;
  request: FitRequest;
  tensorParallel: number;
  largest: Range;
  valid: number[];
}

/** Shortest context worth offering; below it a shorter length is no remedy. */
const SMALLEST_USEFUL_LENGTH = 1024;

function longerDevices(shortage: Shortage): string | undefined {
  const { accelerator, tensorParallel, valid } = shortage;
  const next = valid.find(
    size =>
      size > tensorParallel &&
      accelerator.choices.some(
        choice => choice.devices * accelerator.devicesPerUnit === size,
      ),
  );
  return next === undefined
    ? undefined
    : `Raise tensor parallelism to ${next} (${
        next / accelerator.devicesPerUnit
      } × ${accelerator.name} per replica).`;
}

function biggerAccelerator(accelerator: Accelerator): string | undefined {
  const bigger = ACCELERATORS.filter(
    other =>
      other.class === accelerator.class &&
      (other.usableGib ?? 0) > (accelerator.usableGib ?? 0),
  ).sort((one, other) => (one.usableGib ?? 0) - (other.usableGib ?? 0));
  return bigger.length === 0
    ? undefined
    : `Choose a larger accelerator, such as ${bigger[0].name}.`;
}

/**
 * What to do when a model does not surely fit, cheapest first: shorten the
 * context, store the KV cache in fewer bits, quantise, spread, upgrade, and
 * only then take more of the device's memory.
 */
export function remediesFor(shortage: Shortage): string[] {
  const { facts, accelerator, request, largest } = shortage;
  const shorter = largest.low > 0 ? largest.low : largest.high;
  const utilization =
    request.gpuMemoryUtilization ?? DEFAULT_GPU_MEMORY_UTILIZATION;
  const remedies = [
    shorter >= SMALLEST_USEFUL_LENGTH && shorter < request.maxModelLen
      ? `Lower max-model-len to ${shorter}.`
      : undefined,
    accelerator.fp8Kv && facts.attention === 'gqa'
      ? 'Store the KV cache in 8 bits (--kv-cache-dtype fp8): twice the tokens.'
      : undefined,
    facts.weightsDtype === 'bf16'
      ? 'Use quantised weights of the same model.'
      : undefined,
    longerDevices(shortage),
    biggerAccelerator(accelerator),
    utilization < 0.95
      ? `Raise gpu-memory-utilization above ${utilization}, at the price of headroom for peaks.`
      : undefined,
  ];
  return remedies.filter((remedy): remedy is string => remedy !== undefined);
}
