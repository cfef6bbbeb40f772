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
import { setTimeout as delay } from 'node:timers/promises';
import { multiply, readOriginal } from './clusterObjects';
import { answer as answerParent, tell } from './processes';

/** What was asked since the last count. */
export interface RequestCounts {
  lists: number;
  watches: number;
  scrapes: number;
  others: number;
  bytes: number;
}

const LATENCY_MS = 20;
const BOOKMARK_MS = 60_000;
const NAMESPACED = /^(\/apis?\/.*?)\/namespaces\/([^/]+)\/([^/]+)$/;

/**
 * A process that serves as many copies of the sandbox's healthy service as its
 * argument says: lists in pages, watches, label selectors and metrics, each
 * answer 20 ms late. Sends its URL to the parent, and counts when asked.
 */
export async function serve(count: number): Promise<void> {
  const original = await readOriginal();
  const collections = multiply(original, count);
  const labelled = labelIndex(collections);
  let counts = none();

  const server = http.createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://bench');
    await delay(LATENCY_MS);
    const answer = (text: string) => {
      counts.bytes += text.length;
      response.setHeader('content-type', 'application/json');
      response.end(text);
    };
    if (url.pathname.endsWith('/proxy/metrics')) {
      counts.scrapes += 1;
      answer(original.metrics);
      return;
    }
    const [, root, namespace, plural] = NAMESPACED.exec(url.pathname) ?? [];
    const collection = root ? `${root}/${plural}` : url.pathname;
    const items = collections.get(collection);
    if (url.searchParams.get('watch') === 'true') {
      counts.watches += 1;
      watch(response);
      return;
    }
    const selector = url.searchParams.get('labelSelector');
    counts.lists += 1;
    if (!items && !selector) {
      response.statusCode = 404;
      answer('{"kind":"Status","code":404}');
      return;
    }
    answer(
      page(
        selector
          ? labelled.get(`${collection}?${selector}`) ?? []
          : (items ?? []).filter(
              text => !namespace || text.includes(`"${namespace}"`),
            ),
        url.searchParams,
        collection,
      ),
    );
  });
  server.keepAliveTimeout = 65_000;
  server.listen(0, '127.0.0.1', () => {
    const { port } = server.address() as AddressInfo;
    tell({ url: `http://127.0.0.1:${port}` });
  });
  answerParent(() => {
    const counted = counts;
    counts = none();
    return counted;
  });
}

function watch(response: http.ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.flushHeaders();
  const timer = setInterval(
    () =>
      response.write(
        '{"type":"BOOKMARK","object":{"metadata":{"resourceVersion":"1000"}}}\n',
      ),
    BOOKMARK_MS,
  );
  response.on('close', () => clearInterval(timer));
}

function page(
  items: readonly string[],
  query: URLSearchParams,
  collection: string,
): string {
  const limit = Number(query.get('limit')) || items.length;
  const from = Number(query.get('continue') ?? 0);
  const next = from + limit;
  const token = next < items.length ? String(next) : '';
  return `{"kind":"List","apiVersion":"v1","metadata":{"resourceVersion":"1000","continue":"${token}","path":"${collection}"},"items":[${items
    .slice(from, next)
    .join(',')}]}`;
}

/** `<collection>?<label>=<value>` → items, as the Kubernetes plugin selects. */
function labelIndex(
  collections: ReadonlyMap<string, string[]>,
): Map<string, string[]> {
  const index = new Map<string, string[]>();
  for (const [collection, items] of collections) {
    for (const text of items) {
      const { labels = {} } = JSON.parse(text).metadata;
      const id = labels['backstage.io/kubernetes-id'];
      const key = `${collection}?backstage.io/kubernetes-id=${id}`;
      if (id) index.set(key, [...(index.get(key) ?? []), text]);
    }
  }
  return index;
}

function none(): RequestCounts {
  return { lists: 0, watches: 0, scrapes: 0, others: 0, bytes: 0 };
}
