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
