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
import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiObject, ClusterApi } from './ClusterApi';
import { ADDRESS_ANNOTATION, NODE_NAME } from './Kwok';
import { createPodNetwork, inPodNetwork } from './network';
import { Program } from './Program';

export interface HostedPod {
  name: string;
  address: string;
  /** What stands in for the image of its container `main`. */
  program: string;
  /** The Deployment whose pod it is. */
  deployment: ApiObject;
  /** Beside what the container says: what its mounts would hold. */
  env?: Record<string, string>;
  ready: () => Promise<boolean>;
}

interface Container {
  name: string;
  command?: string[];
  args?: string[];
  env?: {
    name: string;
    value?: string;
    valueFrom?: { fieldRef?: { fieldPath?: string } };
  }[];
}

interface PodStatus {
  status?: { conditions?: { type: string; status: string }[] };
}

/** Seconds until a pod that KWOK watches is said to be ready. */
const PATIENCE = 180;

/** Runs pods: the command of their container as a program in a network of its own. */
export class PodHost {
  readonly #api: ClusterApi;
  readonly #logs: string;
  readonly #programs = new Map<string, Program>();
  readonly #networks = new Set<string>();

  static create(options: { api: ClusterApi; logs: string }) {
    return new PodHost(options.api, options.logs);
  }

  private constructor(api: ClusterApi, logs: string) {
    this.#api = api;
    this.#logs = logs;
  }

  /** Where a pod's program writes. */
  logOf(pod: string): string {
    return path.join(this.#logs, `${pod}.log`);
  }

  /** Starts the program first: KWOK says at once that a pod is ready. */
  async start(hosted: HostedPod): Promise<void> {
    const { name, address, deployment } = hosted;
    const pod = podOf(hosted);
    const { containers } = pod.spec as { containers: Container[] };
    const main = containers.find(container => container.name === 'main');
    if (!main) throw new Error(`${name} has no container main`);
    if (!this.#networks.has(name)) {
      createPodNetwork(name, address);
      this.#networks.add(name);
    }
    const [, ...words] = [...(main.command ?? []), ...(main.args ?? [])];
    const [file, ...args] = inPodNetwork(name, [hosted.program, ...words]);
    this.#programs.set(
      name,
      await Program.start({
        name,
        file,
        args,
        env: { ...environmentOf(main, hosted), ...hosted.env },
        logs: this.#logs,
        ready: hosted.ready,
      }),
    );
    await this.#api.apply(pod);
    await this.#untilReady(deployment.metadata.namespace ?? '', name);
  }

  /** Ends a pod's program alone. */
  async kill(name: string): Promise<void> {
    await this.#programs.get(name)?.stop('SIGKILL');
    this.#programs.delete(name);
  }

  /** Says of a pod whose program ended what the kubelet would. */
  async sayCrashed(namespace: string, name: string): Promise<void> {
    const conditions = ['Ready', 'ContainersReady'].map(type => ({
      type,
      status: 'False',
      reason: 'ContainersNotReady',
    }));
    await this.#api.setStatus(
      { apiVersion: 'v1', kind: 'Pod', metadata: { namespace, name } },
      {
        conditions,
        containerStatuses: [
          {
            name: 'main',
            image: '',
            imageID: '',
            ready: false,
            restartCount: 1,
            state: { waiting: { reason: 'CrashLoopBackOff' } },
            lastState: { terminated: { exitCode: 137, reason: 'Error' } },
          },
        ],
      },
    );
  }

  /** Ends a pod's program and deletes the pod. */
  async remove(namespace: string, name: string): Promise<void> {
    await this.kill(name);
    const pod = `/api/v1/namespaces/${namespace}/pods/${name}`;
    await this.#api.request(`${pod}?gracePeriodSeconds=0`, {
      method: 'DELETE',
    });
    for (let i = 0; (await this.#api.request(pod)).status !== 404; i++) {
      if (i > PATIENCE * 5) throw new Error(`${name} was not deleted`);
      await sleep(200);
    }
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#programs.values()].map(each => each.stop()));
  }

  async #untilReady(namespace: string, name: string): Promise<void> {
    const pod = `/api/v1/namespaces/${namespace}/pods/${name}`;
    for (let i = 0; i < PATIENCE * 5; i++) {
      const { json } = await this.#api.request(pod);
      if (isReady(json as PodStatus | undefined)) return;
      await sleep(200);
    }
    throw new Error(`KWOK did not say that pod ${name} is ready`);
  }
}

function isReady(pod: PodStatus | undefined): boolean {
  return (pod?.status?.conditions ?? []).some(
    ({ type, status }) => type === 'Ready' && status === 'True',
  );
}

function podOf({ name, address, deployment }: HostedPod): ApiObject {
  const { template } = deployment.spec as {
    template: { metadata: ApiObject['metadata']; spec: object };
  };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      ...template.metadata,
      name,
      namespace: deployment.metadata.namespace,
      annotations: {
        ...template.metadata.annotations,
        [ADDRESS_ANNOTATION]: address,
      },
    },
    spec: { ...template.spec, nodeName: NODE_NAME },
  };
}

function environmentOf(
  { env = [] }: Container,
  { name, address }: HostedPod,
): Record<string, string> {
  const fields: Record<string, string> = {
    'metadata.name': name,
    'status.podIP': address,
  };
  return Object.fromEntries(
    env.map(({ name: key, value, valueFrom }) => [
      key,
      value ?? fields[valueFrom?.fieldRef?.fieldPath ?? ''] ?? '',
    ]),
  );
}
