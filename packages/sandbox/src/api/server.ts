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
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { readBody, sendJson } from '../http';
import { objectAt, textAt } from '../json';
import { refusal, type Access, type Attempt, type User } from './access';
import { discover } from './discovery';
import { PORT_FORWARD_PROTOCOL, servePortForward } from './portForward';
import { parseProxyName, parseResourcePath } from './requestPath';
import type { ResourcePath } from './requestPath';
import { isWatch, serveResource, type ResourceServer } from './resources';
import { findResource, type ResourceType } from './resourceTypes';
import { ApiError } from './status';
import { parseBody } from './write';

export interface ApiServerOptions extends ResourceServer {
  access: Access;
  /** Answers paths that are no API server's; false when it is not one of its own. */
  beside?(request: IncomingMessage, response: ServerResponse): Promise<boolean>;
}

/** The Kubernetes API, ready to listen. */
export function createApiServer(options: ApiServerOptions): Server {
  const sockets = new WebSocketServer({
    noServer: true,
    handleProtocols: offered =>
      offered.has(PORT_FORWARD_PROTOCOL) ? PORT_FORWARD_PROTOCOL : false,
  });
  const server = createServer(async (request, response) => {
    response.once('close', breakWhenCut(options, request));
    if (request.socket.destroyed) return;
    try {
      await answer(options, request, response);
    } catch (error) {
      sendError(response, error);
    }
  });
  server.on('upgrade', (request, socket: Duplex, head: Buffer) => {
    socket.once('close', breakWhenCut(options, request));
    if (socket.destroyed) return;
    try {
      const { pod, ports } = portForwardTarget(options, request);
      sockets.handleUpgrade(request, socket, head, webSocket =>
        servePortForward(webSocket, pod, ports, options.endpoints),
      );
    } catch (error) {
      refuseUpgrade(socket, error);
    }
  });
  server.on('close', () => sockets.close());
  return server;
}

async function answer(
  options: ApiServerOptions,
  request: IncomingMessage,
  response: ServerResponse,
) {
  const { pathname, searchParams: query } = urlOf(request);
  if (['/healthz', '/livez', '/readyz'].includes(pathname)) {
    response.writeHead(200, { 'content-type': 'text/plain' }).end('ok');
    return;
  }
  if (await options.beside?.(request, response)) return;

  const user = authenticate(options.access, request);
  const described = discover(pathname.replace(/\/$/, ''));
  if (described) {
    sendJson(response, 200, described);
    return;
  }
  if (pathname === '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews') {
    const review = parseBody(await readBody(request));
    sendJson(response, 201, reviewed(options.access, user, review));
    return;
  }
  const path = parseResourcePath(pathname);
  const type = path && findResource(path.group, path.version, path.plural);
  if (!path || !type) {
    throw new ApiError(404, 'the server could not find the requested resource');
  }
  authorize(options.access, user, {
    verb: verbOf(request.method ?? 'GET', path, query),
    group: path.group,
    resource: path.plural,
    subresource: path.subresource,
    namespace: path.namespace,
  });
  const scope = { type, version: path.version, namespace: path.namespace };
  if (type.namespaced && !path.namespace && request.method !== 'GET') {
    throw new ApiError(405, `name the namespace of the ${type.kind}`);
  }
  await serveResource(options, { scope, path, query, request, response });
}

/** Breaks the connections of a user who is cut off: new ones, and those that are open, such as a watch. */
function breakWhenCut(
  { access, store }: ApiServerOptions,
  request: IncomingMessage,
) {
  const { headers, socket } = request;
  const check = () => {
    if (access.identify(headers.authorization)?.cut) socket.destroy();
  };
  check();
  return store.subscribe(check);
}

function authenticate(access: Access, request: IncomingMessage): User {
  const user = access.identify(request.headers.authorization);
  if (!user) throw new ApiError(401, 'Unauthorized');
  return user;
}

function authorize(access: Access, user: User, attempt: Attempt) {
  if (!access.allows(user, attempt)) {
    throw new ApiError(403, refusal(user, attempt), {
      details: { kind: attempt.resource },
    });
  }
}

function verbOf(method: string, path: ResourcePath, query: URLSearchParams) {
  switch (method) {
    case 'POST':
      return 'create';
    case 'PUT':
      return 'update';
    case 'PATCH':
      return 'patch';
    case 'DELETE':
      return path.name ? 'delete' : 'deletecollection';
    default:
      if (isWatch(query)) return 'watch';
      return path.name ? 'get' : 'list';
  }
}

function reviewed(access: Access, user: User, review: unknown) {
  const wanted = objectAt(review, 'spec', 'resourceAttributes');
  const url = textAt(review, 'spec', 'nonResourceAttributes', 'path');
  const allowed = url
    ? access.allowsPath(user, url)
    : access.allows(user, {
        verb: textAt(wanted, 'verb') ?? '',
        group: textAt(wanted, 'group') ?? '',
        resource: textAt(wanted, 'resource') ?? '',
        subresource: textAt(wanted, 'subresource') || undefined,
        namespace: textAt(wanted, 'namespace') || undefined,
      });
  return {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SelfSubjectAccessReview',
    metadata: {},
    spec: objectAt(review, 'spec'),
    status: { allowed },
  };
}

function portForwardTarget(
  options: ApiServerOptions,
  request: IncomingMessage,
) {
  const { pathname, searchParams } = urlOf(request);
  const path = parseResourcePath(pathname);
  const type: ResourceType | undefined =
    path && findResource(path.group, path.version, path.plural);
  if (type?.kind !== 'Pod' || path?.subresource !== 'portforward') {
    throw new ApiError(404, 'the server could not find the requested resource');
  }
  const user = authenticate(options.access, request);
  authorize(options.access, user, {
    verb: 'create',
    group: '',
    resource: 'pods',
    subresource: 'portforward',
    namespace: path.namespace,
  });
  const { name } = parseProxyName(path.name ?? '');
  const pod = options.store.get(type, path.namespace, name);
  if (!pod) throw new ApiError(404, `pods "${name}" not found`);
  const ports = searchParams
    .getAll('ports')
    .flatMap(value => value.split(','))
    .map(Number)
    .filter(port => port > 0);
  if (ports.length === 0) {
    throw new ApiError(400, 'query parameter "ports" is required');
  }
  return { pod, ports };
}

function urlOf(request: IncomingMessage): URL {
  return new URL(request.url ?? '/', 'http://sandbox');
}

function toApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  return new ApiError(500, error instanceof Error ? error.message : `${error}`);
}

function sendError(response: ServerResponse, error: unknown) {
  const { code, ...rest } = toApiError(error).toStatus();
  if (response.headersSent) {
    response.destroy();
    return;
  }
  sendJson(response, Number(code), { ...rest, code });
}

function refuseUpgrade(socket: Duplex, error: unknown) {
  const failure = toApiError(error);
  const body = JSON.stringify(failure.toStatus());
  socket.end(
    `HTTP/1.1 ${failure.code} ${
      failure.reason
    }\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(
      body,
    )}\r\nconnection: close\r\n\r\n${body}`,
  );
}
