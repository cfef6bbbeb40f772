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

import { existsSync, readFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import {
  observeTarget,
  type KubernetesObject,
  type Observation,
} from 'backstage-plugin-prefix-caching-common/core';
import { readOriginal } from './clusterObjects';
import { answer, tell } from './processes';

/** What is scraped for one service: a picker and four engines. */
export const ENGINES_EACH = 4;

const NAMESPACE = 'llm-serving';
const NAME = 'qwen-3b-gpu';

/** Real scrapes, where they are at hand; else the sandbox's. */
const SCRAPES = path.join(
  process.env.CONFORMANCE ??
    path.resolve(__dirname, '../../../../shared/conformance'),
  'metrics/odh-2026-08',
);

function realScrape(file: string): string | undefined {
  const full = path.join(SCRAPES, file);
  return existsSync(full) ? readFileSync(full, 'utf8') : undefined;
}

/**
 * A process that answers every scrape through an API server's pod proxy, with
 * a picker's exposition for pickers and an engine's for engines, and `/service`
 * with the objects of one service.
 */
export async function serveExpositions(): Promise<void> {
  const { own, metrics } = await readOriginal();
  const engine = Buffer.from(realScrape('vllm_metrics.txt') ?? metrics);
  const picker = Buffer.from(realScrape('scheduler_metrics.txt') ?? metrics);
  const objects = JSON.stringify([...own.values()].flat());
  let counts = { scrapes: 0, bytes: 0 };
  const server = http.createServer((request, response) => {
    if (request.url === '/service') {
      response.end(objects);
      return;
    }
    const body = request.url?.includes('router-scheduler') ? picker : engine;
    counts.scrapes += 1;
    counts.bytes += body.length;
    response.setHeader('content-type', 'text/plain; version=0.0.4');
    response.setHeader('content-length', body.length);
    response.end(body);
  });
  server.keepAliveTimeout = 65_000;
  server.listen(0, '127.0.0.1', () => {
    const { port } = server.address() as AddressInfo;
    tell({
      url: `http://127.0.0.1:${port}`,
      engineBytes: engine.length,
      pickerBytes: picker.length,
    });
  });
  answer(() => {
    const counted = counts;
    counts = { scrapes: 0, bytes: 0 };
    return counted;
  });
}

/** As many copies of the service as wanted, each with its picker and engines. */
export async function observations(
  url: string,
  count: number,
): Promise<Observation[]> {
  const answered = await fetch(`${url}/service`);
  const objects: KubernetesObject[] = await answered.json();
  const pods = objects.filter(({ kind }) => kind === 'Pod');
  const isPicker = ({ metadata }: KubernetesObject) =>
    metadata.name.includes('router-scheduler');
  const engine = pods.find(pod => !isPicker(pod));
  const rest = objects.filter(
    object => object.kind !== 'Pod' || isPicker(object),
  );
  const engines = Array.from({ length: ENGINES_EACH }, (_, at) => ({
    ...engine,
    metadata: { ...engine?.metadata, name: `${NAME}-kserve-${at}` },
  }));
  const text = JSON.stringify([...rest, ...engines]);
  return Array.from({ length: count }, (_, index) => {
    const name = `svc-${String(index).padStart(4, '0')}`;
    return observeTarget({
      source: 'cluster',
      target: { cluster: 'bench', namespace: NAMESPACE, name },
      objects: withoutAuthentication(
        JSON.parse(text.replaceAll(NAME, name)) as KubernetesObject[],
      ),
      asked: ['Pod'],
      observedAt: new Date().toISOString(),
    });
  });
}

/** The proxy drops tokens: it reads pickers whose authentication is off. */
function withoutAuthentication(objects: KubernetesObject[]) {
  for (const { kind, metadata, spec } of objects) {
    if (kind !== 'Pod' || !metadata.name.includes('router-scheduler')) continue;
    const { containers } = spec as { containers: { args?: string[] }[] };
    for (const container of containers) {
      container.args = [
        ...(container.args ?? []),
        '--metrics-endpoint-auth=false',
      ];
    }
  }
  return objects;
}
