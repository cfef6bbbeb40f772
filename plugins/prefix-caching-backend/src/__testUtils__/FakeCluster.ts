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

/** What the fake answers on one path; a function may never answer. */
export type FakeAnswer =
  | { status?: number; type?: string; body: string | object }
  | ((request: http.IncomingMessage, response: http.ServerResponse) => void);

/**
 * An API server that answers what a test tells it to, over real HTTP. Paths it
 * was told nothing about are 404, as for a group that is not installed.
 */
export class FakeCluster {
  readonly #server: http.Server;
  readonly #answers = new Map<string, FakeAnswer>();
  readonly requests: { path: string; headers: http.IncomingHttpHeaders }[] = [];

  static async start(): Promise<FakeCluster> {
    const cluster = new FakeCluster();
    await new Promise<void>(resolve =>
      cluster.#server.listen(0, '127.0.0.1', resolve),
    );
    return cluster;
  }

  private constructor() {
    this.#server = http.createServer((request, response) => {
      const path = request.url ?? '';
      this.requests.push({ path, headers: request.headers });
      const answer =
        this.#answers.get(path) ?? this.#answers.get(path.split('?')[0]);
      if (typeof answer === 'function') {
        answer(request, response);
        return;
      }
      const {
        status = 200,
        type = 'application/json',
        body,
      } = answer ?? {
        status: 404,
        body: { kind: 'Status', message: 'page not found' },
      };
      response.writeHead(status, { 'content-type': type });
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    });
  }

  get url(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  /** The server, for what answers no plain request, such as upgrades. */
  get server(): http.Server {
    return this.#server;
  }

  answer(path: string, answer: FakeAnswer): void {
    this.#answers.set(path, answer);
  }

  answerList(path: string, items: object[]): void {
    this.answer(path, { body: { metadata: {}, items } });
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => this.#server.close(resolve));
  }
}
