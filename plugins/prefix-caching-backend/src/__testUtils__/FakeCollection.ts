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
import type { FakeCluster } from './FakeCluster';

export type Respond = (
  request: IncomingMessage,
  response: ServerResponse,
) => void;

/** A collection of a fake API server that can be listed and watched, and made to fail. */
export class FakeCollection {
  items: object[] = [];
  resourceVersion = 100;
  lists = 0;
  /** What watches asked to go on from. */
  readonly watchedFrom: string[] = [];
  /** Answers lists instead. */
  onList?: Respond;
  /** Answers watches instead. */
  onWatch?: Respond;
  readonly #watches = new Set<ServerResponse>();

  static on(cluster: FakeCluster, path: string): FakeCollection {
    const collection = new FakeCollection();
    cluster.answer(path, (request, response) =>
      collection.#answer(request, response),
    );
    return collection;
  }

  /** Says something to all who watch. */
  tell(type: string, object: object): void {
    this.resourceVersion += 1;
    const { metadata, ...rest } = object as { metadata?: object };
    this.say({
      type,
      object: {
        ...rest,
        metadata: {
          resourceVersion: String(this.resourceVersion),
          ...metadata,
        },
      },
    });
  }

  say(line: object | string): void {
    const text = typeof line === 'string' ? line : `${JSON.stringify(line)}\n`;
    for (const watch of this.#watches) watch.write(text);
  }

  get watching(): number {
    return this.#watches.size;
  }

  closeWatches(): void {
    for (const watch of this.#watches) watch.end();
  }

  breakWatches(): void {
    for (const watch of this.#watches) watch.destroy();
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const query = new URL(request.url ?? '', 'http://fake').searchParams;
    response.setHeader('content-type', 'application/json');
    if (query.get('watch') === 'true') {
      this.watchedFrom.push(query.get('resourceVersion') ?? '');
      if (this.onWatch) {
        this.onWatch(request, response);
        return;
      }
      response.flushHeaders();
      this.#watches.add(response);
      response.on('close', () => this.#watches.delete(response));
      return;
    }
    this.lists += 1;
    if (this.onList) {
      this.onList(request, response);
      return;
    }
    const limit = Number(query.get('limit'));
    const from = Number(query.get('continue') ?? 0);
    const page = this.items.slice(from, from + limit);
    const next = from + page.length;
    response.end(
      JSON.stringify({
        metadata: {
          resourceVersion: String(this.resourceVersion),
          continue: next < this.items.length ? String(next) : '',
        },
        items: page,
      }),
    );
  }
}

/** Answers with a status and a body. */
export function answering(
  status: number,
  body: object | string = {},
  headers: Record<string, string> = {},
): Respond {
  return (_request, response) => {
    response.writeHead(status, headers);
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };
}
