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

import type { Accelerator, FitAssessment } from 'prefix-caching-core';
import {
  choiceOf,
  fitRequestOf,
  isOnPlatform,
  prefilledLength,
  withChoice,
  withFix,
} from './choice';

const T4 = {
  id: 'nvidia-t4',
  resource: 'nvidia.com/gpu',
  choices: [{ devices: 1 }, { devices: 2 }],
  nodeSelectors: { gke: {} },
} as unknown as Accelerator;
const V6E = {
  id: 'tpu-v6e',
  resource: 'google.com/tpu',
  choices: [
    { devices: 1, topology: '1x1' },
    { devices: 4, topology: '2x2' },
  ],
  nodeSelectors: { gke: {} },
} as unknown as Accelerator;
const SIMULATOR = {
  id: 'simulator',
  nodeSelectors: {},
} as unknown as Accelerator;
const model = { ask: 'm', maxContext: 4096 };

function fitWith(low: number, high: number) {
  return { largestMaxModelLen: { low, high } } as FitAssessment;
}

describe('an entry of the picker', () => {
  it.each([
    [T4, { id: 'nvidia-t4' }, 1],
    [T4, { id: 'nvidia-t4', devices: 2 }, 2],
    [T4, { id: 'nvidia-t4', devices: 7 }, 1],
    [V6E, { id: 'tpu-v6e', topology: '2x2' }, 4],
    [V6E, { id: 'tpu-v6e', devices: 4 }, 4],
  ])('of %j means %j: %s devices', (accelerator, planned, devices) => {
    expect(choiceOf(accelerator, planned).devices).toBe(devices);
  });

  it('says either devices or a topology, and keeps what else it says', () => {
    const planned = { id: 'x', devices: 1, maxModelLen: 7 };
    expect(withChoice(planned, { devices: 4, topology: '2x2' })).toEqual({
      id: 'x',
      topology: '2x2',
      maxModelLen: 7,
    });
    expect(withChoice(planned, { devices: 2 })).toEqual({
      ...planned,
      devices: 2,
    });
  });

  it.each([
    [undefined, 4096],
    [fitWith(9000, 9000), 4096],
    [fitWith(2000, 3000), 2000],
    [fitWith(0, 3000), 3000],
    [fitWith(0, 0), 4096],
  ])('is prefilled with a length that fits: %j', (fit, length) => {
    expect(prefilledLength(model, fit)).toBe(length);
  });

  it('asks about the whole choice, with the length it would start with', () => {
    expect(
      fitRequestOf(V6E, { id: 'tpu-v6e', topology: '2x2' }, model, 1024),
    ).toEqual({
      model: 'm',
      accelerator: 'tpu-v6e',
      devices: 4,
      maxModelLen: 4096,
      sharedPrefixTokens: 1024,
    });
  });

  it.each([
    [
      { maxModelLen: 1000 },
      { id: 'a', devices: 1, maxModelLen: 1000, tensorParallel: 1 },
    ],
    [{ devices: 2 }, { id: 'a', devices: 2, maxModelLen: 9 }],
    [
      { accelerator: 'b', devices: 4, topology: '2x2' },
      { id: 'b', topology: '2x2', maxModelLen: 9 },
    ],
    [
      { gpuMemoryUtilization: 0.95 },
      {
        id: 'a',
        devices: 1,
        maxModelLen: 9,
        tensorParallel: 1,
        gpuMemoryUtilization: 0.95,
      },
    ],
    [undefined, { id: 'a', devices: 1, maxModelLen: 9, tensorParallel: 1 }],
  ])('takes over what a remedy changes: %j', (change, expected) => {
    const planned = { id: 'a', devices: 1, maxModelLen: 9, tensorParallel: 1 };
    expect(withFix(planned, { text: '', change })).toEqual(expected);
  });

  it.each([
    [T4, 'gke', true],
    [T4, 'karpenter', false],
    [T4, undefined, true],
    [SIMULATOR, 'karpenter', true],
  ])('%j on %s: %s', (accelerator, platform, there) => {
    expect(isOnPlatform(accelerator, platform)).toBe(there);
  });
});
