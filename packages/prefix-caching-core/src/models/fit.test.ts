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

describe('assessFit', () => {
  it.each([
    // Thousands of tokens per replica, low to high.
    ['qwen2.5-3b-instruct', 'nvidia-t4', 1, 0.85, 26, 164],
    ['qwen2.5-7b-instruct', 'nvidia-l4', 1, 0.9, 0, 87],
    ['llama-3.1-8b-instruct', 'nvidia-h100', 1, 0.9, 421, 453],
    ['qwen3-32b', 'nvidia-h100', 2, 0.9, 283, 322],
    ['qwen2.5-3b-instruct', 'tpu-v6e', 4, 0.9, 1194, 1467],
    ['qwen2.5-7b-instruct', 'tpu-v6e', 1, 0.9, 153, 242],
    ['gpt-oss-20b', 'nvidia-l4', 1, 0.9, 0, 234],
    // Two devices per chip, so one chip splits the weights in two.
    ['qwen2.5-3b-instruct', 'tpu-v7x', 1, 0.9, 4439, 4713],
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

  it.each([
    // 28 heads do not divide by 8; 10 KV heads neither by 4 nor into 4.
    ['qwen2.5-7b-instruct', 'nvidia-h100', 8, [1, 2, 4]],
    ['phi-4', 'nvidia-h100', 4, [1, 2, 5]],
    // One chip is two devices.
    ['qwen2.5-7b-instruct', 'tpu-v7x', 4, [1, 2, 4]],
  ])(
    'refuses %s on %s × %s, whose heads it does not divide by',
    (model, accelerator, devices, valid) => {
      const fit = assessFit({ model, accelerator, devices, maxModelLen: 1024 });
      expect(fit.verdict).toBe('no');
      expect(fit.validTensorParallel.slice(0, valid.length)).toEqual(valid);
      expect(fit.summary).toMatch(/does not divide.*Valid values: 1, 2/);
      const [first] = fit.fixes;
      expect(
        assessFit({
          model,
          accelerator,
          maxModelLen: 1024,
          devices: first.change?.devices ?? 0,
        }).verdict,
      ).toBe('fits');
    },
  );

  it('knows formats of weights that a device has no path for', () => {
    const fit = assessFit({
      model: 'gpt-oss-20b',
      accelerator: 'nvidia-t4',
      devices: 4,
      maxModelLen: 1024,
    });
    expect(fit.verdict).toBe('no');
    expect(fit.summary).toContain('no path for mxfp4 weights');
  });

  it('is a wider range where only the nominal memory is known', () => {
    const fit = (accelerator: string) =>
      assessFit({
        model: 'qwen3-8b',
        accelerator,
        devices: 1,
        maxModelLen: 4096,
      }).kvCacheGiB;
    const measured = fit('amd-mi300x');
    const nominal = fit('amd-mi325x');
    expect(nominal.high - nominal.low).toBeGreaterThan(
      measured.high - measured.low,
    );
    // 256 GB are at best 256 GiB, and at worst 2.5 % less than decimal.
    expect(nominal.high).toBeCloseTo(256 * 0.9 - 15.26 - 0.15 - 0.85, 1);
    expect(nominal.low).toBeCloseTo(
      256 * 0.931323 * 0.975 * 0.9 - 15.26 - 0.15 - 5.6,
      1,
    );
  });

  it('sets the KV cache aside on a CPU, whose memory holds the weights too', () => {
    const fit = (model: string) =>
      assessFit({ model, accelerator: 'cpu', devices: 1, maxModelLen: 8192 });
    expect(fit('qwen3-8b')).toMatchObject({
      verdict: 'fits',
      kvCacheGiB: { low: 16, high: 16 },
    });
    expect(fit('qwen3-32b').verdict).toBe('no');
  });

  it('halves the bytes per token with an 8-bit KV cache', () => {
    const request = {
      model: 'llama-3.1-8b-instruct',
      accelerator: 'nvidia-l4',
      devices: 1,
      maxModelLen: 65536,
    };
    const wide = assessFit(request);
    const narrow = assessFit({ ...request, kvCacheDtype: 'fp8' });
    expect(narrow.kvBytesPerToken * 2).toBe(wide.kvBytesPerToken);
    expect(narrow.remedies.join(' ')).not.toMatch(/8 bits/);
  });

  it('counts requests of the full length, with their sliding windows', () => {
    const h100 = { accelerator: 'nvidia-h100', devices: 1 };
    const dense = assessFit({
      ...h100,
      model: 'llama-3.1-8b-instruct',
      maxModelLen: 8192,
    });
    expect(dense.concurrentRequests.low).toBe(
      Math.floor(
        (dense.kvCacheGiB.low * 2 ** 30) / dense.kvBytesPerToken / 8192,
      ),
    );
    const sliding = assessFit({
      ...h100,
      model: 'gemma-3-27b-it',
      maxModelLen: 1024,
    });
    // Each request holds 416 MiB for its windows besides its tokens.
    expect(sliding.concurrentRequests.high).toBe(
      Math.floor(
        (sliding.kvCacheGiB.high * 2 ** 30) / (1024 * 81920 + 416 * 2 ** 20),
      ),
    );
  });

  it('says how far the picker over-remembers', () => {
    const index = (accelerator: string) =>
      assessFit({
        model: 'qwen2.5-3b-instruct',
        accelerator,
        devices: 4,
        maxModelLen: 2048,
      }).pickerIndex;
    expect(index('nvidia-t4')).toMatchObject({ blockTokens: 64, ratio: 4 });
    expect(index('tpu-v6e')).toMatchObject({ blockTokens: 128, ratio: 1 });
  });

  it('gives the values to set beside each remedy that a plan has a field for', () => {
    const { fixes, remedies } = assessFit({
      model: 'llama-3.1-8b-instruct',
      accelerator: 'nvidia-l4',
      devices: 1,
      maxModelLen: 65536,
    });
    expect(fixes.map(({ text }) => text)).toEqual(remedies);
    const changes = fixes.flatMap(({ change }) => change ?? []);
    expect(changes).toEqual([
      { maxModelLen: expect.any(Number) },
      { devices: 2, topology: undefined },
      { accelerator: 'nvidia-a100-40', devices: 1, topology: undefined },
      { gpuMemoryUtilization: 0.95 },
    ]);
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
