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
import fs from 'node:fs';
import path from 'node:path';
import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { stringify } from 'yaml';
import { clusterConfig, metricsConfig } from './clusterConfig';
import { Program } from './Program';

const ROOT = path.resolve(__dirname, '../../..');

export interface ServedPortalOptions {
  folder: string;
  apiServer: { url: string; ca: string };
  /** Of the account that reads the cluster. */
  token: string;
  metricsToken: string;
  entity: Entity;
}

/**
 * The portal as `npm start` serves it, all of it, with the bed's cluster and
 * service in place of the sandbox's.
 */
export class ServedPortal {
  /** As app-config.yaml has it: the network is the bed's own. */
  readonly url = 'http://localhost:7007';
  readonly #program: Program;

  static async start(options: ServedPortalOptions): Promise<ServedPortal> {
    const { folder, entity } = options;
    fs.mkdirSync(folder, { recursive: true });
    const catalog = path.join(folder, 'catalog-info.yaml');
    const { relations: _, ...written } = entity;
    fs.writeFileSync(catalog, stringify(written));
    const config = path.join(folder, 'app-config.bed.yaml');
    fs.writeFileSync(config, stringify(configOf(options, catalog)), {
      mode: 0o600,
    });
    const portal = new ServedPortal(
      await Program.start({
        name: 'portal',
        file: process.execPath,
        args: [
          '--no-warnings',
          ...['--require', '@backstage/cli/config/nodeTransform.cjs'],
          'src/index.ts',
          ...['--config', path.join(ROOT, 'app-config.yaml')],
          ...['--config', config],
        ],
        cwd: path.join(ROOT, 'packages/backend'),
        env: { NODE_ENV: 'production' },
        logs: folder,
        ready: () => knows('http://localhost:7007', stringifyEntityRef(entity)),
      }),
    );
    return portal;
  }

  private constructor(program: Program) {
    this.#program = program;
  }

  async stop(): Promise<void> {
    await this.#program.stop();
  }
}

/** What the bed's portal has otherwise than the sandbox's. */
function configOf(options: ServedPortalOptions, catalog: string) {
  const { apiServer, token, metricsToken } = options;
  return {
    kubernetes: clusterConfig({ apiServer, token }),
    prefixCaching: {
      metrics: metricsConfig(metricsToken),
      probe: { gateways: [] },
    },
    catalog: { locations: [{ type: 'file', target: catalog }] },
  };
}

/** Whether a guest finds the entity in the catalog. */
async function knows(url: string, entityRef: string): Promise<boolean> {
  const signIn = await fetch(`${url}/api/auth/guest/refresh`, {
    headers: { 'X-Requested-With': 'XMLHttpRequest' },
  });
  const { backstageIdentity } = (await signIn.json()) as {
    backstageIdentity: { token: string };
  };
  const found = await fetch(`${url}/api/catalog/entities/by-refs`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${backstageIdentity.token}`,
      'Content-Type': 'application/json',
    },
    body: JSON.stringify({ entityRefs: [entityRef], fields: ['kind'] }),
  });
  const { items } = (await found.json()) as { items: unknown[] };
  return Boolean(items[0]);
}
