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

import {
  OBSERVED_KINDS,
  type ObservedKind,
} from 'backstage-plugin-prefix-caching-common/core';
import { FakeCluster } from '../__testUtils__/FakeCluster';
import { DirectClusterClient } from './DirectClusterClient';

const limits = {
  connectTimeoutMs: 4_000,
  totalTimeoutMs: 4_000,
  maxListBytes: 100_000,
};

function kindOf(kind: string): ObservedKind {
  const found = OBSERVED_KINDS.find(row => row.kind === kind);
  if (!found) throw new Error(`${kind} is not observed`);
  return found;
}

describe('DirectClusterClient', () => {
  let cluster: FakeCluster;
  let client: DirectClusterClient;

  beforeEach(async () => {
    cluster = await FakeCluster.start();
    client = clientOf(cluster.url);
  });
  afterEach(() => cluster.stop());

  function clientOf(url: string) {
    return DirectClusterClient.create(
      {
        name: 'lab',
        url: new URL(url),
        token: 'cluster-token',
        skipTLSVerify: true,
        inCluster: false,
      },
      { limits },
    );
  }

  it('lists page by page and keeps what the checks read', async () => {
    const names = ['a', 'b', 'c'];
    cluster.answer('/api/v1/pods', (request, response) => {
      const query = new URL(request.url ?? '', 'http://x').searchParams;
      const page = Number(query.get('continue') ?? 0);
      response.setHeader('content-type', 'application/json');
      response.end(
        JSON.stringify({
          metadata: { continue: page < 2 ? String(page + 1) : '' },
          items: [
            {
              metadata: {
                name: names[page],
                managedFields: [{ manager: 'kubelet' }],
                annotations: {
                  'kubectl.kubernetes.io/last-applied-configuration': '{}',
                  kept: 'yes',
                },
              },
              spec: { nodeName: 'n1' },
            },
          ],
        }),
      );
    });

    const { objects, gaps } = await client.list(kindOf('Pod'), {
      fallbackNamespaces: [],
    });

    expect(gaps).toEqual([]);
    expect(objects).toEqual(
      names.map(name => ({
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name, annotations: { kept: 'yes' } },
        spec: { nodeName: 'n1' },
      })),
    );
    expect(cluster.requests[0].path).toBe('/api/v1/pods?limit=500');
    expect(cluster.requests[0].headers.authorization).toBe(
      'Bearer cluster-token',
    );
  });

  it('takes the version that the cluster serves, and remembers it', async () => {
    cluster.answerList(
      '/apis/serving.kserve.io/v1alpha1/llminferenceservices',
      [{ metadata: { name: 'qwen' } }],
    );
    const kind = kindOf('LLMInferenceService');

    await client.list(kind, { fallbackNamespaces: [] });
    const { objects, gaps } = await client.list(kind, {
      fallbackNamespaces: [],
    });

    expect(gaps).toEqual([]);
    expect(objects[0].apiVersion).toBe('serving.kserve.io/v1alpha1');
    expect(cluster.requests).toHaveLength(3);
  });

  it('falls back to the namespaces it was given where the cluster is refused', async () => {
    const refused = { status: 403, body: { message: 'pods is forbidden' } };
    cluster.answer('/api/v1/pods', refused);
    cluster.answer('/api/v1/namespaces/closed/pods', refused);
    cluster.answerList('/api/v1/namespaces/open/pods', [
      { metadata: { name: 'a', namespace: 'open' } },
    ]);

    const { objects, gaps } = await client.list(kindOf('Pod'), {
      fallbackNamespaces: ['open', 'closed'],
    });

    expect(objects.map(object => object.metadata.name)).toEqual(['a']);
    expect(gaps).toEqual([
      {
        what: 'Pod',
        reason: 'forbidden',
        namespace: 'closed',
        status: 403,
        message:
          'pods could not be listed in namespace closed of cluster lab: HTTP 403: pods is forbidden',
        remedy:
          'Grant the portal\'s account on lab in a Role in namespace closed: { apiGroups: [""], resources: ["pods"], verbs: ["list", "watch"] }',
      },
    ]);
  });

  it('starts over once when its continue token has expired', async () => {
    let lists = 0;
    cluster.answer('/api/v1/pods', (request, response) => {
      const resumed = request.url?.includes('continue');
      lists += resumed ? 0 : 1;
      response.writeHead(resumed && lists === 1 ? 410 : 200);
      response.end(
        JSON.stringify({
          metadata: { continue: resumed ? '' : 'next' },
          items: [{ metadata: { name: resumed ? 'b' : 'a' } }],
        }),
      );
    });

    const { objects } = await client.list(kindOf('Pod'), {
      fallbackNamespaces: [],
    });

    expect(objects.map(object => object.metadata.name)).toEqual(['a', 'b']);
  });

  it.each([
    ['401', { status: 401, body: {} }, 'unauthorized'],
    ['404', { status: 404, body: {} }, 'not-installed'],
    ['500', { status: 500, body: 'etcd' }, 'unreachable'],
    ['no list', { body: { kind: 'Status' } }, 'invalid'],
    ['HTML', { type: 'text/html', body: '<html>log in</html>' }, 'invalid'],
    ['too much', { body: 'x'.repeat(200_000) }, 'too-large'],
    ['no answer', () => {}, 'timeout'],
  ] as const)('answers %s with a gap', async (_name, answer, reason) => {
    cluster.answer('/api/v1/pods', answer);
    const listing = await client.list(kindOf('Pod'), {
      fallbackNamespaces: ['a'],
    });
    expect(listing.objects).toEqual([]);
    expect(listing.gaps.map(gap => gap.reason)).toEqual([reason]);
    expect(listing.gaps[0].message).toContain('cluster lab');
  });

  it('answers a refused connection with a gap', async () => {
    await cluster.stop();
    const { gaps } = await client.list(kindOf('Pod'), {
      fallbackNamespaces: [],
    });
    expect(gaps[0]).toMatchObject({ reason: 'unreachable' });
    expect(gaps[0].message).toContain('ECONNREFUSED');
    expect(gaps[0].remedy).toContain('kubernetes.clusterLocatorMethods');
    cluster = await FakeCluster.start();
  });

  it('reads a named object, and none where there is none', async () => {
    cluster.answer('/api/v1/namespaces/llm/configmaps/epp', {
      body: { metadata: { name: 'epp' }, data: { 'config.yaml': 'x' } },
    });
    const kind = kindOf('ConfigMap');
    const found = await client.getNamed(kind, 'llm', 'epp');
    const missing = await client.getNamed(kind, 'llm', 'other');
    expect(found.objects[0].data).toEqual({ 'config.yaml': 'x' });
    expect(missing).toMatchObject({ objects: [], gaps: [] });
  });

  it('reads nothing but the observed kinds and /metrics', async () => {
    const secrets = { ...kindOf('Pod'), kind: 'Secret', plural: 'secrets' };
    await expect(
      client.list(secrets, { fallbackNamespaces: [] }),
    ).rejects.toThrow(
      'are not among what the prefix-caching back end may read',
    );
    const address = {
      namespace: 'llm',
      pod: '../../secrets/x',
      port: 8000,
      scheme: 'http' as const,
    };
    expect(() => client.podProxy(address, '/metrics', { maxBytes: 1 })).toThrow(
      'is not a Kubernetes name',
    );
    expect(() =>
      client.podProxy({ ...address, pod: 'p' }, '/debug', { maxBytes: 1 }),
    ).toThrow('only /metrics is');
    expect(cluster.requests).toEqual([]);
  });
});
