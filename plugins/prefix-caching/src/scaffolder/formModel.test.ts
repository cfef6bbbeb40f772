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

import type { ModelFacts } from 'prefix-caching-core';
import { modelOfForm } from './formModel';

const offered = [{ id: 'm', maxContext: 4096 }] as ModelFacts[];
const config = { max_position_embeddings: 2048 };

describe('the model of the form', () => {
  it.each([
    [{ model: 'm' }, { ask: 'm', maxContext: 4096 }],
    [{ model: 'hidden' }, undefined],
    [{}, undefined],
    // A script, or a step back in the form, may have left these.
    [
      { model: 'm', modelConfig: config, modelWeightsGib: 1 },
      { ask: 'm', maxContext: 4096 },
    ],
    [{ model: 'other' }, undefined],
    [{ model: 'other', modelConfig: config }, undefined],
    [
      { model: 'other', modelConfig: '{ no' as never, modelWeightsGib: 1 },
      undefined,
    ],
    [
      {
        model: 'other',
        modelName: 'own',
        modelConfig: config,
        modelWeightsGib: 1,
      },
      { ask: { name: 'own', config, weightsGib: 1 }, maxContext: 2048 },
    ],
    [
      {
        model: 'other',
        modelConfig: { text_config: config },
        modelWeightsGib: 1,
      },
      {
        ask: { config: { text_config: config }, weightsGib: 1 },
        maxContext: 2048,
      },
    ],
    [
      { model: 'other', modelConfig: {}, modelWeightsGib: 1 },
      { ask: { config: {}, weightsGib: 1 }, maxContext: Infinity },
    ],
  ])('of %j is %j', (form, model) => {
    expect(modelOfForm(form, offered)).toEqual(model);
  });
});
