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
import { present, selection, type Scope } from './list';
import type { KubeObject } from './objects';
import { apiVersionOf } from './resourceTypes';
import { ApiError } from './status';
import type { ObjectStore, StoreEvent } from './store';

const BOOKMARK_SECONDS = 60;
const DEFAULT_TIMEOUT_SECONDS = 1800;

/** Streams changes until the client leaves or `timeoutSeconds` are over. */
export function watch(options: {
  store: ObjectStore;
  clock: Clock;
  scope: Scope;
  query: URLSearchParams;
  request: IncomingMessage;
  response: ServerResponse;
}): void {
  const { store, clock, scope, query, request, response } = options;
  const select = selection(scope, query);
  const write = (type: string, object: unknown) =>
    response.write(`${JSON.stringify({ type, object })}\n`);

  response.writeHead(200, {
    'content-type': 'application/json',
    'cache-control': 'no-cache, private',
  });
  response.flushHeaders();

  const from = query.get('resourceVersion') ?? '';
  if (from === '' || from === '0') {
    for (const object of store.list(scope.type, scope.namespace)) {
      if (select(object)) write('ADDED', present(scope, object));
    }
  } else {
    const missed = store.eventsSince(Number(from));
    if (!missed) {
      const gone = new ApiError(
        410,
        `too old resource version: ${from} (${store.version})`,
      );
      write('ERROR', gone.toStatus());
      response.end();
      return;
    }
    for (const event of missed) forward(event);
  }

  const stopListening = store.subscribe(forward);
  const started = clock.now();
  const timeout =
    Number(query.get('timeoutSeconds') ?? 0) || DEFAULT_TIMEOUT_SECONDS;
  let bookmarked = started;
  const stopClock = clock.every(1000, () => {
    const now = clock.now();
    const over = now - started >= timeout * 1000;
    const due = now - bookmarked >= BOOKMARK_SECONDS * 1000;
    if (query.get('allowWatchBookmarks') === 'true' && (over || due)) {
      bookmarked = now;
      write('BOOKMARK', bookmark());
    }
    if (over) {
      // Before the end: a clock that runs ahead ticks again before it closes.
      stop();
      response.end();
    }
  });
  request.on('close', stop);
  response.on('close', stop);

  function stop() {
    stopListening();
    stopClock();
  }

  function forward(event: StoreEvent) {
    if (event.resource !== scope.type || !select(event.object)) return;
    write(event.type, present(scope, event.object));
  }

  function bookmark(): KubeObject {
    return {
      kind: scope.type.kind,
      apiVersion: apiVersionOf(scope.type, scope.version),
      metadata: { name: '', resourceVersion: String(store.version) },
    };
  }
}
