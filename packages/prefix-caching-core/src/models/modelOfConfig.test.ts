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

import { InputError } from '../accelerators';
import { assessFit, findModel, modelOfConfig } from '.';

/** Fields of config.json, as the repositories write them. */
const QWEN3 = {
  model_type: 'qwen3',
  hidden_size: 5120,
  num_hidden_layers: 64,
  num_attention_heads: 64,
  num_key_value_heads: 8,
  head_dim: 128,
  max_position_embeddings: 40960,
  use_sliding_window: false,
  sliding_window: 32768,
};

describe('modelOfConfig', () => {
  it('reads grouped-query attention, with head_dim before hidden / heads', () => {
    const facts = modelOfConfig({ config: QWEN3, parameters: 32762123264 });
    const { kvHeads, headDim, fullAttentionLayers, family } =
      findModel('qwen3-32b');
    expect(facts).toMatchObject({
      attention: 'gqa',
      family,
      layers: 64,
      kvHeads,
      headDim,
      fullAttentionLayers,
      slidingWindow: 0,
      evidence: 'configured',
    });
    expect(facts.weightsGib).toBeCloseTo(61.02, 1);
  });

  it('takes hidden / heads and all heads where nothing else is said', () => {
    const facts = modelOfConfig({
      weightsGib: 1,
      config: {
        num_hidden_layers: 2,
        num_attention_heads: 8,
        num_key_value_heads: null,
        hidden_size: 512,
        max_position_embeddings: 2048,
      },
    });
    expect(facts).toMatchObject({
      kvHeads: 8,
      headDim: 64,
      name: 'this model',
    });
  });

  it('reads sliding windows by layer and by pattern, inside text_config', () => {
    const text = {
      ...QWEN3,
      use_sliding_window: undefined,
      sliding_window: 1024,
      num_hidden_layers: 48,
    };
    const byPattern = modelOfConfig({
      weightsGib: 1,
      config: {
        vision_config: {},
        text_config: { ...text, sliding_window_pattern: 6 },
      },
    });
    expect(byPattern).toMatchObject({
      fullAttentionLayers: 8,
      slidingWindow: 1024,
      multimodal: true,
    });
    const types = Array.from({ length: 48 }, (_, index) =>
      index % 2 ? 'full_attention' : 'sliding_attention',
    );
    expect(
      modelOfConfig({ weightsGib: 1, config: { ...text, layer_types: types } }),
    ).toMatchObject({ fullAttentionLayers: 24, slidingWindow: 1024 });
    // A window everywhere is counted as none: the need is never understated.
    expect(modelOfConfig({ weightsGib: 1, config: text })).toMatchObject({
      fullAttentionLayers: 48,
      slidingWindow: 0,
    });
  });

  it('reads latent attention and experts', () => {
    expect(
      modelOfConfig({
        weightsGib: 641,
        config: {
          num_hidden_layers: 61,
          num_attention_heads: 128,
          kv_lora_rank: 512,
          qk_rope_head_dim: 64,
          n_routed_experts: 256,
          max_position_embeddings: 163840,
          quantization_config: { quant_method: 'fp8' },
        },
      }),
    ).toMatchObject({
      attention: 'mla',
      latentDim: 576,
      mixtureOfExperts: true,
      weightsDtype: 'fp8',
    });
  });

  it.each([
    [{ quant_method: 'mxfp4' }, 'mxfp4', 0.55],
    [{ quant_method: 'awq', bits: 4 }, 'int4', 0.55],
    [
      {
        quant_method: 'compressed-tensors',
        config_groups: { group_0: { weights: { num_bits: 8 } } },
      },
      'fp8',
      1,
    ],
    [undefined, 'bf16', 2],
  ])('estimates the weights of %j', (quantization_config, dtype, bytes) => {
    const facts = modelOfConfig({
      config: { ...QWEN3, quantization_config },
      parameters: 2 ** 30,
    });
    expect(facts.weightsDtype).toBe(dtype);
    expect(facts.weightsGib).toBeCloseTo(bytes, 5);
  });

  it.each([
    [
      { config: { ...QWEN3, num_hidden_layers: undefined } },
      'model.config.num_hidden_layers: is absent',
    ],
    [
      { config: { ...QWEN3, num_key_value_heads: 'eight' } },
      'model.config.num_key_value_heads: is "eight". Expected a positive number',
    ],
    [{ config: QWEN3 }, 'model.weightsGib: is absent'],
  ])('names the field that is wrong: %#', (model, message) => {
    const ask = () =>
      assessFit({
        model,
        accelerator: 'nvidia-h100',
        devices: 1,
        maxModelLen: 4096,
      });
    expect(ask).toThrow(InputError);
    expect(ask).toThrow(new RegExp(`^${message.replace(/[.[\]]/g, '\\$&')}`));
  });

  it('is assessed like the row of the table', () => {
    const request = {
      accelerator: 'nvidia-h100',
      devices: 2,
      maxModelLen: 4096,
    };
    const described = assessFit({
      ...request,
      model: { config: QWEN3, weightsGib: 61.02, name: 'Qwen3 32B' },
    });
    expect(described).toEqual(assessFit({ ...request, model: 'qwen3-32b' }));
  });
});
