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

import type { ServerResponse } from 'node:http';
import type { KubeObject } from './objects';
import type { LogLine, PodEndpoints } from './podEndpoints';

/** `pods/<name>/log` with `tailLines`, `limitBytes`, `timestamps` and `follow`. */
export function sendPodLog(options: {
  endpoints: PodEndpoints;
  pod: KubeObject;
  query: URLSearchParams;
  response: ServerResponse;
}): void {
  const { endpoints, pod, query, response } = options;
  let lines = endpoints.log(pod, query.get('container') ?? undefined);
  const tail = query.get('tailLines');
  if (tail !== null) lines = Number(tail) > 0 ? lines.slice(-Number(tail)) : [];
  const written = ({ at, text: line }: LogLine) =>
    query.get('timestamps') === 'true' ? `${at} ${line}\n` : `${line}\n`;
  let text = lines.map(written).join('');
  const limit = Number(query.get('limitBytes') ?? 0);
  if (limit > 0) text = text.slice(0, limit);

  response.writeHead(200, { 'content-type': 'text/plain' });
  response.flushHeaders();
  response.write(text);
  if (query.get('follow') !== 'true') {
    response.end();
    return;
  }
  const stop = endpoints.followLog(pod, line => response.write(written(line)));
  response.on('close', stop);
}
