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

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import type { JsonObject } from '@backstage/types';
import { FakeCluster } from '../__testUtils__/FakeCluster';
import { ClusterRegistry } from './ClusterRegistry';
import { readDirectClusters } from './directClusters';

const serviceAccount = {
  name: 'lab',
  url: 'https://lab.example',
  authProvider: 'serviceAccount',
  serviceAccountToken: 't',
};

function configOf(...methods: JsonObject[]) {
  return new ConfigReader({ kubernetes: { clusterLocatorMethods: methods } });
}

describe('ClusterRegistry', () => {
  const credentials = mockCredentials.service('plugin:prefix-caching');
  let kubernetes: FakeCluster;

  beforeEach(async () => {
    kubernetes = await FakeCluster.start();
    kubernetes.answer('/clusters', {
      body: {
        items: [
          { name: 'gke-a', authProvider: 'googleServiceAccount' },
          { name: 'user-b', authProvider: 'oidc' },
        ],
      },
    });
  });
  afterEach(() => kubernetes.stop());

  function registryOf(
    config: ConfigReader,
    options: Partial<Parameters<typeof ClusterRegistry.create>[0]> = {},
  ) {
    return ClusterRegistry.create({
      config,
      auth: mockServices.auth(),
      discovery: mockServices.discovery.mock({
        getBaseUrl: async () => kubernetes.url,
      }),
      ...options,
    });
  }

  it('reaches configured service accounts directly, without the plugin', async () => {
    const registry = registryOf(
      configOf(
        { type: 'localKubectlProxy' },
        { type: 'config', clusters: [serviceAccount] },
      ),
    );
    expect(await registry.known()).toEqual({ names: ['local', 'lab'] });
    expect(await registry.clientFor('lab', credentials)).toMatchObject({
      name: 'lab',
      transport: 'direct',
    });
    expect(kubernetes.requests).toEqual([]);
  });

  it('reaches the others through the Kubernetes plugin, asking names once', async () => {
    const registry = registryOf(
      configOf({ type: 'config', clusters: [serviceAccount] }, { type: 'gke' }),
    );
    expect(await registry.known()).toEqual({
      names: ['lab', 'gke-a', 'user-b'],
    });
    expect(await registry.clientFor('gke-a', credentials)).toMatchObject({
      transport: 'kubernetes-plugin',
    });
    expect(kubernetes.requests.map(request => request.path)).toEqual([
      '/clusters',
    ]);
    expect(kubernetes.requests[0].headers.authorization).toMatch(/^Bearer /);
  });

  it('sends the cluster header and a plugin token through the proxy', async () => {
    kubernetes.answer(
      '/proxy/api/v1/namespaces/llm/pods/p:8000/proxy/metrics',
      {
        body: 'metrics',
      },
    );
    const client = await registryOf(configOf({ type: 'gke' })).clientFor(
      'gke-a',
      credentials,
    );
    if ('what' in client) throw new Error(client.message);
    const result = await client.podProxy(
      { namespace: 'llm', pod: 'p', port: 8000, scheme: 'http' },
      '/metrics',
      { maxBytes: 100 },
    );
    expect(result).toMatchObject({ ok: true, body: 'metrics' });
    expect(kubernetes.requests.at(-1)?.headers).toMatchObject({
      'backstage-kubernetes-cluster': 'gke-a',
      'accept-encoding': 'identity',
    });
  });

  it.each([
    ['user-b', 'unauthorized', 'needs the token of a signed-in user'],
    ['nowhere', 'not-configured', "knows no cluster 'nowhere'"],
  ])('answers %s with a gap', async (name, reason, words) => {
    const gap = await registryOf(configOf({ type: 'gke' })).clientFor(
      name,
      credentials,
    );
    expect(gap).toMatchObject({ what: 'cluster', reason });
    expect('message' in gap && gap.message).toContain(words);
  });

  it('does not call a cluster unknown because the plugin is away', async () => {
    kubernetes.answer('/clusters', { status: 503, body: '' });
    const registry = registryOf(configOf({ type: 'gke' }));
    expect(await registry.clientFor('gke-a', credentials)).toMatchObject({
      reason: 'unreachable',
    });
    expect(await registry.known()).toEqual({
      names: [],
      unlisted: 'The Kubernetes plugin did not list its clusters: HTTP 503',
    });
    kubernetes.answer('/clusters', { body: { items: [{ name: 'gke-a' }] } });
    expect(await registry.clientFor('gke-a', credentials)).toMatchObject({
      transport: 'kubernetes-plugin',
    });
  });

  it('keeps the names it was given while the plugin is away', async () => {
    let now = 0;
    const registry = registryOf(configOf({ type: 'gke' }), { now: () => now });
    const before = await registry.known();
    expect(before.names).toEqual(['gke-a', 'user-b']);
    kubernetes.answer('/clusters', { body: '<html></html>' });
    now += 3_600_000;
    expect(await registry.known()).toEqual(before);
  });

  it('looks only at the clusters it was told', async () => {
    const config = configOf(
      { type: 'config', clusters: [serviceAccount] },
      { type: 'gke' },
    );
    const namesOf = async (...of: Parameters<typeof registryOf>) =>
      (await registryOf(...of).known()).names;
    expect(await namesOf(config, { only: ['gke-a'] })).toEqual(['gke-a']);
    expect(await namesOf(config, { transport: 'direct' })).toEqual(['lab']);
    expect(await namesOf(new ConfigReader({}))).toEqual([]);
  });
});

describe('readDirectClusters', () => {
  it('takes the pod account only where its CA is mounted', () => {
    const { serviceAccountToken: _, ...inCluster } = serviceAccount;
    const config = configOf({ type: 'config', clusters: [inCluster] });
    const serviceAccountDir = mkdtempSync(path.join(tmpdir(), 'sa-'));
    expect(readDirectClusters(config, { serviceAccountDir })).toEqual([]);

    writeFileSync(path.join(serviceAccountDir, 'ca.crt'), 'PEM');
    expect(readDirectClusters(config, { serviceAccountDir })).toMatchObject([
      {
        name: 'lab',
        inCluster: true,
        tokenFile: `${serviceAccountDir}/token`,
        caFile: `${serviceAccountDir}/ca.crt`,
      },
    ]);
    rmSync(serviceAccountDir, { recursive: true });
  });
});
