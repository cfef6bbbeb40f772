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
import { readBody } from '../http';
import { listAt, numberAt, textAt } from '../json';
import type { KubeObject } from './objects';
import type { PodEndpoints } from './podEndpoints';
import { parseProxyName } from './requestPath';
import { ApiError } from './status';

/**
 * `pods/<[scheme:]name[:port]>/proxy/<path>`. As the real API server it keeps
 * the client's Authorization header to itself, so what asks for a token in the
 * pod answers 401.
 */
export async function proxyToPod(options: {
  endpoints: PodEndpoints;
  findPod(name: string): KubeObject;
  target: string;
  url: string;
  request: IncomingMessage;
  response: ServerResponse;
}): Promise<void> {
  const { endpoints, target, url, request, response } = options;
  const { name, port } = parseProxyName(target);
  const pod = options.findPod(name);
  const { authorization, ...headers } = request.headers;
  const answer =
    textAt(pod, 'status', 'podIP') &&
    endpoints.handle(pod, portOf(pod, port), {
      method: request.method ?? 'GET',
      url,
      headers,
      body: await readBody(request),
    });
  if (!answer) {
    throw new ApiError(
      503,
      `error trying to reach pod ${name}: dial tcp: connect: connection refused`,
    );
  }
  response.writeHead(answer.status, answer.headers);
  response.end(answer.body);
}

/** The named or numbered port; the first container port when none is given. */
function portOf(pod: KubeObject, port: string | undefined): number {
  const ports = listAt(pod, 'spec', 'containers').flatMap(container =>
    listAt(container, 'ports'),
  );
  if (!port) return numberAt(ports[0], 'containerPort') ?? 80;
  const named = ports.find(candidate => textAt(candidate, 'name') === port);
  return numberAt(named, 'containerPort') ?? Number(port);
}
