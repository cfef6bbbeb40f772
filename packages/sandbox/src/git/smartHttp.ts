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

import { spawn } from 'node:child_process';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { gitEnvironment } from './gitCommand';
import type { Repository } from './repositories';

/** Hands a clone, fetch or push to `git http-backend`; resolves when it is done. */
export function serveGit(options: {
  root: string;
  /** `/<owner>/<name>.git/…` */
  path: string;
  query: string;
  user: string;
  request: IncomingMessage;
  response: ServerResponse;
}): Promise<void> {
  const { root, path, query, user, request, response } = options;
  const { headers } = request;
  const backend = spawn('git', ['http-backend'], {
    env: gitEnvironment({
      GIT_PROJECT_ROOT: root,
      GIT_HTTP_EXPORT_ALL: '1',
      PATH_INFO: path,
      QUERY_STRING: query,
      REQUEST_METHOD: request.method ?? 'GET',
      CONTENT_TYPE: headers['content-type'] ?? '',
      REMOTE_USER: user,
      ...optional('CONTENT_LENGTH', headers['content-length']),
      ...optional('HTTP_CONTENT_ENCODING', headers['content-encoding']),
      ...optional('GIT_PROTOCOL', headers['git-protocol']),
    }),
  });
  request.pipe(backend.stdin);
  backend.stdin.on('error', () => {});
  response.on('close', () => backend.kill());
  return new Promise((resolve, reject) => {
    let pending = Buffer.alloc(0);
    let headed = false;
    backend.stdout.on('data', (chunk: Buffer) => {
      if (headed) {
        response.write(chunk);
        return;
      }
      pending = Buffer.concat([pending, chunk]);
      const end = pending.indexOf('\r\n\r\n');
      if (end === -1) return;
      headed = true;
      writeHead(response, pending.subarray(0, end).toString());
      response.write(pending.subarray(end + 4));
    });
    backend.on('error', reject);
    backend.on('close', () => {
      if (!headed) response.writeHead(500);
      resolve();
    });
  });
}

/** The repository and branch-moving nature of a smart HTTP path. */
export function gitPath(
  pathname: string,
): { path: string; repository: string } | undefined {
  const match =
    /^\/([^/]+\/[^/]+?)(?:\.git)?\/(info\/refs|git-upload-pack|git-receive-pack)$/.exec(
      pathname,
    );
  if (!match) return undefined;
  const [, repository, rest] = match;
  return { repository, path: `/${repository}.git/${rest}` };
}

export function isPush(pathname: string, query: string): boolean {
  return (
    pathname.endsWith('/git-receive-pack') ||
    query.includes('service=git-receive-pack')
  );
}

export type BranchListener = (
  repository: Repository,
  branch: string,
) => Promise<void>;

function writeHead(response: ServerResponse, head: string) {
  let status = 200;
  for (const line of head.split('\r\n')) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon);
    const value = line.slice(colon + 1).trim();
    if (name.toLowerCase() === 'status') status = Number(value.split(' ')[0]);
    else response.setHeader(name, value);
  }
  response.writeHead(status);
}

function optional(name: string, value: string | string[] | undefined) {
  return typeof value === 'string' ? { [name]: value } : {};
}
