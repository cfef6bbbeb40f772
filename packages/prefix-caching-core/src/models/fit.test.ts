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

import { assessFit, findModel, validTensorParallel } from '.';

/** Measurements on an H100 of 79.18 GiB (llm-d-planner, empirical vLLM memory results). */
const MEASURED = [
  { model: 'gpt-oss-20b', devices: 1, kvGib: 50.28 },
  { model: 'gpt-oss-120b', devices: 1, kvGib: 3.33 },
  { model: 'llama-3.3-70b-instruct-fp8', devices: 2, kvGib: 32.0 },
  { model: 'llama-3.1-8b-instruct', devices: 1, kvGib: 51.38 },
  { model: 'qwen3-0.6b', devices: 1, kvGib: 64.45 },
  { model: 'qwen3-32b', devices: 1, kvGib: 4.45 },
  { model: 'qwen3-32b', devices: 2, kvGib: 34.49 },
  {
    model: 'mistral-small-3.2-24b',
    devices: 1,
    kvGib: 28.2,
    gpuMemoryUtilization: 0.95,
  },
];

describe('assessFit', () => {
  it.each(MEASURED)(
    'holds what was measured: $model on $devices H100',
    ({ kvGib, ...request }) => {
      const { kvCacheGiB } = assessFit({
        ...request,
        accelerator: 'nvidia-h100',
        maxModelLen: 4096,
      });
      expect(kvCacheGiB.low - 0.1).toBeLessThanOrEqual(kvGib);
      expect(kvCacheGiB.high + 0.1).toBeGreaterThanOrEqual(kvGib);
      expect(kvCacheGiB.high - kvCacheGiB.low).toBeLessThanOrEqual(9);
    },
  );

  it.each([
    // Thousands of tokens per replica, low to high.
    ['qwen2.5-3b-instruct', 'nvidia-t4', 1, 0.85, 26, 164],
    ['qwen2.5-7b-instruct', 'nvidia-l4', 1, 0.9, 0, 87],
    ['llama-3.1-8b-instruct', 'nvidia-h100', 1, 0.9, 421, 453],
    ['qwen3-32b', 'nvidia-h100', 2, 0.9, 283, 322],
    ['qwen2.5-3b-instruct', 'tpu-v6e', 4, 0.9, 1194, 1467],
    ['qwen2.5-7b-instruct', 'tpu-v6e', 1, 0.9, 153, 242],
    ['gpt-oss-20b', 'nvidia-l4', 1, 0.9, 0, 234],
  ])(
    '%s on %s × %s at %s',
    (model, accelerator, devices, gpuMemoryUtilization, low, high) => {
      const { kvTokens } = assessFit({
        model,
        accelerator,
        devices,
        gpuMemoryUtilization,
        maxModelLen: 4096,
      });
      expect(Math.round(kvTokens.low / 1000)).toBeCloseTo(low, -1);
      expect(Math.round(kvTokens.high / 1000)).toBeCloseTo(high, -1);
    },
  );

  it.each([
    ['qwen2.5-3b-instruct', 'nvidia-t4', 1, 4096, 'fits'],
    ['qwen2.5-7b-instruct', 'nvidia-l4', 1, 4096, 'tight'],
    ['qwen2.5-7b-instruct', 'nvidia-t4', 1, 4096, 'no'],
    ['qwen2.5-3b-instruct', 'nvidia-h100', 1, 40000, 'no'],
    ['qwen2.5-3b-instruct', 'simulator', 1, 32768, 'fits'],
    ['qwen2.5-3b-instruct', 'simulator', 1, 32769, 'no'],
  ])('%s on %s × %s with %s tokens: %s', (...row) => {
    const [model, accelerator, devices, maxModelLen, verdict] = row;
    const fit = assessFit({ model, accelerator, devices, maxModelLen });
    expect(fit.verdict).toBe(verdict);
    expect(fit.remedies.length > 0).toBe(verdict !== 'fits');
  });

  it('says remedies cheapest first, and leaves out what cannot help', () => {
    const tight = assessFit({
      model: 'llama-3.1-8b-instruct',
      accelerator: 'nvidia-l4',
      devices: 1,
      maxModelLen: 65536,
    });
    expect(tight.remedies.map(remedy => remedy.split(' ')[0])).toEqual([
      'Lower',
      'Store',
      'Use',
      'Raise',
      'Choose',
      'Raise',
    ]);
    expect(tight.remedies[0]).toContain(String(tight.largestMaxModelLen.high));
    const onT4 = assessFit({
      model: 'llama-3.1-8b-instruct',
      accelerator: 'nvidia-t4',
      devices: 4,
      maxModelLen: 131072,
      gpuMemoryUtilization: 0.96,
    });
    expect(onT4.remedies.join(' ')).not.toMatch(/fp8|utilization|Raise tensor/);
  });

  it('replicates KV heads that are fewer than the devices', () => {
    const tokens = (devices: number) =>
      assessFit({
        model: 'qwen2.5-3b-instruct',
        accelerator: 'nvidia-h100',
        devices,
        maxModelLen: 4096,
      });
    const two = tokens(2);
    const four = tokens(4);
    // Twice the devices, and half of them hold copies.
    expect(four.kvTokens.high / four.kvCacheGiB.high).toBeCloseTo(
      two.kvTokens.high / two.kvCacheGiB.high,
      -1,
    );
  });

  it('pads heads on a TPU to 128', () => {
    const perGib = (accelerator: string) => {
      const fit = assessFit({
        model: 'gpt-oss-20b',
        accelerator,
        devices: 1,
        maxModelLen: 4096,
      });
      return fit.kvTokens.high / fit.kvCacheGiB.high;
    };
    expect(perGib('nvidia-h100') / perGib('tpu-v6e')).toBeCloseTo(2, 1);
  });

  it('does not shrink the latent cache of MLA with more devices', () => {
    const tokens = (devices: number) =>
      assessFit({
        model: 'deepseek-r1',
        accelerator: 'nvidia-h200',
        devices,
        maxModelLen: 4096,
      });
    const fit = tokens(8);
    expect(fit.kvTokens.high).toBeLessThanOrEqual(
      (fit.kvCacheGiB.high * 2 ** 30) / (61 * 576 * 2),
    );
  });

  it('counts the distinct prefixes that stay warm', () => {
    const fit = assessFit({
      model: 'llama-3.1-8b-instruct',
      accelerator: 'nvidia-h100',
      devices: 1,
      maxModelLen: 8192,
      sharedPrefixTokens: 2048,
    });
    expect(fit.warmPrefixes?.low).toBe(Math.floor(fit.kvTokens.low / 2048));
    expect(fit.warmPrefixes?.low).toBeGreaterThan(200);
  });

  it('takes the facts of a model that is in no table', () => {
    const facts = { ...findModel('qwen3-8b'), id: 'own', name: 'Own model' };
    expect(
      assessFit({
        model: facts,
        accelerator: 'nvidia-h100',
        devices: 1,
        maxModelLen: 4096,
      }).summary,
    ).toContain('Own model');
  });

  it('names what it does not know', () => {
    const request = { devices: 1, maxModelLen: 1 };
    expect(() =>
      assessFit({ ...request, model: 'gpt-9', accelerator: 'nvidia-t4' }),
    ).toThrow(/Model 'gpt-9'.*qwen2.5-3b-instruct/);
    expect(() =>
      assessFit({ ...request, model: 'qwen3-8b', accelerator: 'gpu' }),
    ).toThrow(/Accelerator 'gpu'.*nvidia-t4/);
  });
});

describe('validTensorParallel', () => {
  it.each([
    ['qwen2.5-3b-instruct', [1, 2, 4, 8, 16]],
    ['qwen2.5-7b-instruct', [1, 2, 4]],
    ['qwen2.5-14b-instruct', [1, 2, 4, 8]],
    ['llama-3.2-3b-instruct', [1, 2, 4, 8]],
    ['gemma-3-4b-it', [1, 2, 4, 8]],
    // 4 and 8 divide the 40 heads, not the 10 KV heads.
    ['phi-4', [1, 2, 5, 10]],
    // Latent attention has no KV heads.
    ['deepseek-r1', [1, 2, 4, 8, 16]],
  ])('%s', (model, valid) => {
    expect(validTensorParallel(findModel(model), 16)).toEqual(valid);
  });
});
