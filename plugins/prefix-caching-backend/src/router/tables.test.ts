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

import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import type { Sandbox } from 'sandbox';
import { claimingEntity } from '../__testUtils__/createVerifier';
import {
  API,
  entityPath,
  startExamples,
  startPlugin,
} from '../__testUtils__/startPlugin';

describe('tables and manifests', () => {
  let sandbox: Sandbox;
  let plugin: Awaited<ReturnType<typeof startPlugin>>;

  const start = (prefixCaching?: object) =>
    startPlugin({
      clusters: { sandbox: sandbox.api.url },
      entities: [claimingEntity('a', 'llm-serving/qwen-3b-gpu')],
      prefixCaching,
    });

  beforeAll(async () => {
    ({ sandbox } = await startExamples());
    plugin = await start();
  });
  afterAll(async () => {
    await plugin.stop();
    await sandbox.close();
  });

  const plan = {
    name: 'qwen-3b',
    namespace: 'rhaii-inference',
    owner: 'group:default/team-a',
    model: { id: 'qwen2.5-3b-instruct' },
    platform: 'kserve-0.20',
    accelerators: [{ id: 'nvidia-t4' }],
    replicas: 2,
  };

  it('serves accelerators and models to signed-in users', async () => {
    const accelerators = await plugin.get(`${API}/accelerators`);
    expect(
      accelerators.body.items.map((item: { id: string }) => item.id),
    ).toEqual(expect.arrayContaining(['nvidia-t4', 'tpu-v6e', 'simulator']));
    const models = await plugin.get(`${API}/models`);
    expect(models.body.items.length).toBeGreaterThan(0);
    plan.model.id = models.body.items[0].id;
    for (const table of ['accelerators', 'models']) {
      const { status } = await plugin
        .get(`${API}/${table}`)
        .set('Authorization', mockCredentials.none.header());
      expect(status).toBe(401);
    }
  });

  it('offers a restricted row to its groups alone, and a hidden one to nobody', async () => {
    const restricted = await start({
      accelerators: {
        'nvidia-h100': { allowedFor: ['group:default/ml'] },
        'nvidia-t4': { allowedFor: ['user:default/mock'] },
        'nvidia-l4': { hidden: true },
        'nvidia-l40s': { basedOn: 'nvidia-l4', name: 'L40S', usableGib: 44 },
      },
      models: { 'phi-4': { allowedFor: ['group:default/ml'] } },
    });
    const idsOf = async (table: string, authorization: string) => {
      const { body } = await restricted
        .get(`${API}/${table}`)
        .set('Authorization', authorization);
      return body.items.map(({ id }: { id: string }) => id);
    };
    const user = mockCredentials.user.header();
    const service = mockCredentials.service.header();
    const seen: string[] = await idsOf('accelerators', user);
    expect(seen).toEqual(
      expect.arrayContaining(['nvidia-t4', 'nvidia-l40s', 'simulator']),
    );
    for (const hidden of ['nvidia-h100', 'nvidia-l4', 'intel-gaudi3']) {
      expect(seen).not.toContain(hidden);
    }
    expect(await idsOf('models', user)).not.toContain('phi-4');
    expect(await idsOf('accelerators', service)).toContain('nvidia-h100');
    expect(await idsOf('accelerators', service)).not.toContain('nvidia-l4');

    const fit = await restricted.post(`${API}/fit`).send({
      model: 'qwen3-8b',
      accelerator: 'nvidia-h100',
      devices: 1,
      maxModelLen: 4096,
    });
    expect(fit.status).toBe(400);
    expect(fit.body.error.message).toMatch(
      /^accelerator: Accelerator 'nvidia-h100' is not known/,
    );
    const rendered = await restricted
      .post(`${API}/render`)
      .send({ ...plan, accelerators: [{ id: 'nvidia-h100' }] });
    expect(rendered.status).toBe(400);
    expect(rendered.body.error.message).toMatch(/^accelerators\[0\]\.id: /);
    const own = await restricted
      .post(`${API}/render`)
      .send({ ...plan, accelerators: [{ id: 'nvidia-l40s' }] });
    expect(own.status).toBe(200);
  });

  it('assesses a model by its config.json, and names a field that is wrong', async () => {
    const config = {
      num_hidden_layers: 36,
      num_attention_heads: 32,
      num_key_value_heads: 8,
      head_dim: 128,
      max_position_embeddings: 40960,
    };
    const ask = (model: unknown) =>
      plugin.post(`${API}/fit`).send({
        model,
        accelerator: 'nvidia-h100',
        devices: 1,
        maxModelLen: 4096,
      });
    const fit = await ask({ config, weightsGib: 15.26 });
    expect(fit.body).toMatchObject({
      verdict: 'fits',
      kvBytesPerToken: 147456,
      pickerIndex: { ratio: 4 },
    });
    for (const [model, message] of [
      [7, 'model: Expected the id of a model'],
      ['gpt-9', "model: Model 'gpt-9' is not in the model table"],
      [{ config, weightsGib: -1 }, 'model.weightsGib: '],
      [{ config, weight: 1 }, 'model.weight: there is no such field'],
      [{ config }, 'model.weightsGib: is absent'],
      [
        { config: { ...config, head_dim: 'x' }, weightsGib: 1 },
        'model.config.head_dim: is "x"',
      ],
      [{ id: 'own', name: 'Own' }, 'model.attention: '],
    ] as const) {
      const refused = await ask(model);
      expect(refused.status).toBe(400);
      expect(refused.body.error.message.startsWith(message)).toBe(true);
    }
  });

  it('assesses the fit', async () => {
    const fit = await plugin.post(`${API}/fit`).send({
      model: plan.model.id,
      accelerator: 'nvidia-h100',
      devices: 1,
      maxModelLen: 4096,
    });
    expect(fit.body).toMatchObject({ verdict: expect.any(String) });
    const wrong = await plugin
      .post(`${API}/fit`)
      .send({ model: 1, accelerator: 'x' });
    expect(wrong.status).toBe(400);
    expect(wrong.body.error.message).toContain('devices: Required');
    const none = await plugin.post(`${API}/fit`).send({
      model: plan.model.id,
      accelerator: 'nvidia-h100',
      devices: 0,
      maxModelLen: 4096,
    });
    expect(none.status).toBe(400);
    expect(none.body.error.message).toMatch(/^devices: /);
  });

  it('renders a plan whose files it verifies', async () => {
    const rendered = await plugin.post(`${API}/render`).send(plan);
    expect(rendered.status).toBe(200);
    const paths = rendered.body.files.map(
      (file: { path: string }) => file.path,
    );
    expect(paths).toContain('catalog-info.yaml');
    const verified = await plugin.post(`${API}/verify`).send({
      files: rendered.body.files
        .filter((file: { path: string }) => file.path.endsWith('.yaml'))
        .map(({ path: file, content }: { path: string; content: string }) => ({
          path: file,
          content,
        })),
    });
    expect(verified.status).toBe(200);
    expect(verified.body.verifications).toHaveLength(1);
    const byObjects = await plugin.post(`${API}/verify`).send({
      objects: rendered.body.files.flatMap(
        (file: { objects: object[] }) => file.objects,
      ),
      expectations: { lifecycle: 'production' },
    });
    expect(byObjects.body.verifications).toHaveLength(1);
  });

  it.each([
    [
      'an unknown accelerator',
      { accelerators: [{ id: 'abacus' }] },
      'accelerators[0]',
    ],
    ['a newline', { namespace: 'a\nb' }, 'namespace'],
    ['a template', { name: 'a-${{ secrets.x }}' }, 'name'],
    [
      'what KServe would execute',
      { description: '{{ .Secret }}' },
      'description',
    ],
    ['a newline in a label', { owner: 'group:default/a\nb' }, 'owner'],
    [
      'a template in the namespace',
      { namespace: '${{ secrets.x }}' },
      'namespace',
    ],
    [
      'what KServe would execute, in a model address',
      { model: { uri: 'hf://a/{{ .Secret }}' } },
      'model.uri',
    ],
    [
      'a tensor parallel size the heads do not divide by',
      {
        accelerators: [{ id: 'nvidia-t4', devices: 4, tensorParallel: 3 }],
      },
      'accelerators[0].tensorParallel',
    ],
    ['a name too long for Kubernetes', { name: `q${'w'.repeat(60)}` }, 'name'],
    ['a wrong type', { replicas: 'two' }, 'replicas: '],
    [
      'an unknown field',
      { model: { idd: 'x' } },
      'model.idd: there is no such field',
    ],
  ])('names the field of %s', async (_name, change, message) => {
    const { status, body } = await plugin
      .post(`${API}/render`)
      .send({ ...plan, ...change });
    expect(status).toBe(400);
    expect(body.error.name).toBe('InputError');
    expect(body.error.message.startsWith(message)).toBe(true);
  });

  it('renders and verifies for services, for themselves and for a user', async () => {
    const forUser = await mockServices
      .auth({ pluginId: 'scaffolder' })
      .getPluginRequestToken({
        onBehalfOf: mockCredentials.user(),
        targetPluginId: 'prefix-caching',
      });
    for (const authorization of [
      mockCredentials.service.header(),
      `Bearer ${forUser.token}`,
    ]) {
      const rendered = await plugin
        .post(`${API}/render`)
        .set('Authorization', authorization)
        .send(plan);
      expect(rendered.status).toBe(200);
      const verified = await plugin
        .post(`${API}/verify`)
        .set('Authorization', authorization)
        .send({ objects: rendered.body.files[0].objects });
      expect(verified.status).toBe(200);
      const ran = await plugin
        .post(`${entityPath('a')}/verifications`)
        .set('Authorization', authorization);
      expect(ran.status).toBe(200);
    }
    for (const path_ of ['render', 'verify', 'fit']) {
      const anonymous = await plugin
        .post(`${API}/${path_}`)
        .set('Authorization', mockCredentials.none.header())
        .send({});
      expect(anonymous.status).toBe(401);
    }
  });

  it('refuses a body that is too large or no JSON', async () => {
    const huge = await plugin
      .post(`${API}/verify`)
      .send({ files: [{ path: 'a', content: 'x'.repeat(6_000_000) }] });
    expect(huge.status).toBe(400);
    expect(huge.body.error.message).toBe('request entity too large');
    const broken = await plugin
      .post(`${API}/render`)
      .set('Content-Type', 'application/json')
      .send('{');
    expect(broken.status).toBe(400);
  });

  it.each([
    [
      'broken YAML',
      { files: [{ path: 'a.yaml', content: 'a: [' }] },
      'a.yaml: document 1 is not valid YAML',
    ],
    ['neither', {}, 'body: expected either files or objects'],
    ['no object', { objects: [{ kind: 'Pod' }] }, 'objects[0].apiVersion'],
  ])('refuses to verify %s', async (_name, body, message) => {
    const answer = await plugin.post(`${API}/verify`).send(body);
    expect(answer.status).toBe(400);
    expect(answer.body.error.message).toContain(message);
  });
});
