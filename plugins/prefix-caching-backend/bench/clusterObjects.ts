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

import path from 'node:path';
import type { KubernetesObject } from 'backstage-plugin-prefix-caching-common/core';
import { ManualClock, startSandbox } from 'sandbox';

/** What one service of the sandbox consists of, and what its engines say. */
export interface Original {
  /** Path of the collection → its objects, of the one service or of all. */
  own: Map<string, KubernetesObject[]>;
  shared: Map<string, KubernetesObject[]>;
  metrics: string;
}

const NAME = 'qwen-3b-gpu';
const NAMESPACE = 'llm-serving';
const ENTITY = 'qwen-3b-chat';

/** Of services; a cluster of a thousand has many teams. */
const NAMESPACES = 20;

/** As large as a pod with its managedFields is. */
const POD_BYTES = 10_000;

const OWN = [
  '/apis/serving.kserve.io/v1alpha2/llminferenceservices',
  '/apis/apps/v1/deployments',
  '/api/v1/pods',
  '/api/v1/services',
  '/apis/gateway.networking.k8s.io/v1/httproutes',
  '/apis/inference.networking.k8s.io/v1/inferencepools',
  '/apis/networking.istio.io/v1/destinationrules',
];
const SHARED = [
  '/apis/apps/v1/deployments',
  '/api/v1/pods',
  '/api/v1/nodes',
  '/apis/gateway.networking.k8s.io/v1/gateways',
  '/apis/networking.k8s.io/v1/networkpolicies',
  '/apis/networking.istio.io/v1alpha3/envoyfilters',
];

/** Reads one healthy service off the sandbox's API, and what it shares with others. */
export async function readOriginal(): Promise<Original> {
  const clock = new ManualClock(Date.UTC(2026, 10, 22, 10));
  const sandbox = await startSandbox({
    apiPort: 0,
    gitPort: 0,
    examplesDir: path.resolve(__dirname, '../../../examples'),
    clock,
    seed: 1,
  });
  try {
    clock.advance(30);
    const get = async (url: string) =>
      fetch(`${sandbox.api.url}${url}`, {
        headers: { Authorization: 'Bearer sandbox-reader' },
      });
    const list = async (url: string): Promise<KubernetesObject[]> =>
      (await (await get(url)).json()).items;
    const collect = async (
      paths: readonly string[],
      belongs: (object: KubernetesObject) => boolean,
    ) =>
      new Map(
        await Promise.all(
          paths.map(
            async url =>
              [url, (await list(url)).filter(belongs)] as [
                string,
                KubernetesObject[],
              ],
          ),
        ),
      );
    const isOwn = ({ metadata }: KubernetesObject) =>
      metadata.namespace === NAMESPACE && metadata.name.startsWith(NAME);
    const own = await collect(OWN, isOwn);
    const shared = await collect(
      SHARED,
      ({ metadata }) =>
        !metadata.namespace || !metadata.namespace.startsWith('llm-'),
    );
    const engine = own
      .get('/api/v1/pods')
      ?.find(({ metadata }) => !metadata.name.includes('router'));
    const metrics = await get(
      `/api/v1/namespaces/${NAMESPACE}/pods/${engine?.metadata.name}:8000/proxy/metrics`,
    );
    return { own, shared, metrics: await metrics.text() };
  } finally {
    await sandbox.close();
  }
}

/** The targets that {@link multiply} makes. */
export function targetsOf(count: number) {
  return Array.from({ length: count }, (_, index) => ({
    cluster: 'bench',
    namespace: namespaceOf(index),
    name: nameOf(index),
  }));
}

/** The entity that claims a target. */
export function entityOf(index: number): string {
  return `entity-${index}`;
}

/** As many services as wanted, each of its own name; items as JSON texts. */
export function multiply(
  { own, shared }: Original,
  count: number,
): Map<string, string[]> {
  const collections = new Map<string, string[]>();
  const add = (url: string, text: string) => {
    const items = collections.get(url) ?? [];
    collections.set(url, items);
    items.push(text);
  };
  for (const [url, objects] of shared) {
    for (const object of objects) add(url, JSON.stringify(object));
  }
  for (const [url, objects] of own) {
    const texts = objects.map(object =>
      JSON.stringify(url === '/api/v1/pods' ? padded(object) : object),
    );
    for (let index = 0; index < count; index += 1) {
      for (const text of texts) {
        add(
          url,
          text
            .replaceAll(NAME, nameOf(index))
            .replaceAll(NAMESPACE, namespaceOf(index))
            .replaceAll(ENTITY, entityOf(index)),
        );
      }
    }
  }
  return collections;
}

function nameOf(index: number): string {
  return `svc-${String(index).padStart(4, '0')}`;
}

function namespaceOf(index: number): string {
  return `llm-team-${index % NAMESPACES}`;
}

/** With managedFields as the kubelet and the controllers leave them. */
function padded(pod: KubernetesObject): object {
  const missing = POD_BYTES - JSON.stringify(pod).length;
  const fields: Record<string, object> = {};
  for (let used = 0; used < missing; used += 60) {
    fields[`f:field-${used}`] = { 'f:lastTransitionTime': {}, 'f:status': {} };
  }
  return {
    ...pod,
    metadata: {
      ...pod.metadata,
      managedFields: [{ manager: 'kubelet', fieldsV1: fields }],
    },
  };
}
