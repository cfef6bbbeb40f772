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

import { ACCELERATORS, ConfigError } from '../accelerators';
import {
  DEFAULT_TABLES,
  MODELS,
  assessFit,
  findModel,
  mergeModels,
  offeredTables,
} from '.';

const PATH = 'prefixCaching.models';

const CONFIG = {
  num_hidden_layers: 32,
  num_attention_heads: 32,
  num_key_value_heads: 8,
  head_dim: 128,
  max_position_embeddings: 16384,
};

const FACTS = {
  name: 'Own model',
  layers: 32,
  heads: 32,
  kvHeads: 8,
  headDim: 128,
  weightsGib: 15,
  maxContext: 16384,
};

describe('mergeModels', () => {
  it('changes, hides and adds models, by facts or by config.json', () => {
    const merged = mergeModels(MODELS, {
      'qwen2.5-3b-instruct': { maxContext: 8192, allowedFor: ['group:assist'] },
      'deepseek-r1': { hidden: true },
      'own-8b': FACTS,
      'other-8b': { config: CONFIG, parameters: 8e9, gated: true },
    });
    expect(merged).toHaveLength(MODELS.length + 2);
    expect(findModel('qwen2.5-3b-instruct', merged)).toMatchObject({
      maxContext: 8192,
      kvHeads: 2,
      allowedFor: ['group:default/assist'],
    });
    expect(findModel('own-8b', merged)).toMatchObject({
      attention: 'gqa',
      fullAttentionLayers: 32,
      evidence: 'configured',
    });
    expect(findModel('other-8b', merged)).toMatchObject({
      name: 'other-8b',
      gated: true,
      kvHeads: 8,
    });
  });

  it.each([
    [{ 'qwen3-8b': { heads: 0 } }, `${PATH}.qwen3-8b.heads is 0`],
    [
      { 'qwen3-8b': { layer: 3 } },
      `${PATH}.qwen3-8b.layer is not known; expected one of hidden,`,
    ],
    [
      { 'qwen3-8b': { fullAttentionLayers: 99 } },
      `${PATH}.qwen3-8b.fullAttentionLayers is 99; expected at most 36`,
    ],
    [
      { 'qwen3-8b': { huggingFace: 'hf://Qwen/Qwen3-8B' } },
      `${PATH}.qwen3-8b.huggingFace is`,
    ],
    [{ own: { ...FACTS, kvHeads: undefined } }, `${PATH}.own.kvHeads is`],
    [{ own: { name: 'Own' } }, `${PATH}.own.layers is absent`],
    [
      { own: { name: 'Own', layers: 1, attention: 'mla' } },
      `${PATH}.own.latentDim is absent`,
    ],
    [{ own: { parameters: 1 } }, `${PATH}.own.parameters stands alone`],
    [
      { own: { config: { ...CONFIG, head_dim: -1 }, weightsGib: 1 } },
      `${PATH}.own.config.head_dim: is -1`,
    ],
    [{ own: { config: CONFIG } }, `${PATH}.own.weightsGib: is absent`],
  ])('refuses %j', (overrides, message) => {
    expect(() => mergeModels(MODELS, overrides)).toThrow(message);
  });

  it('throws an error that knows its path', () => {
    const thrown = () => {
      try {
        return mergeModels(MODELS, { 'qwen3-8b': { gated: 'no' } });
      } catch (error) {
        return error;
      }
    };
    expect(thrown()).toBeInstanceOf(ConfigError);
    expect(thrown()).toMatchObject({ path: `${PATH}.qwen3-8b.gated` });
  });
});

describe('offeredTables', () => {
  const restricted = {
    accelerators: ACCELERATORS.map(row =>
      row.id === 'nvidia-h100'
        ? { ...row, allowedFor: ['group:default/ml'] }
        : row,
    ),
    models: mergeModels(MODELS, { 'phi-4': { hidden: true } }),
  };
  const ids = (refs?: string[]) =>
    offeredTables(restricted, refs).accelerators.map(({ id }) => id);

  it('leaves out what is hidden, and what is for others', () => {
    expect(ids()).toContain('nvidia-h100');
    expect(ids()).not.toContain('intel-gaudi2');
    expect(ids(['user:default/ada', 'group:default/ML'])).toContain(
      'nvidia-h100',
    );
    expect(ids(['user:default/ada'])).not.toContain('nvidia-h100');
    expect(
      offeredTables(restricted).models.some(({ id }) => id === 'phi-4'),
    ).toBe(false);
  });

  it('decides what a fit may be asked about, and what is suggested', () => {
    const request = {
      model: 'llama-3.1-8b-instruct',
      accelerator: 'nvidia-a100-40',
      devices: 1,
      maxModelLen: 131072,
    };
    const suggested = (tables = DEFAULT_TABLES) =>
      assessFit({ ...request, maxModelLen: 131072 }, tables).fixes.find(
        ({ change }) => change?.accelerator,
      )?.change?.accelerator;
    expect(suggested()).toBe('nvidia-a100-80');
    const without = {
      ...DEFAULT_TABLES,
      accelerators: ACCELERATORS.filter(
        ({ id }) => !['nvidia-a100-80', 'nvidia-h100'].includes(id),
      ),
    };
    expect(['nvidia-rtx-pro-6000', 'nvidia-h200']).toContain(
      suggested(without),
    );
    expect(() =>
      assessFit(
        { ...request, accelerator: 'nvidia-h100' },
        offeredTables(restricted, ['user:default/ada']),
      ),
    ).toThrow(/^accelerator: Accelerator 'nvidia-h100' is not known/);
  });
});
