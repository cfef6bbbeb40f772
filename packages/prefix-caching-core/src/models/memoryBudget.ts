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
import type { ModelFacts, Range } from './types';

/**
 * Share of a device's memory the engine takes when nobody says: written out in
 * rendered arguments, since engines changed their own default to 0.92.
 *
 * @public
 */
export const DEFAULT_GPU_MEMORY_UTILIZATION = 0.9;

/** Peak activations with a small batch budget, GiB (kvplan, measured on L4). */
const ACTIVATION_LOW = 0.85;

/** Memory outside of the tensors, GiB: measured 0.13 on one device, 0.54 on two. */
const NON_TORCH = { one: 0.15, several: 0.6 };

/**
 * Peak activations at the engine's defaults on an H100, GiB (llm-d-planner's
 * constants). They follow the batch budget, not the context length.
 */
function activationHigh(facts: ModelFacts): number {
  if (facts.multimodal) {
    return 2.5;
  }
  if (facts.mixtureOfExperts) {
    return 8;
  }
  if (facts.family === 'llama') {
    return 4.8;
  }
  return facts.family === 'qwen' ? 5.6 : 5.5;
}

/**
 * What a device's nominal memory is worth where nobody measured it: at worst
 * decimal gigabytes less what drivers keep (T4 and L4 lose 2.5 %), at best as
 * many GiB as the vendor prints GB (H200, MI300X).
 */
const NOMINAL_LOSS = 0.975;
const BYTES_PER_GB = 1e9;
const BYTES_PER_GIB = 2 ** 30;

/**
 * Memory of one engine device, GiB: what was measured, else a range from the
 * nominal memory.
 *
 * @public
 */
export function deviceMemory(
  accelerator: Pick<Accelerator, 'usableGib' | 'hbmGb' | 'devicesPerUnit'>,
): Range {
  if (accelerator.usableGib !== undefined) {
    return { low: accelerator.usableGib, high: accelerator.usableGib };
  }
  const nominal = (accelerator.hbmGb ?? 0) / accelerator.devicesPerUnit;
  return {
    low: (nominal * NOMINAL_LOSS * BYTES_PER_GB) / BYTES_PER_GIB,
    high: nominal,
  };
}

/**
 * Memory left for the KV cache on each device, GiB.
 *
 * A range, since activations depend on batch settings that a plan does not
 * fix: the same model measured 0.83 and 4.76 GiB. Below zero the weights alone
 * are too large, by that much.
 *
 * @public
 */
export function kvCacheBudget(
  facts: ModelFacts,
  accelerator: Accelerator,
  tensorParallel: number,
  gpuMemoryUtilization: number,
): Range {
  const memory = deviceMemory(accelerator);
  const taken =
    facts.weightsGib / tensorParallel +
    (tensorParallel > 1 ? NON_TORCH.several : NON_TORCH.one);
  const fixed = accelerator.fixedKvCacheGib;
  if (fixed !== undefined) {
    // Set aside at the start: with less left, the pod is killed, not smaller.
    const room = (left: number) => (left >= fixed ? fixed : left - fixed);
    return {
      low: room(memory.low - taken - activationHigh(facts)),
      high: room(memory.high - taken - ACTIVATION_LOW),
    };
  }
  return {
    low: memory.low * gpuMemoryUtilization - taken - activationHigh(facts),
    high: memory.high * gpuMemoryUtilization - taken - ACTIVATION_LOW,
  };
}
