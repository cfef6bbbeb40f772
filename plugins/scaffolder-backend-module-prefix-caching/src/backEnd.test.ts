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

import { ACCELERATORS } from 'backstage-plugin-prefix-caching-common/core';
import { parse } from 'yaml';
import { contentsOf, startScaffolder } from './__testUtils__/startScaffolder';
import { readTemplate } from './__testUtils__/template';
import { values } from './__testUtils__/values';

const [, { properties }] = readTemplate().spec.parameters;
const platforms = properties!.platform.enum!;

/** What the picker starts with for each accelerator that is offered on some nodes. */
const offered = ACCELERATORS.filter(({ hidden }) => !hidden).map(row => ({
  accelerator: {
    id: row.id,
    ...(row.choices[0].topology
      ? { topology: row.choices[0].topology }
      : { devices: row.choices[0].devices }),
    maxModelLen: 4096,
  },
  nodePlatform: Object.keys(row.nodeSelectors)[0],
}));

describe('the template with the real back end', () => {
  jest.setTimeout(30_000);
  let scaffolder: Awaited<ReturnType<typeof startScaffolder>>;

  beforeAll(async () => {
    scaffolder = await startScaffolder(
      import('backstage-plugin-prefix-caching-backend'),
    );
  }, 60_000);
  beforeEach(() => {
    scaffolder.published.length = 0;
  });
  afterAll(async () => {
    await scaffolder?.server.stop();
  });

  it('writes a service per accelerator, and what the catalog and a person need', async () => {
    const { body } = await scaffolder.dryRun({
      ...values,
      networkPolicies: 'yes',
      argoCd: true,
    });
    expect(body.error?.message).toBeUndefined();
    const files = new Map(
      body.directoryContents?.map(({ path, base64Content }) => [
        path,
        Buffer.from(base64Content, 'base64').toString('utf8'),
      ]),
    );
    expect([...files.keys()]).toEqual(
      expect.arrayContaining([
        'README.md',
        'argocd/application.yaml',
        'catalog-info.yaml',
        'deploy/kustomization.yaml',
        'deploy/qwen-3b-gpu-svc.yaml',
        'deploy/qwen-3b-tpu-svc.yaml',
      ]),
    );
    expect(files.get('deploy/qwen-3b-gpu-svc.yaml')).toContain('4096');
    expect(files.get('deploy/qwen-3b-tpu-svc.yaml')).toContain('2048');
    expect(files.get('catalog-info.yaml')).toContain(
      'group:default/team-assist',
    );
    expect(scaffolder.published).toHaveLength(1);
  });

  it.each(
    offered.map((choice, index) => ({
      ...choice,
      platform: platforms[index % platforms.length],
    })),
  )(
    'renders and verifies what the picker offers: $platform, $accelerator.id on $nodePlatform',
    async ({ platform, accelerator, nodePlatform }) => {
      const { body } = await scaffolder.dryRun({
        ...values,
        platform,
        gateway: undefined,
        accelerators: [accelerator],
        ...(nodePlatform && { nodePlatform }),
      });
      expect(body.error?.message).toBeUndefined();
      expect(body.directoryContents?.length).toBeGreaterThan(3);
    },
  );

  it('tells the fit of a model that is described by its config.json', async () => {
    const described = {
      model: 'other',
      modelUri: 'pvc://models/own',
      modelName: 'own-8b',
      modelConfig: {
        num_hidden_layers: 32,
        num_attention_heads: 32,
        num_key_value_heads: 8,
        head_dim: 128,
        max_position_embeddings: 32768,
      },
      modelWeightsGib: 15,
    };
    const tight = await scaffolder.dryRun({
      ...values,
      ...described,
      accelerators: [{ id: 'nvidia-t4', devices: 1 }],
    });
    expect(tight.body.error?.message).toMatch(
      /^accelerators\[0\]\.maxModelLen: .*own-8b/,
    );
    const { body } = await scaffolder.dryRun({
      ...values,
      ...described,
      accelerators: [{ id: 'nvidia-l4' }],
    });
    expect(body.error?.message).toBeUndefined();
  });

  it('records inputs, template version and profile, and gives the same bytes again', async () => {
    const run = () => scaffolder.dryRun(values);
    const [first, second] = [await run(), await run()];
    expect(contentsOf(second)).toEqual(contentsOf(first));
    expect(Object.keys(contentsOf(first)).length).toBeGreaterThan(4);
    const record = contentsOf(first)['.prefix-caching/plan.yaml'] ?? '';
    expect(parse(Buffer.from(record, 'base64').toString('utf8'))).toMatchObject(
      {
        template: { version: '1.1.0' },
        profile: { id: 'kserve-0.20' },
        inputs: {
          name: 'qwen-3b',
          model: { id: 'qwen2.5-3b-instruct' },
          accelerators: values.accelerators,
        },
      },
    );
  });

  it.each([
    ['model.id', { model: 'gpt-9' }],
    ['model.tokenSecret', { model: 'llama-3.1-8b-instruct' }],
    [
      'model.config.num_hidden_layers',
      {
        model: 'other',
        modelUri: 'pvc://models/x',
        modelName: 'x',
        modelConfig: { num_hidden_layers: 'many' },
        modelWeightsGib: 15,
      },
    ],
    ['accelerators[0].id', { accelerators: [{ id: 'nvidia-t5' }] }],
    ['accelerators[0].id', { accelerators: [{ id: 'intel-gaudi3' }] }],
    ['accelerators', { accelerators: [] }],
    [
      'accelerators[0].tensorParallel',
      { accelerators: [{ id: 'nvidia-t4', devices: 4, tensorParallel: 3 }] },
    ],
    ['platform.istio', { platform: 'rhaii-3.4-ea1', istio: '1.29.0' }],
    ['platform.tls', { platform: 'rhaii-3.4-ea1', tls: 'off' }],
    ['scorers[0].type', { scorers: [{ type: 'luck-scorer', weight: 1 }] }],
    ['name', { name: `q${'w'.repeat(60)}` }],
    ['description', { description: 'Says {{ .Name }}' }],
    ['cluster', { cluster: 'a\nb' }],
    [
      'accelerators[0].service',
      { accelerators: [{ id: 'nvidia-t4', service: 'Not A Name' }] },
    ],
  ])(
    'a bad %s fails the task by its path, and nothing is published: %j',
    async (path, bad) => {
      const { status, body } = await scaffolder.dryRun({ ...values, ...bad });
      expect(status).not.toBe(200);
      expect(body.error?.message.slice(0, path.length + 1)).toBe(`${path}:`);
      expect(scaffolder.published).toEqual([]);
    },
  );
});
