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

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { FakeCluster, type FakeAnswer } from '../__testUtils__/FakeCluster';
import { streamCompletion } from './streamCompletion';

const PATH = '/llm/qwen/v1/completions';
const REST = [
  'data: {"choices":[{"text":"x"}]}',
  'data: {"choices":[],"usage":{"prompt_tokens":300,"prompt_tokens_details":{"cached_tokens":256}}}',
  'data: [DONE]',
];

describe('streamCompletion', () => {
  let gateway: FakeCluster;
  let agent: http.Agent;

  beforeEach(async () => {
    gateway = await FakeCluster.start();
    agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  });
  afterEach(async () => {
    agent.destroy();
    await gateway.stop();
  });

  function ask(
    answer: FakeAnswer,
    options: { signal?: AbortSignal; timeoutMs?: number } = {},
  ) {
    gateway.answer(PATH, answer);
    let seconds = 0;
    return streamCompletion(
      {
        url: new URL(`${gateway.url}/llm/qwen`),
        tls: { rejectUnauthorized: true },
      },
      { prompt: 'x' },
      {
        agent,
        signal: new AbortController().signal,
        // Each look at the clock is a second later than the one before.
        now: () => 1000 * seconds++,
        ...options,
      },
    );
  }

  it('reads figures, wherever the stream is cut', async () => {
    const whole = REST.join('\r\n\r\n');
    for (const cut of [1, 20, 40, 90, whole.length - 1]) {
      expect(
        await ask((_, response) => {
          response.writeHead(200, { 'x-inference-pod': 'qwen-0' });
          response.write(whole.slice(0, cut));
          setImmediate(() => response.end(`${whole.slice(cut)}\r\n`));
        }),
      ).toEqual({
        ok: true,
        promptTokens: 300,
        cachedTokens: 256,
        firstToken: 1,
        endpoint: 'qwen-0',
      });
    }
  });

  it('takes no figure for nought that is not told', async () => {
    const body =
      'data: {"choices":[],"usage":{"prompt_tokens":300,"prompt_tokens_details":null}}\n\n';
    expect(await ask({ body })).toEqual({ ok: true, promptTokens: 300 });
  });

  it('gives up on a gateway that never answers', async () => {
    expect(await ask(() => {}, { timeoutMs: 20 })).toEqual({
      ok: false,
      message: expect.stringMatching(
        /^127\.0\.0\.1:\d+ did not answer within 0\.02 s$/,
      ),
    });
  });

  it('gives up on an answer that never ends', async () => {
    const answer = await ask(
      (_, response) => {
        response.writeHead(200);
        response.write(`${REST[0]}\n\n`);
      },
      { timeoutMs: 200 },
    );
    expect(answer).toMatchObject({
      ok: false,
      message: expect.stringContaining('did not answer within 0.2 s'),
    });
  });

  it('leaves off as soon as it is cancelled', async () => {
    const cancelled = new AbortController();
    const hungUp = new Promise<void>(resolve => {
      gateway.server.on('connection', socket => socket.on('close', resolve));
    });
    expect(
      await ask(() => cancelled.abort(), { signal: cancelled.signal }),
    ).toMatchObject({
      ok: false,
      message: expect.stringContaining('the probe was cancelled'),
    });
    await hungUp;

    expect(await ask({ body: '' }, { signal: cancelled.signal })).toMatchObject(
      { ok: false },
    );
    expect(gateway.requests).toHaveLength(1);
  });
});

const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

// Node makes no certificates by itself.
(hasOpenssl ? describe : describe.skip)('streamCompletion over TLS', () => {
  let cert: string;
  let key: string;
  let gateway: https.Server;
  let tokens: (string | undefined)[];

  beforeAll(() => {
    const directory = mkdtempSync(path.join(tmpdir(), 'prefix-caching-probe-'));
    const file = (name: string) => path.join(directory, name);
    const { status, stderr } = spawnSync('openssl', [
      ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2'],
      ...['-subj', '/CN=models.test', '-addext'],
      ...['subjectAltName=DNS:models.test'],
      ...['-keyout', file('key.pem'), '-out', file('cert.pem')],
    ]);
    if (status !== 0) throw new Error(String(stderr));
    cert = readFileSync(file('cert.pem'), 'utf8');
    key = readFileSync(file('key.pem'), 'utf8');
    rmSync(directory, { recursive: true });
  });
  beforeEach(async () => {
    tokens = [];
    gateway = https.createServer({ cert, key }, ({ headers }, response) => {
      tokens.push(headers.authorization);
      response.end(`${REST.join('\n\n')}\n\n`);
    });
    await new Promise<void>(resolve =>
      gateway.listen(0, '127.0.0.1', () => resolve()),
    );
  });
  afterEach(async () => {
    gateway.closeAllConnections();
    await new Promise(resolve => gateway.close(resolve));
  });

  function ask(
    host: string,
    tls: { ca?: string; rejectUnauthorized: boolean },
  ) {
    const { port } = gateway.address() as AddressInfo;
    const agent = new https.Agent();
    return streamCompletion(
      {
        url: new URL(`https://127.0.0.1:${port}`),
        host,
        token: 'its-own',
        tls,
      },
      { prompt: 'x' },
      { agent, signal: new AbortController().signal, now: () => 0 },
    ).finally(() => agent.destroy());
  }

  it('trusts the authority that is configured, for the name that it certified', async () => {
    expect(
      await ask('models.test:8443', { ca: cert, rejectUnauthorized: true }),
    ).toMatchObject({ ok: true, cachedTokens: 256 });
    expect(tokens).toEqual(['Bearer its-own']);
  });

  it.each([
    ['an unknown authority', 'models.test', false, /self-signed|certificate/],
    ['another name', 'other.test', true, /altnames|other\.test|certificate/],
  ])('tells no token to %s', async (_, host, isKnown, message) => {
    const answer = await ask(host, {
      ...(isKnown && { ca: cert }),
      rejectUnauthorized: true,
    });
    expect(answer).toEqual({
      ok: false,
      message: expect.stringMatching(message),
    });
    expect(tokens).toEqual([]);
  });
});
