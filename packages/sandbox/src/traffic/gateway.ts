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
import { readBody, sendJson } from '../http';
import { at, listAt, numberAt, textAt } from '../json';
import { textPrompt } from './prompt';
import type { Simulation } from './simulation';

const PATH = /^\/gateway(\/[^/]+\/[^/]+\/v1\/(chat\/completions|completions))$/;

/**
 * Lets a `curl` send one request through the gateways:
 * `POST /gateway/<namespace>/<service>/v1/completions`. False for any other path.
 */
export async function serveGateway(
  simulation: Simulation,
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
  const prompt = textPrompt(input, outputTokens);
  const answer = simulation.send(match[1], prompt);
  if (answer.status !== 200) {
    sendJson(response, answer.status, { error: answer.reason });
    return true;
  }
  const said = 'This answer comes from the sandbox.';
  sendJson(response, 200, {
    id: 'cmpl-sandbox',
    object: isChat ? 'chat.completion' : 'text_completion',
    model: textAt(body, 'model') ?? answer.modelName,
    choices: [
      isChat
        ? { index: 0, message: { role: 'assistant', content: said } }
        : { index: 0, text: said },
    ],
    usage: {
      prompt_tokens: prompt.tokens,
      completion_tokens: outputTokens,
      total_tokens: prompt.tokens + outputTokens,
      prompt_tokens_details: { cached_tokens: answer.cachedTokens },
    },
  });
  return true;
}
