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
import { list, present, selection, type Scope } from './list';
import type { PodEndpoints } from './podEndpoints';
import { sendPodLog } from './podLog';
import { proxyToPod } from './podProxy';
import type { ResourcePath } from './requestPath';
import { ApiError, notFound, successStatus } from './status';
import type { ObjectStore } from './store';
import { watch } from './watch';
import { parseBody, patchObject, readObject } from './write';

export interface ResourceRequest {
  scope: Scope;
  path: ResourcePath;
  query: URLSearchParams;
  request: IncomingMessage;
  response: ServerResponse;
}

export interface ResourceServer {
  store: ObjectStore;
  clock: Clock;
  endpoints: PodEndpoints;
}

/** Answers a request for a resource that exists and that the user may use. */
export async function serveResource(
  server: ResourceServer,
  call: ResourceRequest,
): Promise<void> {
  const { path } = call;
  if (path.name === undefined) await serveCollection(server, call);
  else if (!path.subresource) await serveObject(server, call, path.name, false);
  else await serveSubresource(server, call, path.name, path.subresource);
}

async function serveCollection(server: ResourceServer, call: ResourceRequest) {
  const { store, clock } = server;
  const { scope, query, request, response } = call;
  switch (request.method) {
    case 'GET':
      if (isWatch(query)) {
        watch({ store, clock, scope, query, request, response });
      } else {
        sendJson(response, 200, list(store, scope, query));
      }
      return;
    case 'POST': {
      const object = readObject(scope, parseBody(await readBody(request)));
      const created = store.create(scope.type, object);
      sendJson(response, 201, present(scope, created));
      return;
    }
    case 'DELETE': {
      const select = selection(scope, query);
      const doomed = store.list(scope.type, scope.namespace).filter(select);
      for (const { metadata } of doomed) {
        if (store.get(scope.type, metadata.namespace, metadata.name)) {
          store.remove(scope.type, metadata.namespace, metadata.name);
        }
      }
      sendJson(response, 200, successStatus({ kind: scope.type.plural }));
      return;
    }
    default:
      throw notAllowed();
  }
}

async function serveObject(
  { store, clock }: ResourceServer,
  call: ResourceRequest,
  name: string,
  status: boolean,
) {
  const { scope, query, request, response } = call;
  const { type, namespace } = scope;
  switch (request.method) {
    case 'GET': {
      if (isWatch(query)) {
        query.set('fieldSelector', `metadata.name=${name}`);
        watch({ store, clock, scope, query, request, response });
        return;
      }
      const object = store.get(type, namespace, name);
      if (!object) throw notFound(type.plural, type.group, name);
      sendJson(response, 200, present(scope, object));
      return;
    }
    case 'PUT': {
      const object = readObject(scope, parseBody(await readBody(request)));
      const updated = store.update(type, object, status ? 'status' : 'spec');
      sendJson(response, 200, present(scope, updated));
      return;
    }
    case 'PATCH': {
      const contentType = (request.headers['content-type'] ?? '').split(';')[0];
      const { object, created } = patchObject({
        store,
        scope,
        name,
        contentType,
        body: parseBody(await readBody(request)),
        status,
      });
      sendJson(response, created ? 201 : 200, present(scope, object));
      return;
    }
    case 'DELETE': {
      const removed = store.remove(type, namespace, name);
      const details = { name, kind: type.plural, uid: removed.metadata.uid };
      sendJson(response, 200, successStatus(details));
      return;
    }
    default:
      throw notAllowed();
  }
}

async function serveSubresource(
  server: ResourceServer,
  call: ResourceRequest,
  name: string,
  subresource: string,
) {
  const { store, endpoints } = server;
  const { scope, path, query, request, response } = call;
  const findPod = (podName: string) => {
    const pod = store.get(scope.type, scope.namespace, podName);
    if (!pod) throw notFound('pods', '', podName);
    return pod;
  };
  const isPod = scope.type.kind === 'Pod';
  if (subresource === 'status' && scope.type.status) {
    await serveObject(server, call, name, true);
  } else if (isPod && subresource === 'log') {
    sendPodLog({ endpoints, pod: findPod(name), query, response });
  } else if (isPod && subresource === 'proxy') {
    const search = query.size > 0 ? `?${query}` : '';
    await proxyToPod({
      endpoints,
      findPod,
      target: name,
      url: path.rest + search,
      request,
      response,
    });
  } else if (isPod && subresource === 'portforward') {
    throw new ApiError(
      400,
      'Upgrade request required: port-forward is a WebSocket',
    );
  } else {
    throw new ApiError(404, 'the server could not find the requested resource');
  }
}

export function isWatch(query: URLSearchParams): boolean {
  return query.get('watch') === 'true' || query.get('watch') === '1';
}

function notAllowed(): ApiError {
  return new ApiError(
    405,
    'the server does not allow this method on the requested resource',
  );
}
