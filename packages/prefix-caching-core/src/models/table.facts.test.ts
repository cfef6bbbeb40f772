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

import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { findAccelerator } from '../accelerators';
import {
  MODELS,
  assessFit,
  findModel,
  kvBytesPerToken,
  validTensorParallel,
} from '.';
import { windowBytesPerRequest } from './kvCache';

const file = path.resolve(__dirname, '../../../../../shared/facts/models.yaml');
const describeIf = existsSync(file)
  ? describe
  : // The researched facts are kept outside of the repository.
    describe.skip;

interface Facts {
  measured: {
    model: string;
    tp: number;
    util?: number;
    kv_gib: number;
  }[];
  models: {
    id: string;
    hf: string;
    attention: string;
    layers: number;
    full_attention_layers: number;
    sliding_window: number;
    heads: number;
    kv_heads: number | null;
    head_dim: number | null;
    mla_latent_dim: number | null;
    weights_dtype: string;
    weights_gib: number;
    max_context: number;
    valid_tp: number[];
    gated: boolean;
    kv_bytes_per_token_bf16: number;
    kv_bytes_per_token_fp8: number;
    swa_fixed_bytes_per_request_bf16: number;
    evidence: string;
  }[];
}

describeIf('the models against the researched facts', () => {
  const facts: Facts = existsSync(file)
    ? parse(readFileSync(file, 'utf8'))
    : { measured: [], models: [] };
  const h100 = findAccelerator('nvidia-h100');

  it('has every model, and as many measurements as there are', () => {
    expect(MODELS.map(({ id }) => id).sort()).toEqual(
      facts.models.map(({ id }) => id).sort(),
    );
    expect(facts.measured).toHaveLength(8);
  });

  it.each(facts.models)('$id', fact => {
    const facts_ = findModel(fact.id);
    expect(facts_).toMatchObject({
      huggingFace: fact.hf,
      attention: fact.attention.split('-')[0],
      layers: fact.layers,
      fullAttentionLayers: fact.full_attention_layers,
      slidingWindow: fact.sliding_window,
      heads: fact.heads,
      weightsGib: fact.weights_gib,
      weightsDtype: fact.weights_dtype,
      maxContext: fact.max_context,
      gated: fact.gated,
      evidence: fact.evidence,
    });
    expect(facts_.kvHeads).toBe(fact.kv_heads ?? undefined);
    expect(facts_.headDim).toBe(fact.head_dim ?? undefined);
    expect(facts_.latentDim).toBe(fact.mla_latent_dim ?? undefined);
    expect(facts_.mixtureOfExperts ?? false).toBe(
      fact.attention.includes('moe'),
    );
    expect(facts_.multimodal ?? false).toBe(fact.attention.includes('mm'));
    expect(validTensorParallel(facts_, 16)).toEqual(fact.valid_tp);
    expect(kvBytesPerToken(facts_, h100, 1)).toBe(fact.kv_bytes_per_token_bf16);
    expect(kvBytesPerToken(facts_, h100, 1, 1)).toBe(
      fact.kv_bytes_per_token_fp8,
    );
    expect(windowBytesPerRequest(facts_, h100)).toBe(
      fact.swa_fixed_bytes_per_request_bf16,
    );
  });

  it.each(facts.measured)(
    'holds what was measured on H100: $model, $tp devices',
    ({ model, tp, util, kv_gib }) => {
      const { kvCacheGiB } = assessFit({
        model,
        accelerator: 'nvidia-h100',
        devices: tp,
        maxModelLen: 4096,
        gpuMemoryUtilization: util,
      });
      expect(kvCacheGiB.high - kvCacheGiB.low).toBeLessThanOrEqual(9);
      expect(kv_gib).toBeGreaterThanOrEqual(kvCacheGiB.low - 0.1);
      expect(kv_gib).toBeLessThanOrEqual(kvCacheGiB.high + 0.1);
    },
  );
});
