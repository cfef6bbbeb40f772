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
import type { DescribedModel, ModelFacts } from './types';

type Fields = Record<string, unknown>;

const BYTES_PER_GIB = 2 ** 30;

/** Bytes per parameter; 4-bit formats carry their scales. */
const WEIGHT_BYTES: Record<ModelFacts['weightsDtype'], number> = {
  bf16: 2,
  fp8: 1,
  int4: 0.55,
  mxfp4: 0.55,
};

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A field that may be absent or null, but nothing else than a positive number. */
function positive(
  fields: Fields,
  name: string,
  path: string,
): number | undefined {
  const value = fields[name];
  if (value === undefined || value === null) {
    return undefined;
  }
  if (typeof value !== 'number' || !Number.isFinite(value) || value <= 0) {
    throw new InputError(
      `${path}.config.${name}: is ${JSON.stringify(
        value,
      )}. Expected a positive number; copy the field from the model's config.json.`,
    );
  }
  return value;
}

function required(fields: Fields, name: string, path: string): number {
  const value = positive(fields, name, path);
  if (value === undefined) {
    throw new InputError(
      `${path}.config.${name}: is absent. Expected a positive number; copy the field from the model's config.json (of a multimodal model, from its text_config).`,
    );
  }
  return value;
}

function weightsDtype(config: Fields): ModelFacts['weightsDtype'] {
  const quantization = config.quantization_config;
  if (!isFields(quantization)) {
    return 'bf16';
  }
  const method = String(quantization.quant_method ?? '');
  const text = JSON.stringify(quantization);
  if (method === 'mxfp4') {
    return 'mxfp4';
  }
  return method === 'fp8' || /"num_bits":8\b|"bits":8\b/.test(text)
    ? 'fp8'
    : 'int4';
}

/** Layers that keep the whole context, and the window of the others. */
function attentionWindow(
  text: Fields,
  layers: number,
  path: string,
): Pick<ModelFacts, 'fullAttentionLayers' | 'slidingWindow'> {
  const whole = { fullAttentionLayers: layers, slidingWindow: 0 };
  const slidingWindow = positive(text, 'sliding_window', path);
  if (slidingWindow === undefined || text.use_sliding_window === false) {
    return whole;
  }
  const pattern = positive(text, 'sliding_window_pattern', path);
  let full = 0;
  if (Array.isArray(text.layer_types)) {
    full = text.layer_types.filter(type => type === 'full_attention').length;
  } else if (pattern !== undefined) {
    full = Math.floor(layers / pattern);
  }
  // With a window everywhere the cache stops growing; counting every layer as
  // whole overstates the need, and so never promises too much.
  return full > 0 && full < layers
    ? { fullAttentionLayers: full, slidingWindow }
    : whole;
}

function weightsOf(
  model: DescribedModel,
  dtype: ModelFacts['weightsDtype'],
  path: string,
) {
  if (model.weightsGib !== undefined) {
    return model.weightsGib;
  }
  if (model.parameters === undefined) {
    throw new InputError(
      `${path}.weightsGib: is absent, and so is ${path}.parameters. Expected one of them, since config.json does not say how large the weights are; add up the sizes of the safetensors files.`,
    );
  }
  return (model.parameters * WEIGHT_BYTES[dtype]) / BYTES_PER_GIB;
}

/**
 * The facts of a model that is in no table, read from the fields of its
 * `config.json`.
 *
 * `head_dim` is taken before `hidden_size / num_attention_heads`, which is
 * wrong for Qwen3, gpt-oss and Mistral Small. `kv_lora_rank` means latent
 * attention.
 *
 * @throws InputError whose message starts with the path of the field.
 * @public
 */
export function modelOfConfig(
  model: DescribedModel,
  path: string = 'model',
): ModelFacts {
  const { config } = model;
  const text = isFields(config.text_config) ? config.text_config : config;
  const layers = required(text, 'num_hidden_layers', path);
  const heads = required(text, 'num_attention_heads', path);
  const latentRank = positive(text, 'kv_lora_rank', path);
  const dtype = weightsDtype(config);
  const type = String(text.model_type ?? config.model_type ?? '');
  const name =
    model.name ?? (config._name_or_path ? String(config._name_or_path) : '');
  const experts =
    positive(text, 'num_local_experts', path) ??
    positive(text, 'num_experts', path) ??
    positive(text, 'n_routed_experts', path);
  return {
    id: name || 'described',
    name: name || 'this model',
    family: (['qwen', 'llama'] as const).find(it => type.startsWith(it)),
    attention: latentRank === undefined ? 'gqa' : 'mla',
    layers,
    ...attentionWindow(text, layers, path),
    heads,
    ...(latentRank === undefined
      ? {
          kvHeads: positive(text, 'num_key_value_heads', path) ?? heads,
          headDim:
            positive(text, 'head_dim', path) ??
            required(text, 'hidden_size', path) / heads,
        }
      : { latentDim: latentRank + required(text, 'qk_rope_head_dim', path) }),
    weightsGib: weightsOf(model, dtype, path),
    weightsDtype: dtype,
    maxContext: required(text, 'max_position_embeddings', path),
    mixtureOfExperts: experts !== undefined && experts > 1,
    multimodal: isFields(config.vision_config),
    gated: false,
    evidence: 'configured',
  };
}
