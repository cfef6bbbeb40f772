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
import { json } from 'node:stream/consumers';

/** What stands in for GitHub. */
export interface GitHub {
  host: string;
  url: string;
  /** Method and path of each request. */
  requests: string[];
  stop(): Promise<void>;
}

/**
 * As much of GitHub's REST as its stock publish action asks for, in front of a
 * git host that is real: a repository that is created here is pushed to there.
 *
 * @param createRepository - makes an empty one and says where to push to
 */
export async function startGitHub(
  createRepository: (owner: string, name: string) => Promise<string>,
): Promise<GitHub> {
  const requests: string[] = [];
  const server = http.createServer(async (request, response) => {
    const { method = '', url = '' } = request;
    requests.push(`${method} ${url}`);
    const [, kind, owner] = url.split('/');
    const answer = (status: number, body: object) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    };
    if (method === 'GET' && kind === 'users') {
      answer(200, { login: owner, type: 'Organization' });
    } else if (method === 'POST' && kind === 'orgs') {
      const { name } = (await json(request)) as { name: string };
      answer(201, {
        clone_url: await createRepository(owner, name),
        html_url: `http://${request.headers.host}/${owner}/${name}`,
      });
    } else if (method === 'PUT' && url.endsWith('/protection')) {
      answer(200, {});
    } else {
      answer(404, { message: 'Not Found' });
    }
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const host = `localhost:${(server.address() as AddressInfo).port}`;
  return {
    host,
    url: `http://${host}`,
    requests,
    async stop() {
      server.closeAllConnections();
      await new Promise(resolve => {
        server.close(resolve);
      });
    },
  };
}
