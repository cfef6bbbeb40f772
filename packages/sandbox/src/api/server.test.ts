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

import { request as httpRequest } from 'node:http';
import { createServer, connect, type AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { ManualClock } from '../clock';
import { at, listAt, numberAt, textAt } from '../json';
import { startSandbox, type Sandbox } from '../sandbox';

const examplesDir = resolve(__dirname, '../../../../examples');

describe('the Kubernetes API', () => {
  let clock: ManualClock;
  let sandbox: Sandbox;

  beforeAll(async () => {
    clock = new ManualClock();
    sandbox = await startSandbox({
      apiPort: 0,
      gitPort: 0,
      examplesDir,
      clock,
      historyLimit: 400,
    });
  });
  afterAll(() => sandbox.close());

  async function call(
    path: string,
    options: {
      method?: string;
      body?: unknown;
      token?: string;
      type?: string;
    } = {},
  ) {
    const { method, body, token = 'sandbox-admin', type } = options;
    const response = await fetch(`${sandbox.api.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(type ? { 'content-type': type } : {}),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    return {
      code: response.status,
      body: (text.startsWith('{') ? JSON.parse(text) : text) as unknown,
    };
  }
  const configMaps = '/api/v1/namespaces/demo/configmaps';
  const configMap = (name: string, data: Record<string, string> = {}) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, labels: { app: name.split('-')[0] } },
    data,
  });

  it('describes itself', async () => {
    const groups = await call('/apis');
    expect(
      listAt(groups.body, 'groups').map(group => textAt(group, 'name')),
    ).toEqual(
      expect.arrayContaining([
        'apps',
        'serving.kserve.io',
        'networking.istio.io',
      ]),
    );
    const resources = await call('/apis/serving.kserve.io/v1alpha2');
    expect(listAt(resources.body, 'resources')[0]).toMatchObject({
      name: 'llminferenceservices',
      shortNames: ['llmisvc'],
    });
    expect((await call('/version')).code).toBe(200);
    expect((await call('/apis/metrics.k8s.io/v1beta1/pods')).code).toBe(404);
  });

  it.each([
    ['/api/v1/pods'],
    ['/api/v1/services'],
    ['/api/v1/configmaps'],
    ['/api/v1/limitranges'],
    ['/api/v1/resourcequotas'],
    ['/apis/apps/v1/deployments'],
    ['/apis/apps/v1/replicasets'],
    ['/apis/autoscaling/v2/horizontalpodautoscalers'],
    ['/apis/batch/v1/jobs'],
    ['/apis/batch/v1/cronjobs'],
    ['/apis/networking.k8s.io/v1/ingresses'],
    ['/apis/apps/v1/statefulsets'],
    ['/apis/apps/v1/daemonsets'],
  ])('lists %s, as the Kubernetes plugin asks', async path => {
    const { code, body } = await call(path, { token: 'sandbox-reader' });
    expect(code).toBe(200);
    expect(at(body, 'items')).toBeInstanceOf(Array);
  });

  it('serves both versions of LLMInferenceService', async () => {
    const path = 'namespaces/llm-serving/llminferenceservices/qwen-3b-gpu';
    const newer = await call(`/apis/serving.kserve.io/v1alpha2/${path}`);
    const older = await call(`/apis/serving.kserve.io/v1alpha1/${path}`);
    expect(at(newer.body, 'status', 'workloads')).toBeDefined();
    expect(textAt(older.body, 'apiVersion')).toBe('serving.kserve.io/v1alpha1');
    expect(at(older.body, 'status', 'workloads')).toBeUndefined();
  });

  it('creates, patches in three ways, and deletes', async () => {
    const created = await call(configMaps, {
      method: 'POST',
      body: configMap('tools', { a: '1', b: '2' }),
    });
    expect(created.code).toBe(201);
    const twice = await call(configMaps, {
      method: 'POST',
      body: configMap('tools'),
    });
    expect(twice).toMatchObject({
      code: 409,
      body: { reason: 'AlreadyExists' },
    });

    const path = `${configMaps}/tools`;
    const merged = await call(path, {
      method: 'PATCH',
      type: 'application/merge-patch+json',
      body: { data: { a: null, c: '3' } },
    });
    expect(at(merged.body, 'data')).toEqual({ b: '2', c: '3' });
    const stepped = await call(path, {
      method: 'PATCH',
      type: 'application/json-patch+json',
      body: [{ op: 'replace', path: '/data/b', value: '4' }],
    });
    expect(at(stepped.body, 'data')).toEqual({ b: '4', c: '3' });
    const unknown = await call(path, {
      method: 'PATCH',
      type: 'text/plain',
      body: {},
    });
    expect(unknown.code).toBe(415);

    const stale = await call(path, { method: 'PUT', body: created.body });
    expect(stale).toMatchObject({ code: 409, body: { reason: 'Conflict' } });
    expect((await call(path, { method: 'DELETE' })).code).toBe(200);
    expect(await call(path)).toMatchObject({
      code: 404,
      body: { kind: 'Status', reason: 'NotFound', code: 404 },
    });
  });

  it('pages, and selects by labels and fields', async () => {
    for (const name of ['p-1', 'p-2', 'p-3', 'q-1']) {
      await call(configMaps, { method: 'POST', body: configMap(name) });
    }
    const first = await call(
      `${configMaps}?limit=2&labelSelector=app%20in%20(p)`,
    );
    const token = textAt(first.body, 'metadata', 'continue');
    expect(names(first.body)).toEqual(['p-1', 'p-2']);
    expect(numberAt(first.body, 'metadata', 'remainingItemCount')).toBe(1);
    const second = await call(
      `${configMaps}?limit=2&labelSelector=app%20in%20(p)&continue=${token}`,
    );
    expect(names(second.body)).toEqual(['p-3']);
    expect(at(second.body, 'metadata', 'continue')).toBeUndefined();

    const byName = await call(
      `${configMaps}?fieldSelector=metadata.name%3Dq-1`,
    );
    expect(names(byName.body)).toEqual(['q-1']);
    const refused = await call(`${configMaps}?fieldSelector=spec.colour%3Dred`);
    expect(refused.code).toBe(400);
  });

  it('watches: changes since a version, bookmarks, an end, and 410 when too late', async () => {
    const { body } = await call(configMaps);
    const version = textAt(body, 'metadata', 'resourceVersion');
    const response = await fetch(
      `${sandbox.api.url}${configMaps}?watch=true&allowWatchBookmarks=true&timeoutSeconds=3&resourceVersion=${version}`,
      { headers: { authorization: 'Bearer sandbox-reader' } },
    );
    await call(configMaps, { method: 'POST', body: configMap('w') });
    await call(`${configMaps}/w`, { method: 'DELETE' });
    clock.advance(3);
    const events = (await response.text())
      .trim()
      .split('\n')
      .map(line => JSON.parse(line));
    expect(events.map(event => event.type)).toEqual([
      'ADDED',
      'DELETED',
      'BOOKMARK',
    ]);

    for (let count = 0; count < 401; count += 1) {
      await call(`${configMaps}/q-1`, {
        method: 'PATCH',
        type: 'application/merge-patch+json',
        body: { data: { count: `${count}` } },
      });
    }
    const late = await fetch(
      `${sandbox.api.url}${configMaps}?watch=true&resourceVersion=${version}`,
      { headers: { authorization: 'Bearer sandbox-reader' } },
    );
    expect(JSON.parse(await late.text())).toMatchObject({
      type: 'ERROR',
      object: { kind: 'Status', code: 410, reason: 'Expired' },
    });
  });

  it('refuses unknown tokens, and what the rules deny', async () => {
    expect((await call('/api/v1/pods', { token: 'wrong' })).code).toBe(401);
    const denied = await call('/api/v1/secrets', { token: 'sandbox-reader' });
    expect(denied).toMatchObject({ code: 403, body: { reason: 'Forbidden' } });
    expect(textAt(denied.body, 'message')).toContain('cannot list resource');
    const write = await call(configMaps, {
      method: 'POST',
      token: 'sandbox-reader',
      body: configMap('no'),
    });
    expect(write.code).toBe(403);

    const access =
      '/api/v1/namespaces/sandbox-system/configmaps/sandbox-access';
    const before =
      textAt((await call(access)).body, 'data', 'access.yaml') ?? '';
    const change = (text: string) =>
      call(access, {
        method: 'PATCH',
        type: 'application/merge-patch+json',
        body: { data: { 'access.yaml': text } },
      });
    await change(
      before.replace(
        'resources: [secrets]',
        'resources: [secrets, envoyfilters]',
      ),
    );
    const filters = '/apis/networking.istio.io/v1alpha3/envoyfilters';
    expect((await call(filters, { token: 'sandbox-reader' })).code).toBe(403);
    const review = await call(
      '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
      {
        method: 'POST',
        token: 'sandbox-reader',
        body: {
          spec: {
            resourceAttributes: {
              verb: 'list',
              group: 'networking.istio.io',
              resource: 'envoyfilters',
            },
          },
        },
      },
    );
    expect(at(review.body, 'status', 'allowed')).toBe(false);
    await change(before);
    expect((await call(filters, { token: 'sandbox-reader' })).code).toBe(200);
  });

  it('breaks the connections of a user who is cut off, open watches too', async () => {
    const token = 'sandbox-reader';
    const access =
      '/api/v1/namespaces/sandbox-system/configmaps/sandbox-access';
    const before =
      textAt((await call(access)).body, 'data', 'access.yaml') ?? '';
    const change = (text: string) =>
      call(access, {
        method: 'PATCH',
        type: 'application/merge-patch+json',
        body: { data: { 'access.yaml': text } },
      });
    const watch = await fetch(`${sandbox.api.url}/api/v1/pods?watch=1`, {
      headers: { authorization: `Bearer ${token}` },
    });
    await change(
      before.replace(`token: ${token}`, `token: ${token}\n    cut: true`),
    );
    await expect(watch.text()).rejects.toThrow();
    await expect(call('/api/v1/pods', { token })).rejects.toThrow();
    expect((await call('/api/v1/pods')).code).toBe(200);
    await change(before);
    expect((await call('/api/v1/pods', { token })).code).toBe(200);
  });

  it('deletes with a service all that was created for it', async () => {
    const base =
      '/apis/serving.kserve.io/v1alpha2/namespaces/brief/llminferenceservices';
    await call(base, {
      method: 'POST',
      body: {
        apiVersion: 'serving.kserve.io/v1alpha2',
        kind: 'LLMInferenceService',
        metadata: { name: 'tiny' },
        spec: {
          model: { uri: 'hf://example/tiny' },
          router: { gateway: {}, route: {}, scheduler: {} },
        },
      },
    });
    clock.advance(1);
    const early = await call(`${base}/tiny`);
    const ready = (body: unknown) =>
      textAt(
        listAt(body, 'status', 'conditions').find(
          entry => textAt(entry, 'type') === 'Ready',
        ),
        'status',
      );
    expect(ready(early.body)).toBe('False');
    clock.advance(6);
    expect(ready((await call(`${base}/tiny`)).body)).toBe('True');
    const owned = `labelSelector=${encodeURIComponent(
      'app.kubernetes.io/name=tiny',
    )}`;
    const lists = [
      '/apis/apps/v1/deployments',
      '/api/v1/pods',
      '/apis/inference.networking.k8s.io/v1/inferencepools',
      '/apis/gateway.networking.k8s.io/v1/httproutes',
    ];
    for (const list of lists) {
      expect(names((await call(`${list}?${owned}`)).body)).not.toEqual([]);
    }
    await call(`${base}/tiny`, { method: 'DELETE' });
    clock.advance(1);
    for (const list of lists) {
      expect(names((await call(`${list}?${owned}`)).body)).toEqual([]);
    }
  });

  describe('to a pod', () => {
    const pods = '/api/v1/namespaces/llm-serving/pods';
    const podOf = async (component: string) => {
      const selector = `app.kubernetes.io/name=qwen-3b-gpu,app.kubernetes.io/component=${component}`;
      const { body } = await call(
        `${pods}?labelSelector=${encodeURIComponent(selector)}`,
      );
      return names(body)[0];
    };

    it('proxies to an engine, keeping the token to itself', async () => {
      const engine = await podOf('llminferenceservice-workload');
      const page = await call(`${pods}/http:${engine}:8000/proxy/metrics`, {
        token: 'sandbox-reader',
      });
      expect(page.code).toBe(200);
      expect(page.body).toContain('enable_prefix_caching="True"');
      const encoded = await call(`${pods}/${engine}%3A8000/proxy/health`);
      expect(encoded.code).toBe(200);
      expect((await call(`${pods}/${engine}:1234/proxy/`)).code).toBe(503);

      const picker = await podOf('llminferenceservice-router-scheduler');
      const refused = await call(`${pods}/${picker}:9090/proxy/metrics`, {
        token: 'sandbox-metrics-does-not-matter-here',
      });
      expect(refused.code).toBe(401);
      const stripped = await call(`${pods}/${picker}:9090/proxy/metrics`);
      expect(stripped).toMatchObject({ code: 401, body: 'Unauthorized\n' });
    });

    it('serves the log, its tail, and what follows', async () => {
      const picker = await podOf('llminferenceservice-router-scheduler');
      const tail = await fetch(
        `${sandbox.api.url}${pods}/${picker}/log?tailLines=1`,
        {
          headers: { authorization: 'Bearer sandbox-reader' },
        },
      );
      expect(await tail.text()).toMatch(
        /^\{.*"EPP sent request body response\(s\) to proxy".*\}\n$/,
      );
      const stamped = await fetch(
        `${sandbox.api.url}${pods}/${picker}/log?timestamps=true`,
        {
          headers: { authorization: 'Bearer sandbox-reader' },
        },
      );
      const [first, ...rest] = (await stamped.text()).trimEnd().split('\n');
      expect(first).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z \{/);
      expect(rest.length).toBeGreaterThan(1);

      const engine = await podOf('llminferenceservice-workload');
      const followed = await fetch(
        `${sandbox.api.url}${pods}/${engine}/log?follow=true&tailLines=0`,
        { headers: { authorization: 'Bearer sandbox-reader' } },
      );
      clock.advance(11);
      const reader = followed.body?.getReader();
      const { value } = (await reader?.read()) ?? {};
      await reader?.cancel();
      expect(Buffer.from(value ?? []).toString()).toContain(
        'prefix cache hit rate',
      );
    });

    it('forwards a port, as the official client asks, to an EPP that wants a token', async () => {
      const { KubeConfig, PortForward } = await import(
        '@kubernetes/client-node'
      );
      const config = new KubeConfig();
      config.loadFromOptions({
        clusters: [{ name: 's', server: sandbox.api.url, skipTLSVerify: true }],
        users: [{ name: 'u', token: 'sandbox-reader' }],
        contexts: [{ name: 'c', cluster: 's', user: 'u' }],
        currentContext: 'c',
      });
      const picker = await podOf('llminferenceservice-router-scheduler');
      const forward = new PortForward(config);
      const tunnel = createServer(socket => {
        void forward.portForward(
          'llm-serving',
          picker,
          [9090],
          socket,
          null,
          socket,
        );
      });
      await new Promise<void>(done => {
        tunnel.listen(0, '127.0.0.1', () => done());
      });
      const { port } = tunnel.address() as AddressInfo;
      const get = (authorization?: string) =>
        new Promise<{ code?: number; text: string }>((done, fail) => {
          httpRequest(
            {
              port,
              host: '127.0.0.1',
              path: '/metrics',
              createConnection: () => connect(port, '127.0.0.1'),
              headers: {
                connection: 'close',
                ...(authorization ? { authorization } : {}),
              },
            },
            response => {
              let text = '';
              response.on('data', chunk => {
                text += chunk;
              });
              response.on('end', () =>
                done({ code: response.statusCode, text }),
              );
            },
          )
            .on('error', fail)
            .end();
        });
      try {
        const withToken = await get('Bearer sandbox-metrics');
        expect(withToken.code).toBe(200);
        expect(withToken.text).toContain('llm_d_epp_ready_endpoints');
        expect((await get()).code).toBe(401);
        expect((await get('Bearer nobody')).code).toBe(401);
        expect(await get('Bearer sandbox-reader')).toMatchObject({ code: 403 });
        // An EPP that may not review tokens can tell nobody apart.
        await call(
          '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings/llm-serving-qwen-3b-gpu-epp-auth-rb',
          {
            method: 'PATCH',
            type: 'application/merge-patch+json',
            body: { roleRef: { name: 'view' } },
          },
        );
        expect((await get('Bearer sandbox-metrics')).code).toBe(500);
      } finally {
        await new Promise(done => {
          tunnel.close(done);
        });
      }
    });
  });
});

function names(body: unknown): string[] {
  return listAt(body, 'items').map(
    item => textAt(item, 'metadata', 'name') ?? '',
  );
}
