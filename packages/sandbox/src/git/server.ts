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

import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { parse } from 'yaml';
import { readBody, send, sendJson } from '../http';
import { isObject, type JsonObject } from '../json';
import { GitHostError } from './gitError';
import { findMergeRequest, mergeRequest } from './mergeRequests';
import { page } from './pages';
import { answerRest } from './rest';
import type { GitHost } from './restCall';
import { DEFAULT_BRANCH } from './repositories';
import { gitPath, isPush, serveGit } from './smartHttp';

/** The git host, ready to listen: GitLab's REST, smart HTTP and plain pages. */
export function createGitServer(host: GitHost): Server {
  return createServer(async (request, response) => {
    try {
      await answer(host, request, response);
    } catch (error) {
      const code = error instanceof GitHostError ? error.code : 500;
      const message = error instanceof Error ? error.message : String(error);
      if (response.headersSent) response.destroy();
      else sendJson(response, code, { message });
    }
  });
}

async function answer(
  host: GitHost,
  request: IncomingMessage,
  response: ServerResponse,
) {
  const base = `http://${request.headers.host ?? 'localhost'}`;
  const url = new URL(request.url ?? '/', base);
  if (url.pathname.startsWith('/api/v4/')) {
    await serveRest(host, url, request, response);
    return;
  }
  const served = gitPath(url.pathname);
  if (served) {
    await serveSmartHttp(host, url, served, request, response);
    return;
  }
  if (request.method === 'POST') {
    await mergeFromPage(host, url, response);
    return;
  }
  const html = await page(host.repositories, url.pathname);
  send(response, 200, 'text/html; charset=utf-8', html);
}

async function serveRest(
  host: GitHost,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
) {
  if (!isAuthorized(host, request)) {
    sendJson(response, 401, { message: '401 Unauthorized' });
    return;
  }
  const body = await readBody(request);
  const parameters = { ...readQuery(url), ...readParameters(body) };
  const result = await answerRest(
    request.method ?? 'GET',
    url.pathname.slice('/api/v4'.length),
    { parameters, base: url.origin, host },
  );
  if ('raw' in result) {
    const { contentType, raw, headers } = result;
    if (headers?.etag && request.headers['if-none-match'] === headers.etag) {
      response.writeHead(304).end();
      return;
    }
    send(response, 200, contentType, raw, headers);
  } else if (result.code === 204) {
    response.writeHead(204).end();
  } else {
    sendJson(response, result.code ?? 200, result.json, result.headers);
  }
}

async function serveSmartHttp(
  host: GitHost,
  url: URL,
  served: { path: string; repository: string },
  request: IncomingMessage,
  response: ServerResponse,
) {
  const repository = host.repositories.find(served.repository);
  const query = url.search.slice(1);
  const push = isPush(url.pathname, query);
  if (push && !isAuthorized(host, request)) {
    response.setHeader('www-authenticate', 'Basic realm="sandbox"');
    sendJson(response, 401, { message: 'HTTP Basic: Access denied' });
    return;
  }
  if (!repository) throw new GitHostError(404, 'The project was not found');
  await serveGit({
    root: host.repositories.root,
    path: served.path,
    query,
    user: push ? host.namespaces.user().path : '',
    request,
    response,
  });
  // What was pushed is in the cluster before the client hears of its success.
  if (url.pathname.endsWith('/git-receive-pack')) {
    await host.branchMoved(repository, DEFAULT_BRANCH);
  }
  response.end();
}

async function mergeFromPage(
  host: GitHost,
  url: URL,
  response: ServerResponse,
) {
  const match = /^\/([^/]+\/[^/]+)\/-\/merge_requests\/(\d+)$/.exec(
    url.pathname,
  );
  const repository = match && host.repositories.find(match[1]);
  if (!match || !repository) throw new GitHostError(404, '404 Not Found');
  const found = findMergeRequest(host.repositories, repository, match[2]);
  await mergeRequest(found);
  await host.branchMoved(repository, found.target);
  response.writeHead(303, { location: url.pathname }).end();
}

/** `PRIVATE-TOKEN`, `Authorization: Bearer`, or Basic with the token as password. */
function isAuthorized(host: GitHost, request: IncomingMessage): boolean {
  const { token } = host.namespaces;
  if (request.headers['private-token'] === token) return true;
  const authorization = request.headers.authorization ?? '';
  const [scheme, value = ''] = authorization.split(' ');
  if (scheme.toLowerCase() === 'bearer') return value === token;
  if (scheme.toLowerCase() !== 'basic') return false;
  const decoded = Buffer.from(value, 'base64').toString();
  return decoded.slice(decoded.indexOf(':') + 1) === token;
}

function readQuery(url: URL): JsonObject {
  return Object.fromEntries(url.searchParams.entries());
}

function readParameters(body: Buffer): JsonObject {
  if (body.length === 0) return {};
  const text = body.toString('utf8');
  const value: unknown = text.trimStart().startsWith('{')
    ? parse(text)
    : Object.fromEntries(new URLSearchParams(text).entries());
  return isObject(value) ? value : {};
}
