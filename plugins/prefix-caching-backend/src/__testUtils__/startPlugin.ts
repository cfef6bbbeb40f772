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
  createServiceFactory,
  type BackendFeature,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { ManualClock, startSandbox, type Sandbox } from 'sandbox';
import request from 'supertest';
import { prefixCachingPlugin } from '../plugin';

const examplesDir = path.resolve(__dirname, '../../../../examples');

/** Base of the plugin's HTTP API. */
export const API = '/api/prefix-caching';

/** Path of an entity in the API. */
export function entityPath(name: string): string {
  return `${API}/entities/component/default/${name}`;
}

/** The examples' cluster, half a minute old. */
export async function startExamples(): Promise<{
  sandbox: Sandbox;
  clock: ManualClock;
}> {
  const clock = new ManualClock(Date.UTC(2026, 10, 22, 10));
  const sandbox = await startSandbox({
    apiPort: 0,
    gitPort: 0,
    examplesDir,
    clock,
    seed: 1,
  });
  clock.advance(30);
  return { sandbox, clock };
}

export interface StartPluginOptions {
  /** Name → URL. */
  clusters: Record<string, string>;
  entities: Entity[];
  /** More of the `prefixCaching` section. */
  prefixCaching?: object;
  /** One that runs tasks; none are run by default. */
  scheduler?: BackendFeature;
  features?: BackendFeature[];
}

/** The plugin in a back end, with a catalog in which users do not see the entity `hidden`. */
export async function startPlugin(options: StartPluginOptions) {
  const audited = jest.fn();
  const denied: string[] = [];
  const signals: unknown[] = [];
  const catalog = catalogFor(options.entities);
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
                clusters: Object.entries(options.clusters).map(
                  ([name, url]) => ({
                    name,
                    url,
                    authProvider: 'serviceAccount',
                    serviceAccountToken: 'sandbox-reader',
                    skipTLSVerify: true,
                  }),
                ),
              },
            ],
          },
          prefixCaching: {
            metrics: {
              tokens: [{ cluster: 'sandbox', token: 'sandbox-metrics' }],
              portForward: true,
            },
            responsible: { platform: 'group:default/platform' },
            ...options.prefixCaching,
          },
        },
      }),
      options.scheduler ??
        mockServices.scheduler.factory({ skipTaskRunOnStartup: true }),
      auditor.factory,
      mockServices.events.mock({
        publish: async ({ eventPayload }) => {
          signals.push(eventPayload);
        },
      }).factory,
      mockServices.permissions.mock({
        authorize: async requests =>
          requests.map(({ permission }) => ({
            result: denied.includes(permission.name)
              ? AuthorizeResult.DENY
              : AuthorizeResult.ALLOW,
          })),
      }).factory,
      catalog.feature,
      ...(options.features ?? []),
    ],
  });
  const server = backend.server as unknown as Server;
  return {
    server,
    audited,
    /** What open pages were told. */
    signals,
    /** Names of permissions that are refused. */
    denied,
    catalogRequests: catalog.requests,
    get: (url: string) => request(server).get(url),
    post: (url: string, body?: object) => request(server).post(url).send(body),
    run: (name: string, body?: object) =>
      request(server)
        .post(`${entityPath(name)}/verifications`)
        .send(body),
    stop: () => backend.stop(),
  };
}

function catalogFor(all: Entity[]) {
  const requests: string[] = [];
  const whole = catalogServiceMock({ entities: all });
  const visible = catalogServiceMock({
    entities: all.filter(entity => entity.metadata.name !== 'hidden'),
  });
  const of = (options: { credentials: { principal: unknown } }) =>
    (options.credentials.principal as { type: string }).type === 'user'
      ? visible
      : whole;
  const feature = createServiceFactory({
    service: catalogServiceRef,
    deps: {},
    factory: () => ({
      ...whole,
      streamEntities: (req, options) => {
        requests.push('streamEntities');
        return of(options).streamEntities(req, options);
      },
      getEntitiesByRefs: (req, options) => {
        requests.push(`getEntitiesByRefs ${req.entityRefs.length}`);
        return of(options).getEntitiesByRefs(req, options);
      },
      getEntityByRef: (ref, options) => {
        requests.push('getEntityByRef');
        return of(options).getEntityByRef(ref, options);
      },
    }),
  });
  return { feature, requests };
}
