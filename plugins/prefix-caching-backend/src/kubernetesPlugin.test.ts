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
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import kubernetesPlugin from '@backstage/plugin-kubernetes-backend';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { ManualClock, startSandbox, type Sandbox } from 'sandbox';
import request from 'supertest';
import { claimingEntity } from './__testUtils__/createVerifier';
import { prefixCachingPlugin } from './plugin';

jest.setTimeout(180_000);

const entity =
  '/api/prefix-caching/entities/component/default/qwen-3b-chat/verifications';

describe("through the Kubernetes plugin's own proxy", () => {
  const clock = new ManualClock(Date.UTC(2026, 10, 22, 10));
  let sandbox: Sandbox;
  let server: Server;
  let stop: () => Promise<void>;
  let denied = false;

  beforeAll(async () => {
    sandbox = await startSandbox({
      apiPort: 0,
      gitPort: 0,
      examplesDir: path.resolve(__dirname, '../../../examples'),
      clock,
      seed: 1,
    });
    clock.advance(30);
    const clusters = [
      {
        name: 'sandbox',
        url: sandbox.api.url,
        authProvider: 'serviceAccount',
        serviceAccountToken: 'sandbox-reader',
        skipTLSVerify: true,
      },
    ];
    const backend = await startTestBackend({
      features: [
        kubernetesPlugin,
        prefixCachingPlugin,
        mockServices.events.mock().factory,
        mockServices.rootConfig.factory({
          data: {
            kubernetes: {
              serviceLocatorMethod: { type: 'multiTenant' },
              clusterLocatorMethods: [{ type: 'config', clusters }],
            },
            prefixCaching: {
              transport: 'kubernetes-plugin',
              metrics: {
                tokens: [{ cluster: 'sandbox', token: 'sandbox-metrics' }],
                portForward: true,
              },
            },
          },
        }),
        mockServices.scheduler.factory({ skipTaskRunOnStartup: true }),
        mockServices.permissions.mock({
          authorize: async requests =>
            requests.map(({ permission }) => ({
              result:
                denied && permission.name === 'kubernetes.proxy'
                  ? AuthorizeResult.DENY
                  : AuthorizeResult.ALLOW,
            })),
        }).factory,
        catalogServiceMock.factory({
          entities: [claimingEntity('qwen-3b-chat', 'llm-serving/qwen-3b-gpu')],
        }),
      ],
    });
    server = backend.server as unknown as Server;
    stop = () => backend.stop();
  });
  afterAll(async () => {
    await stop?.();
    await sandbox?.close();
  });

  async function run() {
    const { status, body } = await request(server).post(entity);
    expect(status).toBe(200);
    return body;
  }

  it('lists objects and scrapes engines, and says what a picker with a token needs', async () => {
    const { targets, problems } = await run();
    expect(problems).toEqual([]);
    const [target] = targets;
    expect(target).toMatchObject({
      cluster: 'sandbox',
      accelerator: { id: 'nvidia-t4' },
      replicas: { desired: 3, ready: 3 },
    });
    expect(
      target.engines.map((engine: { source: string }) => engine.source),
    ).toEqual(['pod-proxy', 'pod-proxy', 'pod-proxy']);
    expect(target.engines[0].metrics.prefixCaching).toBe('on');

    expect(target.router.metrics).toBeUndefined();
    expect(target.router.gap).toContain(
      "cluster sandbox is reached through the Kubernetes plugin's proxy, which carries no port-forward and drops the token",
    );
    const { gaps } = target.verification;
    expect(gaps).toEqual([
      expect.objectContaining({
        what: 'metrics/router',
        reason: 'not-configured',
        remedy: expect.stringContaining("authProvider 'serviceAccount'"),
      }),
    ]);
  });

  it("tells the plugin's refusal from the cluster's", async () => {
    denied = true;
    const { targets } = await run();
    denied = false;
    const { verdict, gaps } = targets[0].verification;
    expect(verdict).not.toBe('pass');
    expect(gaps[0]).toMatchObject({
      what: 'cluster',
      reason: 'forbidden',
      remedy: expect.stringContaining('kubernetes.proxy'),
    });
    expect(gaps[0].message).toContain(
      "the portal's Kubernetes plugin answered",
    );
  });
});
