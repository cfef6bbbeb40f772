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

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { planOfForm } from './planOfForm';
import type { FormValues } from './planOfForm';

const template = readFileSync(
  resolve(
    __dirname,
    '../../../../../templates/prefix-caching-deployment/template.yaml',
  ),
  'utf8',
);

/** The part of the template that makes a plan of its parameters. */
const step = template.split('        plan:\n')[1].split('\n    - id:')[0];

const form: FormValues = {
  name: 'qwen-3b',
  owner: 'group:default/assist',
  model: 'qwen2.5-3b-instruct',
  platform: 'kserve-0.20',
  namespace: 'llm-serving',
  accelerators: [{ id: 'nvidia-t4' }],
  replicas: 2,
  repoUrl: 'gitlab.com?owner=assist&repo=gitops',
};

describe('the plan of the form', () => {
  it('has the fields of the template’s render step, and reads the same values', () => {
    const fields = [...step.matchAll(/^ {10}(\w+):/gm)].map(([, name]) => name);
    expect(fields.length).toBeGreaterThan(15);
    expect(Object.keys(planOfForm(form)).sort()).toEqual(fields.sort());
    const read = new Set<string>();
    const watched = new Proxy<FormValues>(
      {
        ...form,
        model: 'other',
        argoCd: true,
        networkPolicies: 'auto',
        publishTo: 'existing',
        targetPath: 'a',
      },
      {
        get(values, name) {
          read.add(String(name));
          return Reflect.get(values, name);
        },
      },
    );
    planOfForm(watched);
    const named = [...step.matchAll(/parameters\.(\w+)/g)].map(
      ([, name]) => name,
    );
    expect([...read].sort()).toEqual([...new Set(named)].sort());
  });

  it.each<[Partial<FormValues>, boolean]>([
    [{}, false],
    [{ lifecycle: 'production' }, true],
    [{ tenancy: 'multi' }, true],
    [{ dataClass: 'regulated' }, true],
    [{ dataClass: 'public', networkPolicies: 'yes' }, true],
    [{ tenancy: 'multi', networkPolicies: 'no' }, false],
  ])('network policies of %j: %s', (values, written) => {
    expect(planOfForm({ ...form, ...values }).networkPolicies).toBe(written);
  });

  it.each<[Partial<FormValues>, unknown]>([
    [{}, 'kserve-0.20'],
    [{ tls: 'auto' }, 'kserve-0.20'],
    [{ istio: '1.28.3' }, { id: 'kserve-0.20', istio: '1.28.3' }],
    [{ tls: 'on' }, { id: 'kserve-0.20', tls: true }],
    [
      { istio: '1.28.3', tls: 'off' },
      { id: 'kserve-0.20', istio: '1.28.3', tls: false },
    ],
  ])('the platform of %j: %j', (values, platform) => {
    expect(planOfForm({ ...form, ...values }).platform).toEqual(platform);
  });

  it('takes empty lists for what was left out', () => {
    const plan = planOfForm({ ...form, overlays: [], scorers: [] });
    expect(plan.overlays).toBeUndefined();
    expect(plan.scorers).toBeUndefined();
    const scorers = [{ type: 'prefix-cache-scorer', weight: 3 }];
    expect(planOfForm({ ...form, overlays: ['a'], scorers })).toMatchObject({
      overlays: ['a'],
      scorers,
    });
  });

  it('takes a model by its address, and a folder of a repository that exists', () => {
    expect(
      planOfForm({
        ...form,
        model: 'other',
        modelUri: 'pvc://models/qwen',
        modelName: 'qwen',
        modelConfig: { num_hidden_layers: 32 },
        modelWeightsGib: 15.3,
        argoCd: true,
        publishTo: 'existing',
        targetPath: 'services/qwen',
      }),
    ).toMatchObject({
      model: {
        id: undefined,
        uri: 'pvc://models/qwen',
        name: 'qwen',
        config: { num_hidden_layers: 32 },
        weightsGib: 15.3,
      },
      argoCd: {
        repoUrl: 'https://gitlab.com/assist/gitops',
        path: 'services/qwen/deploy',
      },
    });
  });
});
