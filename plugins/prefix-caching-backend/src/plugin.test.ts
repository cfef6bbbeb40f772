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

import path from 'node:path';
import type { Server } from 'node:http';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { createServiceFactory } from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  verificationReadPermission,
  verificationRunPermission,
} from 'backstage-plugin-prefix-caching-common';
import { ManualClock, startSandbox, type Sandbox } from 'sandbox';
import request from 'supertest';
import { claimingEntity } from './__testUtils__/createVerifier';
import { prefixCachingPlugin } from './plugin';

jest.setTimeout(120_000);

const examplesDir = path.resolve(__dirname, '../../../examples');

/** Entity A names what belongs to entity B, and B names the same. */
const entities: Entity[] = [
  claimingEntity('qwen-3b-chat', 'llm-serving/qwen-3b-gpu'),
  claimingEntity('a', 'llm-serving/qwen-3b-gpu'),
  claimingEntity('hidden', 'llm-search/mistral-7b-search'),
  claimingEntity('malformed', 'no-namespace'),
  claimingEntity('dangling', 'llm-serving/ghost'),
  claimingEntity('lost', 'other/llm-serving/qwen-3b-gpu'),
  { ...claimingEntity('plain', ''), metadata: { name: 'plain' } },
];

describe('prefixCachingPlugin', () => {
  const clock = new ManualClock(Date.UTC(2026, 10, 22, 10));
  let sandbox: Sandbox;
  let server: Server;
  const audited = jest.fn();
  let denied: string[] = [];

  beforeAll(async () => {
    sandbox = await startSandbox({
      apiPort: 0,
      gitPort: 0,
      examplesDir,
      clock,
      seed: 1,
    });
    clock.advance(30);
    server = await startBackend();
  });
  afterAll(() => sandbox.close());
  beforeEach(() => {
    denied = [];
    audited.mockClear();
  });

  async function startBackend(prefixCaching: object = {}): Promise<Server> {
    const auditor = mockServices.auditor.mock({
      createEvent: async event => ({
        success: async () => audited('success', event.eventId, event.meta),
        fail: async () => audited('fail', event.eventId, event.meta),
      }),
    });
    const backend = await startTestBackend({
      features: [
        prefixCachingPlugin,
        mockServices.rootConfig.factory({
          data: {
            kubernetes: {
              clusterLocatorMethods: [
                {
                  type: 'config',
                  clusters: [
                    {
                      name: 'sandbox',
                      url: sandbox.api.url,
                      authProvider: 'serviceAccount',
                      serviceAccountToken: 'sandbox-reader',
                      skipTLSVerify: true,
                    },
                  ],
                },
              ],
            },
            prefixCaching: {
              metrics: {
                tokens: [{ cluster: 'sandbox', token: 'sandbox-metrics' }],
                portForward: true,
              },
              responsible: { platform: 'group:default/platform' },
              ...prefixCaching,
            },
          },
        }),
        mockServices.scheduler.factory({ skipTaskRunOnStartup: true }),
        auditor.factory,
        mockServices.permissions.mock({
          authorize: async requests =>
            requests.map(({ permission }) => ({
              result: denied.includes(permission.name)
                ? AuthorizeResult.DENY
                : AuthorizeResult.ALLOW,
            })),
        }).factory,
        catalogFor(entities),
      ],
    });
    return backend.server as unknown as Server;
  }

  /** A catalog in which users do not see the entity `hidden`. */
  function catalogFor(all: Entity[]) {
    const whole = catalogServiceMock({ entities: all });
    const visible = catalogServiceMock({
      entities: all.filter(entity => entity.metadata.name !== 'hidden'),
    });
    const isUser = (options: { credentials: { principal: unknown } }) =>
      (options.credentials.principal as { type: string }).type === 'user';
    return createServiceFactory({
      service: catalogServiceRef,
      deps: {},
      factory: () => ({
        ...whole,
        streamEntities: (req, options) =>
          (isUser(options) ? visible : whole).streamEntities(req, options),
        getEntitiesByRefs: (req, options) =>
          (isUser(options) ? visible : whole).getEntitiesByRefs(req, options),
        getEntityByRef: (ref, options) =>
          (isUser(options) ? visible : whole).getEntityByRef(ref, options),
      }),
    });
  }

  const base = '/api/prefix-caching';
  const entity = (name: string) => `${base}/entities/component/default/${name}`;
  const run = (name: string, body?: object) =>
    request(server)
      .post(`${entity(name)}/verifications`)
      .send(body);

  it('shows a target before its first run, and calls no cluster for it', async () => {
    const { status, body } = await request(server).get(entity('qwen-3b-chat'));
    expect(status).toBe(200);
    expect(body).toMatchObject({
      entityRef: 'component:default/qwen-3b-chat',
      targets: [
        {
          targetId: expect.stringMatching(/^[\w-]{22}$/),
          cluster: 'sandbox',
          namespace: 'llm-serving',
          name: 'qwen-3b-gpu',
          engines: [],
          changes: [],
        },
      ],
      responsible: {
        owner: 'group:default/team-a',
        platform: 'group:default/platform',
      },
      intervalSeconds: 60,
      permissions: { run: true },
    });
    expect(body.targets[0].verification).toBeUndefined();
  });

  it('verifies on demand and serves the result from its store', async () => {
    const ran = await run('qwen-3b-chat');
    expect(ran.status).toBe(200);
    const [target] = ran.body.targets;
    expect(target).toMatchObject({
      backReference: true,
      model: 'qwen2.5-3b',
      accelerator: { id: 'nvidia-t4' },
      replicas: { desired: 3, ready: 3 },
      router: { source: 'port-forward' },
      lastRun: { by: 'user:default/mock' },
      verification: { phase: 'running', freshness: 'fresh' },
    });
    expect(target.engines).toHaveLength(3);
    expect(audited.mock.calls).toEqual([
      [
        'success',
        'verification-run',
        { entityRef: 'component:default/qwen-3b-chat' },
      ],
    ]);
    const stored = await request(server).get(entity('qwen-3b-chat'));
    expect(stored.body.targets).toEqual(ran.body.targets);
  });

  it('verifies one target by the id it gave out, and knows no other', async () => {
    const { body } = await request(server).get(entity('a'));
    const { targetId } = body.targets[0];
    expect((await run('a', { targetId })).status).toBe(200);
    const foreign = await run('dangling', { targetId });
    expect(foreign.status).toBe(404);
    expect(foreign.body.error.message).toContain('has no target');
    expect(audited).toHaveBeenLastCalledWith(
      'fail',
      'verification-run',
      expect.objectContaining({ targetId }),
    );
    expect((await run('a', { cluster: 'x' })).status).toBe(400);
  });

  it("gives an entity that names another's service no arguments", async () => {
    await run('qwen-3b-chat');
    const own = await request(server).get(entity('qwen-3b-chat'));
    const foreign = await request(server).get(entity('a'));

    const sensitive = (body: typeof own.body) =>
      body.targets[0].verification.findings
        .flatMap((finding: { evidence: object[] }) => finding.evidence)
        .filter((evidence: { sensitive?: boolean }) => evidence.sensitive)
        .map((evidence: { value: string }) => evidence.value);
    expect(sensitive(own.body).length).toBeGreaterThan(0);
    expect(sensitive(own.body).join()).toContain('--max-model-len');
    for (const value of sensitive(foreign.body)) {
      expect(value).toBe(
        'Not shown: the service does not name component:default/a in its annotation prefix-caching/entity-ref.',
      );
    }
    expect(JSON.stringify(foreign.body)).not.toContain('--max-model-len');
    expect(foreign.body.targets[0].backReference).toBe(false);
    expect(
      foreign.body.problems.map(
        (problem: { summary: string }) => problem.summary,
      ),
    ).toEqual([
      'LLMInferenceService llm-serving/qwen-3b-gpu does not name component:default/a back. Its arguments and environment are not shown here.',
      'llm-serving/qwen-3b-gpu is claimed by 1 other entity too: component:default/qwen-3b-chat.',
    ]);
    for (const rest of ['router-log', 'series', 'probes']) {
      const { status } = await request(server).get(`${entity('a')}/${rest}`);
      expect(status).toBe(404);
    }
  });

  it.each([
    ['malformed', 'entity.annotation', "holds 'no-namespace'"],
    [
      'dangling',
      'entity.service',
      'There is no LLMInferenceService llm-serving/ghost',
    ],
    ['lost', 'entity.cluster', "claimed on cluster 'other'"],
    ['plain', 'entity.annotation', 'names no LLMInferenceService'],
  ])('shows the problem of %s', async (name, check, words) => {
    const { status, body } = await run(name);
    expect(status).toBe(200);
    expect(body.problems).toHaveLength(1);
    expect(body.problems[0].check).toBe(check);
    expect(body.problems[0].summary).toContain(words);
  });

  it('reads the entity as the one who asks', async () => {
    for (const name of ['hidden', 'absent']) {
      const { status, body } = await request(server).get(entity(name));
      expect(status).toBe(404);
      expect(body.error.message).toContain(
        `There is no entity component:default/${name} that you may see`,
      );
    }
    const anonymous = await request(server)
      .get(entity('a'))
      .set('Authorization', mockCredentials.none.header());
    expect(anonymous.status).toBe(401);
  });

  it('asks for the permissions to read and to run', async () => {
    denied = [verificationRunPermission.name];
    const { body } = await request(server).get(entity('qwen-3b-chat'));
    expect(body.permissions).toEqual({ run: false });
    const refused = await run('qwen-3b-chat');
    expect(refused.status).toBe(403);
    expect(refused.body.error.message).toContain(
      'prefix-caching.verification.run',
    );
    expect(audited.mock.calls[0][0]).toBe('fail');

    denied = [verificationReadPermission.name];
    expect((await request(server).get(entity('qwen-3b-chat'))).status).toBe(
      403,
    );
  });

  it('hides what the service does not give back where all is required', async () => {
    const strict = await startBackend({ requireBackReference: 'all' });
    const own = await request(strict).post(
      `${entity('qwen-3b-chat')}/verifications`,
    );
    expect(own.body.targets[0].verification).toBeDefined();
    const { body } = await request(strict).get(entity('a'));
    expect(body.targets[0].verification).toBeUndefined();
    expect(body.problems[0].summary).toContain('Nothing of it is shown here');
  });

  describe('tables and manifests', () => {
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
      const accelerators = await request(server).get(`${base}/accelerators`);
      expect(
        accelerators.body.items.map((item: { id: string }) => item.id),
      ).toEqual(expect.arrayContaining(['nvidia-t4', 'tpu-v6e', 'simulator']));
      const models = await request(server).get(`${base}/models`);
      expect(models.body.items.length).toBeGreaterThan(0);
      plan.model.id = models.body.items[0].id;
      for (const table of ['accelerators', 'models']) {
        const { status } = await request(server)
          .get(`${base}/${table}`)
          .set('Authorization', mockCredentials.none.header());
        expect(status).toBe(401);
      }
    });

    it('assesses the fit', async () => {
      const fit = await request(server).post(`${base}/fit`).send({
        model: plan.model.id,
        accelerator: 'nvidia-h100',
        devices: 1,
        maxModelLen: 4096,
      });
      expect(fit.body).toMatchObject({ verdict: expect.any(String) });
      const wrong = await request(server)
        .post(`${base}/fit`)
        .send({ model: 1, accelerator: 'x' });
      expect(wrong.status).toBe(400);
      expect(wrong.body.error.message).toContain('devices: Required');
      const none = await request(server).post(`${base}/fit`).send({
        model: plan.model.id,
        accelerator: 'nvidia-h100',
        devices: 0,
        maxModelLen: 4096,
      });
      expect(none.status).toBe(400);
      expect(none.body.error.message).toMatch(/^devices: /);
    });

    it('renders a plan whose files it verifies', async () => {
      const rendered = await request(server).post(`${base}/render`).send(plan);
      expect(rendered.status).toBe(200);
      const paths = rendered.body.files.map(
        (file: { path: string }) => file.path,
      );
      expect(paths).toContain('catalog-info.yaml');
      const verified = await request(server)
        .post(`${base}/verify`)
        .send({
          files: rendered.body.files
            .filter((file: { path: string }) => file.path.endsWith('.yaml'))
            .map(
              ({ path: file, content }: { path: string; content: string }) => ({
                path: file,
                content,
              }),
            ),
        });
      expect(verified.status).toBe(200);
      expect(verified.body.verifications).toHaveLength(1);
      const byObjects = await request(server)
        .post(`${base}/verify`)
        .send({
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
      [
        'a name too long for Kubernetes',
        { name: `q${'w'.repeat(60)}` },
        'name',
      ],
      ['a wrong type', { replicas: 'two' }, 'replicas: '],
      [
        'an unknown field',
        { model: { idd: 'x' } },
        'model.idd: there is no such field',
      ],
    ])('names the field of %s', async (_name, change, message) => {
      const { status, body } = await request(server)
        .post(`${base}/render`)
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
        const rendered = await request(server)
          .post(`${base}/render`)
          .set('Authorization', authorization)
          .send(plan);
        expect(rendered.status).toBe(200);
        const verified = await request(server)
          .post(`${base}/verify`)
          .set('Authorization', authorization)
          .send({ objects: rendered.body.files[0].objects });
        expect(verified.status).toBe(200);
        const ran = await request(server)
          .post(`${entity('a')}/verifications`)
          .set('Authorization', authorization);
        expect(ran.status).toBe(200);
      }
      for (const path_ of ['render', 'verify', 'fit']) {
        const anonymous = await request(server)
          .post(`${base}/${path_}`)
          .set('Authorization', mockCredentials.none.header())
          .send({});
        expect(anonymous.status).toBe(401);
      }
    });

    it('refuses a body that is too large or no JSON', async () => {
      const huge = await request(server)
        .post(`${base}/verify`)
        .send({ files: [{ path: 'a', content: 'x'.repeat(6_000_000) }] });
      expect(huge.status).toBe(400);
      expect(huge.body.error.message).toBe('request entity too large');
      const broken = await request(server)
        .post(`${base}/render`)
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
      const answer = await request(server).post(`${base}/verify`).send(body);
      expect(answer.status).toBe(400);
      expect(answer.body.error.message).toContain(message);
    });
  });

  it('does not start with a mistake in its configuration', async () => {
    await expect(startBackend({ transport: 'vpn' })).rejects.toThrow(
      "prefixCaching.transport is 'vpn'",
    );
  });
});
