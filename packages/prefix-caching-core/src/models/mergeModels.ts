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

import {
  ConfigError,
  amount,
  entityRef,
  fieldsOf,
  flag,
  isFields,
  listOf,
  oneOf,
  rowsOf,
  text,
} from '../accelerators/configFields';
import type { FieldReaders, Reader } from '../accelerators/configFields';
import { modelOfConfig } from './modelOfConfig';
import type { ModelFacts } from './types';

type ModelOverride = Partial<Omit<ModelFacts, 'id'>> & {
  /** The fields of `config.json`, instead of the facts one by one. */
  config?: Record<string, unknown>;
  /** With `config`: from which the weights are estimated. */
  parameters?: number;
};

const count = amount({ whole: true, least: 1 });

const config: Reader<Record<string, unknown>> = (path, value) => {
  if (!isFields(value)) {
    throw new ConfigError(
      path,
      "is no object; expected the fields of the model's config.json",
    );
  }
  return value;
};

const MODEL_FIELDS: FieldReaders<ModelOverride> = {
  hidden: flag(),
  allowedFor: listOf(entityRef(), { least: 1 }),
  name: text(),
  huggingFace: text({
    expression: /^[\w.-]+\/[\w.-]+$/,
    words: "a repository on Hugging Face, such as 'Qwen/Qwen2.5-3B-Instruct'",
  }),
  family: oneOf(['qwen', 'llama']),
  attention: oneOf(['gqa', 'mla']),
  layers: count,
  fullAttentionLayers: count,
  slidingWindow: amount({ whole: true, least: 0 }),
  heads: count,
  kvHeads: count,
  headDim: count,
  latentDim: count,
  weightsGib: amount(),
  weightsDtype: oneOf(['bf16', 'fp8', 'mxfp4', 'int4']),
  maxContext: count,
  mixtureOfExperts: flag(),
  multimodal: flag(),
  gated: flag(),
  evidence: oneOf(['verified', 'recalled', 'configured']),
  note: text(),
  config,
  parameters: amount(),
};

const readOverride = fieldsOf(MODEL_FIELDS);

const EXPECTED = {
  layers: 'num_hidden_layers of config.json',
  heads: 'num_attention_heads of config.json',
  maxContext: 'max_position_embeddings of config.json',
  weightsGib: 'the sum of the safetensors files in GiB',
};

function needs<T>(
  path: string,
  field: string,
  value: T | undefined,
  what: string,
): T {
  if (value === undefined) {
    throw new ConfigError(
      `${path}.${field}`,
      `is absent; expected ${what}, since no model of the table has this id`,
    );
  }
  return value;
}

/** A model of its own, described fact by fact. */
function newModel(
  id: string,
  path: string,
  fields: Partial<Omit<ModelFacts, 'id'>>,
): ModelFacts {
  const layers = needs(path, 'layers', fields.layers, EXPECTED.layers);
  const attention = fields.attention ?? 'gqa';
  if (attention === 'mla') {
    needs(
      path,
      'latentDim',
      fields.latentDim,
      'kv_lora_rank + qk_rope_head_dim of config.json',
    );
  } else {
    needs(
      path,
      'kvHeads',
      fields.kvHeads,
      'num_key_value_heads of config.json',
    );
    needs(path, 'headDim', fields.headDim, 'head_dim of config.json');
  }
  return {
    fullAttentionLayers: layers,
    slidingWindow: 0,
    weightsDtype: 'bf16',
    gated: false,
    evidence: 'configured',
    ...fields,
    id,
    name: needs(path, 'name', fields.name, 'what people call it'),
    attention,
    layers,
    heads: needs(path, 'heads', fields.heads, EXPECTED.heads),
    weightsGib: needs(
      path,
      'weightsGib',
      fields.weightsGib,
      EXPECTED.weightsGib,
    ),
    maxContext: needs(
      path,
      'maxContext',
      fields.maxContext,
      EXPECTED.maxContext,
    ),
  };
}

function changed(
  models: readonly ModelFacts[],
  id: string,
  path: string,
  value: unknown,
): ModelFacts {
  const {
    config: described,
    parameters,
    ...fields
  } = readOverride(path, value);
  if (described) {
    const facts = modelOfConfig(
      {
        name: fields.name ?? id,
        config: described,
        weightsGib: fields.weightsGib,
        parameters,
      },
      path,
    );
    return { ...facts, ...fields, id };
  }
  if (parameters !== undefined) {
    throw new ConfigError(
      `${path}.parameters`,
      'stands alone; expected config beside it, or weightsGib instead',
    );
  }
  const own = models.find(model => model.id === id);
  return own ? { ...own, ...fields } : newModel(id, path, fields);
}

/**
 * The models of a portal: the table, with what the platform team adds, changes,
 * hides or restricts. A new model gives its facts, or the fields of its
 * `config.json` under `config`.
 *
 * @throws ConfigError with the path of the mistake and the allowed values.
 * @public
 */
export function mergeModels(
  base: readonly ModelFacts[],
  overrides: unknown,
  path: string = 'prefixCaching.models',
): ModelFacts[] {
  const models = [...base];
  for (const [id, rowPath, value] of rowsOf(path, overrides)) {
    const model = changed(models, id, rowPath, value);
    if (model.fullAttentionLayers > model.layers) {
      throw new ConfigError(
        `${rowPath}.fullAttentionLayers`,
        `is ${model.fullAttentionLayers}; expected at most ${model.layers}, the number of layers`,
      );
    }
    const index = models.findIndex(it => it.id === id);
    models.splice(index < 0 ? models.length : index, index < 0 ? 0 : 1, model);
  }
  return models;
}
