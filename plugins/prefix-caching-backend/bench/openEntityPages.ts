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

import type { Entity } from '@backstage/catalog-model';
import { entityOf } from './clusterObjects';
import { tell } from './processes';

interface FanOutHandler {
  getKubernetesObjectsByEntity(
    query: { entity: Entity; auth: object },
    options: { credentials: object },
  ): Promise<{ items: unknown[] }>;
}

/** The plugin's own classes; its entry point exports the plugin alone. */
const {
  KubernetesFanOutHandler,
} = require('@backstage/plugin-kubernetes-backend/dist/service/KubernetesFanOutHandler.cjs.js');
const {
  KubernetesClientBasedFetcher,
} = require('@backstage/plugin-kubernetes-backend/dist/service/KubernetesFetcher.cjs.js');
const {
  KubernetesConnection,
} = require('@backstage/plugin-kubernetes-backend/dist/service/KubernetesConnection.cjs.js');

/** Entity pages that ask at the same time. */
const CONCURRENCY = 8;

/** What the Kubernetes tab's hook does by default. */
export const POLLS_PER_MINUTE = 6;

/**
 * A process that does what Backstage's Kubernetes plugin does for one poll of
 * each open entity page, by that plugin's own fetcher and fan-out handler.
 */
export async function openPages(url: string, pages: number): Promise<void> {
  const cluster = {
    name: 'bench',
    url,
    authMetadata: { 'kubernetes.io/auth-provider': 'serviceAccount' },
    skipTLSVerify: true,
  };
  const logger = { info() {}, warn() {}, error() {}, debug() {} };
  const handler: FanOutHandler = new KubernetesFanOutHandler({
    logger,
    fetcher: new KubernetesClientBasedFetcher({
      connection: new KubernetesConnection({ logger }),
    }),
    serviceLocator: {
      getClustersByEntity: async () => ({ clusters: [cluster] }),
    },
    customResources: [],
    authStrategy: {
      getCredential: async () => ({ type: 'bearer token', token: 'bench' }),
    },
  });
  const startedAt = performance.now();
  const cpu = process.cpuUsage();
  let next = 0;
  await Promise.all(
    Array.from({ length: CONCURRENCY }, async () => {
      while (next < pages) {
        const entity = {
          apiVersion: 'backstage.io/v1alpha1',
          kind: 'Component',
          metadata: { name: entityOf(next++) },
        };
        const { items } = await handler.getKubernetesObjectsByEntity(
          { entity, auth: {} },
          { credentials: {} },
        );
        if (items.length === 0) throw new Error('An entity page found nothing');
      }
    }),
  );
  const { user, system } = process.cpuUsage(cpu);
  tell({
    wallMs: performance.now() - startedAt,
    cpuMs: (user + system) / 1000,
    peakMb: process.resourceUsage().maxRSS / 1024,
  });
  process.disconnect?.();
}
