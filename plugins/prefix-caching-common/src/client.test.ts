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

import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { PrefixCachingClient } from './client';

interface Seen {
  method?: string;
  url?: string;
  authorization?: string;
  body: string;
}

describe('PrefixCachingClient', () => {
  const seen: Seen[] = [];
  let answer: { status: number; body: unknown };
  let server: http.Server;
  let client: PrefixCachingClient;

  beforeAll(async () => {
    server = http.createServer(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += chunk;
      const { method, url, headers } = request;
      seen.push({ method, url, authorization: headers.authorization, body });
      response.writeHead(answer.status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(answer.body));
    });
    await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    client = new PrefixCachingClient({
      discoveryApi: {
        getBaseUrl: async id => `http://127.0.0.1:${port}/api/${id}`,
      },
      fetchApi: { fetch },
    });
  });
  afterAll(() => new Promise(done => server.close(done)));
  beforeEach(() => {
    seen.length = 0;
    answer = { status: 200, body: {} };
  });

  const ref = { kind: 'Component', namespace: 'default', name: 'a/b c' };

  it('names an entity by its ref, and nothing else', async () => {
    answer.body = { entityRef: 'component:default/a' };
    expect(await client.getEntity(ref, { token: 'secret' })).toEqual(
      answer.body,
    );
    await client.runVerification(ref);
    await client.runVerification(ref, { targetId: 'x' });
    const path = '/api/prefix-caching/entities/Component/default/a%2Fb%20c';
    expect(seen).toEqual([
      { method: 'GET', url: path, authorization: 'Bearer secret', body: '' },
      { method: 'POST', url: `${path}/verifications`, body: '{}' },
      {
        method: 'POST',
        url: `${path}/verifications`,
        body: '{"targetId":"x"}',
      },
    ]);
  });

  it('opens the envelopes of lists', async () => {
    answer.body = { items: [{ id: 'nvidia-t4' }] };
    expect(await client.getAccelerators()).toEqual([{ id: 'nvidia-t4' }]);
    expect(await client.getModels()).toEqual([{ id: 'nvidia-t4' }]);
    answer.body = { verifications: [] };
    expect(await client.verify({ files: [] })).toEqual([]);
    answer.body = { verdict: 'fits' };
    const request = {
      model: 'm',
      accelerator: 'a',
      devices: 1,
      maxModelLen: 1,
    };
    expect(await client.assessFit(request)).toEqual({ verdict: 'fits' });
    expect(seen.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'GET /api/prefix-caching/accelerators',
      'GET /api/prefix-caching/models',
      'POST /api/prefix-caching/verify',
      'POST /api/prefix-caching/fit',
    ]);
  });

  it("throws with the back end's own sentence", async () => {
    answer = {
      status: 400,
      body: {
        error: { name: 'InputError', message: 'namespace: has a newline' },
        response: { statusCode: 400 },
      },
    };
    const rendering = client.render({
      name: 'a',
      namespace: 'b\n',
      owner: 'group:default/x',
      model: { id: 'm' },
      platform: 'kserve-0.20',
      accelerators: [],
      replicas: 2,
    });
    await expect(rendering).rejects.toMatchObject({
      name: 'ResponseError',
      statusCode: 400,
      cause: { name: 'InputError', message: 'namespace: has a newline' },
    });
  });

  it('gives up when it is told to', async () => {
    const controller = new AbortController();
    controller.abort();
    await expect(
      client.getModels({ signal: controller.signal }),
    ).rejects.toThrow('abort');
  });
});
