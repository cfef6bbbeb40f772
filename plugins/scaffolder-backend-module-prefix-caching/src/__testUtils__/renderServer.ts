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

import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

/** One call that the stand-in received. */
export interface ReceivedCall {
  url?: string;
  headers: IncomingHttpHeaders;
  body: unknown;
}

/** What the stand-in answers with. */
export interface Answer {
  status: number;
  body: unknown;
}

/** Stands in for the back end's HTTP API on a port of its own. */
export async function startRenderServer(answer: Answer) {
  const calls: ReceivedCall[] = [];
  const server = createServer(async (request, response) => {
    calls.push({
      url: request.url,
      headers: request.headers,
      body: await json(request),
    });
    response.writeHead(answer.status, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify(answer.body));
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}/api/prefix-caching`,
    calls,
    stop: () =>
      new Promise<void>(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** An error as a Backstage back end words it. */
export function errorAnswer(status: number, name: string, message: string) {
  return {
    status,
    body: {
      error: { name, message },
      request: { method: 'POST', url: '/render' },
      response: { statusCode: status },
    },
  };
}
