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

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../clock';
import { readBody, sendJson } from '../http';
import { at, listAt, numberAt, textAt } from '../json';
import { textPrompt } from './prompt';
import type { Simulation } from './simulation';

const SAID = 'This answer comes from the sandbox.';

const PATH = /^\/gateway(\/[^/]+\/[^/]+\/v1\/(chat\/completions|completions))$/;

/**
 * Lets a client send one request through the gateways:
 * `POST /gateway/<namespace>/<service>/v1/completions`, its answer in one piece
 * or streamed, as vLLM's. False for any other path.
 */
export async function serveGateway(
  { simulation, clock }: { simulation: Simulation; clock: Clock },
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  const { pathname } = new URL(request.url ?? '/', 'http://sandbox');
  if (!pathname.startsWith('/gateway/')) return false;
  const match = PATH.exec(pathname);
  if (!match || request.method !== 'POST') {
    const error = `POST /gateway/<namespace>/<service>/v1/completions, not ${request.method} ${pathname}`;
    sendJson(response, 404, { error });
    return true;
  }
  let body: unknown;
  try {
    body = JSON.parse((await readBody(request)).toString('utf8') || '{}');
  } catch {
    sendJson(response, 400, { error: 'the body must be JSON' });
    return true;
  }
  const isChat = match[2].startsWith('chat');
  const input = isChat
    ? JSON.stringify(listAt(body, 'messages'))
    : String(at(body, 'prompt') ?? '');
  const outputTokens = numberAt(body, 'max_tokens') ?? 16;
  const prompt = textPrompt(input, outputTokens, textAt(body, 'cache_salt'));
  const answer = simulation.send(match[1], prompt);
  if (answer.status !== 200) {
    sendJson(response, answer.status, { error: answer.reason });
    return true;
  }
  const { cachedTokens } = answer;
  const frame = (isPiece: boolean, choices: object[]) => ({
    id: 'cmpl-sandbox',
    object: objectOf(isChat, isPiece),
    model: textAt(body, 'model') ?? answer.modelName,
    choices,
  });
  const usage = {
    prompt_tokens: prompt.tokens,
    completion_tokens: outputTokens,
    total_tokens: prompt.tokens + outputTokens,
    prompt_tokens_details:
      cachedTokens === undefined ? null : { cached_tokens: cachedTokens },
  };
  if (at(body, 'stream') !== true) {
    const said = isChat
      ? { message: { role: 'assistant', content: SAID } }
      : { text: SAID };
    sendJson(response, 200, {
      ...frame(false, [{ index: 0, ...said }]),
      usage,
    });
    return true;
  }
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const event = (data: object) =>
    response.write(`data: ${JSON.stringify(data)}\n\n`);
  await clock.pause(answer.timeToFirstToken * 1000);
  const piece = isChat ? { delta: { content: SAID } } : { text: SAID };
  event(frame(true, [{ index: 0, ...piece, finish_reason: 'length' }]));
  if (at(body, 'stream_options', 'include_usage') === true) {
    event({ ...frame(true, []), usage });
  }
  response.end('data: [DONE]\n\n');
  return true;
}

function objectOf(isChat: boolean, isPiece: boolean): string {
  if (!isChat) return 'text_completion';
  return isPiece ? 'chat.completion.chunk' : 'chat.completion';
}
