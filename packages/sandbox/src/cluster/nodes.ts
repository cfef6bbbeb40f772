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

import { kindOf, type KubeObject, type ObjectStore } from '../api';
import { listAt, numberAt, objectAt, stringsAt, textAt } from '../json';
import { matchesLabels } from '../api/selectors';
import { settingsReader } from './settings';

/** How a model server behaves on a kind of machine. */
export interface EngineProfile {
  /** Tokens per KV-cache block. */
  blockSize: number;
  kvBlocks: number;
  prefillTokensPerSecond: number;
  /** Milliseconds per request beside prefill. */
  overheadMs: number;
  /** Milliseconds per output token. */
  outputTokenMs: number;
}

export interface NodePool {
  name: string;
  count: number;
  max: number;
  labels: Record<string, string>;
  /** Extended resources per node, such as `nvidia.com/gpu: 1`. */
  resources: Record<string, number>;
  /** From scheduling a pod to its being ready. */
  startupSeconds: number;
  engine: EngineProfile;
}

/** The cluster's machines; pools grow when pods ask for more of them. */
export class NodePools {
  readonly #store: ObjectStore;
  readonly #settings: () => unknown;

  static create(store: ObjectStore): NodePools {
    return new NodePools(store);
  }

  private constructor(store: ObjectStore) {
    this.#store = store;
    this.#settings = settingsReader(store, 'sandbox-nodes', 'nodes.yaml');
  }

  pools(): NodePool[] {
    return listAt(this.#settings(), 'pools').map(readPool);
  }

  poolOfNode(nodeName: string): NodePool | undefined {
    return this.pools().find(pool =>
      new RegExp(`^${pool.name}-\\d+$`).test(nodeName),
    );
  }

  /** Creates the nodes every pool starts with. */
  ensureMinimum(): void {
    for (const pool of this.pools()) {
      for (let index = 0; index < pool.count; index += 1) {
        this.#ensureNode(pool, index);
      }
    }
  }

  /** The name of a node a pod fits on; undefined when no pool has room. */
  place(podSpec: unknown): string | undefined {
    const selector = stringsAt(podSpec, 'nodeSelector');
    const wanted = extendedResources(podSpec);
    for (const pool of this.pools()) {
      const fits =
        matchesLabels(selector, pool.labels) &&
        Object.entries(wanted).every(
          ([name, amount]) => (pool.resources[name] ?? 0) >= amount,
        ) &&
        // Ordinary pods keep off the machines with accelerators.
        (Object.keys(wanted).length > 0 ||
          Object.keys(selector).length > 0 ||
          Object.keys(pool.resources).length === 0);
      if (!fits) continue;
      for (let index = 0; index < pool.max; index += 1) {
        const node = `${pool.name}-${index}`;
        if (this.#hasRoom(node, pool, wanted)) {
          this.#ensureNode(pool, index);
          return node;
        }
      }
    }
    return undefined;
  }

  #hasRoom(node: string, pool: NodePool, wanted: Record<string, number>) {
    const pods = this.#store
      .kind('Pod')
      .filter(pod => textAt(pod, 'spec', 'nodeName') === node);
    return Object.entries(wanted).every(([name, amount]) => {
      const used = pods.reduce(
        (sum, pod) => sum + (extendedResources(pod.spec)[name] ?? 0),
        0,
      );
      return used + amount <= pool.resources[name];
    });
  }

  #ensureNode(pool: NodePool, index: number) {
    const type = kindOf('Node');
    const name = `${pool.name}-${index}`;
    if (this.#store.get(type, undefined, name)) return;
    this.#store.create(type, nodeObject(pool, name, index));
  }
}

function readPool(entry: unknown): NodePool {
  const resources: Record<string, number> = {};
  for (const [name, amount] of Object.entries(objectAt(entry, 'resources'))) {
    resources[name] = Number(amount);
  }
  const engine = objectAt(entry, 'engine');
  return {
    name: textAt(entry, 'name') ?? 'pool',
    count: numberAt(entry, 'count') ?? 0,
    max: numberAt(entry, 'max') ?? numberAt(entry, 'count') ?? 0,
    labels: stringsAt(entry, 'labels'),
    resources,
    startupSeconds: numberAt(entry, 'startupSeconds') ?? 2,
    engine: {
      blockSize: numberAt(engine, 'blockSize') ?? 16,
      kvBlocks: numberAt(engine, 'kvBlocks') ?? 2000,
      prefillTokensPerSecond:
        numberAt(engine, 'prefillTokensPerSecond') ?? 3000,
      overheadMs: numberAt(engine, 'overheadMs') ?? 40,
      outputTokenMs: numberAt(engine, 'outputTokenMs') ?? 20,
    },
  };
}

/** What the containers of a pod request beyond CPU and memory. */
export function extendedResources(podSpec: unknown): Record<string, number> {
  const totals: Record<string, number> = {};
  for (const container of listAt(podSpec, 'containers')) {
    const requests = {
      ...objectAt(container, 'resources', 'limits'),
      ...objectAt(container, 'resources', 'requests'),
    };
    for (const [name, amount] of Object.entries(requests)) {
      if (name.includes('/')) {
        totals[name] = (totals[name] ?? 0) + Number(amount);
      }
    }
  }
  return totals;
}

function nodeObject(pool: NodePool, name: string, index: number): KubeObject {
  const capacity = {
    cpu: '16',
    memory: '64Gi',
    pods: '110',
    ...Object.fromEntries(
      Object.entries(pool.resources).map(([key, value]) => [key, `${value}`]),
    ),
  };
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      labels: {
        'kubernetes.io/hostname': name,
        'kubernetes.io/arch': 'amd64',
        'kubernetes.io/os': 'linux',
        'cloud.google.com/gke-nodepool': pool.name,
        ...pool.labels,
      },
    },
    spec: {
      taints: Object.keys(pool.resources).map(key => ({
        key,
        value: 'present',
        effect: 'NoSchedule',
      })),
    },
    status: {
      capacity,
      allocatable: capacity,
      addresses: [{ type: 'InternalIP', address: `10.128.0.${index + 2}` }],
      conditions: [{ type: 'Ready', status: 'True', reason: 'KubeletReady' }],
      nodeInfo: {
        kubeletVersion: 'v1.34.1-gke.sandbox',
        architecture: 'amd64',
      },
    },
  };
}
