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

import { FakeCluster } from '../__testUtils__/FakeCluster';
import { DirectClusterClient } from '../clusters/DirectClusterClient';
import { ProxyClusterClient } from '../clusters/ProxyClusterClient';
import { MetricsReader, type MetricsReaderOptions } from './MetricsReader';
import { createServiceSource } from './serviceSource';
import type { ScrapeEndpoint } from './types';

const engine: ScrapeEndpoint = {
  role: 'engine',
  namespace: 'llm',
  pod: 'qwen-0',
  port: 8000,
  scheme: 'https',
  path: '/metrics',
  authenticated: false,
};
const router: ScrapeEndpoint = {
  role: 'router',
  namespace: 'llm',
  pod: 'epp-0',
  port: 9090,
  scheme: 'http',
  path: '/metrics',
  service: 'qwen-epp-service',
  authenticated: true,
};
const ENGINE_PATH =
  '/api/v1/namespaces/llm/pods/https:qwen-0:8000/proxy/metrics';
const ENGINE_TEXT = `# TYPE vllm:prefix_cache_hits_total counter
vllm:prefix_cache_hits_total{engine="0",model_name="qwen"} 640
# TYPE vllm:prefix_cache_queries_total counter
vllm:prefix_cache_queries_total{engine="0",model_name="qwen"} 1280
`;
const ROUTER_TEXT = `# TYPE llm_d_epp_ready_endpoints gauge
llm_d_epp_ready_endpoints{name="qwen"} 3
`;

describe('MetricsReader', () => {
  let cluster: FakeCluster;

  beforeEach(async () => {
    cluster = await FakeCluster.start();
  });
  afterEach(() => cluster.stop());

  function readerOf(options: Partial<MetricsReaderOptions> = {}) {
    return MetricsReader.create({
      tokens: [],
      portForward: false,
      now: () => Date.parse('2026-11-22T10:00:00Z'),
      ...options,
    });
  }

  function directClient(inCluster = false) {
    return DirectClusterClient.create({
      name: 'lab',
      url: new URL(cluster.url),
      token: 'cluster-token',
      skipTLSVerify: true,
      inCluster,
    });
  }

  it('reads an engine through the pod proxy', async () => {
    cluster.answer(ENGINE_PATH, { type: 'text/plain', body: ENGINE_TEXT });
    const { reading, gap } = await readerOf().read(directClient(), engine);
    expect(gap).toBeUndefined();
    expect(reading).toMatchObject({
      at: '2026-11-22T10:00:00.000Z',
      source: 'pod-proxy',
      metrics: { hitTokens: 640, queryTokens: 1280 },
    });
  });

  const huge = `${ENGINE_TEXT}${'# x\n'.repeat(50 * 256 * 1024)}`;

  it.each([
    [
      'HTML',
      { type: 'text/html', body: '<html></html>' },
      'invalid',
      'Got an HTML page',
    ],
    [
      'a cut-off exposition',
      { body: ENGINE_TEXT.slice(0, -4) },
      'invalid',
      'it was cut off',
    ],
    ['an empty answer', { body: '' }, 'invalid', 'the answer is empty'],
    ['50 MB', { body: huge }, 'too-large', 'more than 16 MiB'],
    ['a refusal', { status: 403, body: {} }, 'forbidden', 'HTTP 403'],
    ['no such path', { status: 404, body: {} }, 'invalid', 'HTTP 404'],
    [
      'a pod that is away',
      { status: 503, body: {} },
      'unreachable',
      'HTTP 503',
    ],
  ] as const)('answers %s with a gap', async (_name, answer, reason, words) => {
    cluster.answer(ENGINE_PATH, answer);
    const { reading, gap } = await readerOf().read(directClient(), engine);
    expect(reading).toBeUndefined();
    expect(gap).toMatchObject({
      what: 'metrics/engine',
      endpoint: 'qwen-0',
      namespace: 'llm',
      reason,
    });
    expect(gap?.message).toContain(words);
  });

  it('names the RBAC rule that lets it use the pod proxy', async () => {
    cluster.answer(ENGINE_PATH, { status: 403, body: {} });
    const { gap } = await readerOf().read(directClient(), engine);
    expect(gap?.remedy).toBe(
      'Grant the portal\'s account on lab in namespace llm: { apiGroups: [""], resources: ["pods/proxy"], verbs: ["get"] }',
    );
    expect(gap?.status).toBeUndefined();
  });

  const token = { cluster: 'lab', token: 'epp-token' };

  it.each([
    ['no token', {}, 'prefixCaching.metrics.tokens'],
    [
      'a token of another cluster',
      { tokens: [{ ...token, cluster: 'x' }] },
      'prefixCaching.metrics.tokens',
    ],
    [
      'a token of another namespace',
      { tokens: [{ ...token, namespace: 'x' }] },
      'prefixCaching.metrics.tokens',
    ],
    [
      'port-forward off',
      { tokens: [token] },
      'prefixCaching.metrics.portForward to true',
    ],
  ])('says what is missing with %s', async (_name, options, remedy) => {
    const { gap } = await readerOf(options).read(directClient(), router);
    expect(gap).toMatchObject({
      what: 'metrics/router',
      reason: 'not-configured',
    });
    expect(gap?.remedy).toContain(remedy);
    expect(cluster.requests).toEqual([]);
  });

  it.each([401, 403])(
    'keeps a port-forward the API server refuses with %d from the picker',
    async status => {
      cluster.server.on('upgrade', (_request, socket) =>
        socket.end(`HTTP/1.1 ${status} no\r\nContent-Length: 0\r\n\r\n`),
      );
      const { gap } = await readerOf({
        tokens: [token],
        portForward: true,
      }).read(directClient(), router);
      expect(gap).toMatchObject({ reason: 'forbidden' });
      expect(gap?.status).toBeUndefined();
      expect(JSON.stringify(gap)).not.toContain('-token');
    },
  );

  it('says why the Kubernetes plugin cannot carry a token', async () => {
    const client = ProxyClusterClient.create({
      name: 'lab',
      kubernetesUrl: cluster.url,
      getToken: async () => 'plugin-token',
    });
    const { gap } = await readerOf({
      tokens: [token],
      portForward: true,
    }).read(client, router);
    expect(gap?.message).toContain("Kubernetes plugin's proxy");
    expect(gap?.remedy).toContain("authProvider 'serviceAccount'");
  });

  describe('by Service, in the same cluster', () => {
    function readService() {
      return readerOf({
        tokens: [token, { ...token, namespace: 'llm', token: 'own-token' }],
        sources: [createServiceSource({ hostOf: () => '127.0.0.1' })],
      }).read(directClient(true), {
        ...router,
        port: Number(new URL(cluster.url).port),
      });
    }

    it("sends the namespace's own token and never the cluster's", async () => {
      cluster.answer('/metrics', { type: 'text/plain', body: ROUTER_TEXT });
      const { reading } = await readService();
      expect(reading).toMatchObject({
        source: 'service',
        metrics: { readyEndpoints: 3 },
      });
      expect(cluster.requests[0].headers.authorization).toBe(
        'Bearer own-token',
      );
    });

    it.each([
      [401, 'unauthorized', 'Renew the token for cluster lab'],
      [403, 'forbidden', 'nonResourceURLs: ["/metrics"]'],
      [500, 'unreachable', 'system:auth-delegator'],
    ])('maps %d to what mends it', async (status, reason, remedy) => {
      cluster.answer('/metrics', { status, body: 'no' });
      const { gap } = await readService();
      expect(gap).toMatchObject({ reason, status });
      expect(gap?.remedy).toContain(remedy);
    });
  });
});
