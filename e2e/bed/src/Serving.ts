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
import fs from 'node:fs';
import { stringify } from 'yaml';
import type { Bed } from './Bed';
import type { ApiObject } from './ClusterApi';
import { installCustomResources } from './customResources';
import { accepts } from './accepts';
import { isServing } from './grpcHealth';
import { Gateway, type GatewayPlan } from './Gateway';
import { NODE_NAME, startKwok } from './Kwok';
import { NODE_ADDRESS } from './network';
import { fileOf, type PartName } from './parts';
import { pickerConfig } from './pickerConfig';
import { PodHost } from './PodHost';
import type { Program } from './Program';
import { servedRelease } from './servedRelease';
import {
  GATEWAY_NAMESPACE,
  NAMESPACE,
  SERVICE,
  servingObjects,
  type ServingObjects,
} from './servingObjects';

const GATEWAY_ADDRESS = { address: NODE_ADDRESS, port: 8080 };
const ENGINE_PORT = 8000;
const PICKER_METRICS_PORT = 9090;
const HEALTH_PORT = 9003;

/** Pods of one deployment, by the names and addresses they will have. */
export const ENGINES = [1, 2, 3].map(number => ({
  name: `${SERVICE}-kserve-${number}`,
  address: `10.77.0.1${number}`,
  port: ENGINE_PORT,
}));
export const PICKER = {
  name: `${SERVICE}-kserve-router-scheduler-1`,
  address: '10.77.0.21',
  port: 9002,
};

/** The picker that KServe starts is llm-d's; this one is the last of GAIE, with scorers it has. */
export const GAIE_PICKER: PickerChanges = {
  config: pickerConfig({ 'queue-scorer': 2, 'prefix-cache-scorer': 3 }),
  program: 'gaiePicker',
  image: 'registry.k8s.io/gateway-api-inference-extension/epp:v1.5.0',
};

/** What a picker's Deployment has otherwise than KServe made it. */
export interface PickerChanges {
  /** Come on top of those it has. */
  flags?: readonly string[];
  /** In place of the rendered one. */
  config?: object;
  image?: string;
  /** What stands in for that image. */
  program?: PartName;
}

/** A rendered service that really serves: engines, a picker and a gateway. */
export class Serving {
  readonly objects: ServingObjects;
  readonly #bed: Bed;
  readonly #pods: PodHost;
  readonly #kwok: Program;
  readonly #kubeconfig: string;
  #gateway?: Gateway;

  static async start(bed: Bed): Promise<Serving> {
    const { api, parts } = bed;
    const folder = path.join(bed.folder, 'serving');
    fs.mkdirSync(folder, { recursive: true });
    const pods = PodHost.create({ api, logs: folder });
    const release = servedRelease(parts);
    await installCustomResources(api, release.platform);
    const objects = servingObjects(release, urlOf(GATEWAY_ADDRESS));
    for (const name of [NAMESPACE, GATEWAY_NAMESPACE, 'istio-system']) {
      await api.apply(namespace(name));
    }
    for (const object of [...objects.others, ...objects.rendered]) {
      await api.apply(object);
    }
    for (const { object, status } of objects.statuses) {
      await api.setStatus(object, status);
    }
    await api.apply(node());
    const kwok = await startKwok({
      file: fileOf(parts.kwok),
      folder: path.join(folder, 'kwok'),
      kubeconfig: bed.kubeconfig('kwok', bed.adminToken),
      pods: [
        ...ENGINES.map(engine => ({ ...engine, ports: [ENGINE_PORT] })),
        { ...PICKER, ports: [PICKER_METRICS_PORT] },
      ].map(pod => ({
        ...pod,
        namespace: NAMESPACE,
        log: pods.logOf(pod.name),
      })),
    });
    const token = await api.tokenOf(NAMESPACE, `${SERVICE}-epp-sa`);
    const kubeconfig = bed.kubeconfig('picker', token);
    const serving = new Serving(bed, { objects, pods, kwok, kubeconfig });
    await serving.startEngines();
    await serving.startPicker();
    return serving;
  }

  private constructor(
    bed: Bed,
    started: {
      objects: ServingObjects;
      pods: PodHost;
      kwok: Program;
      kubeconfig: string;
    },
  ) {
    this.#bed = bed;
    this.objects = started.objects;
    this.#pods = started.pods;
    this.#kwok = started.kwok;
    this.#kubeconfig = started.kubeconfig;
  }

  async startEngines(): Promise<void> {
    for (const { name, address } of ENGINES) {
      await this.#pods.start({
        name,
        address,
        program: fileOf(this.#bed.parts.simulator),
        deployment: this.objects.engines,
        ready: async () =>
          (
            await fetch(`http://${address}:${ENGINE_PORT}/health`)
          ).ok,
      });
    }
  }

  /**
   * Starts the picker, with the flags its Deployment has.
   *
   * @param changes - to the Deployment first
   */
  async startPicker(changes: PickerChanges = {}): Promise<void> {
    const { program = servedRelease(this.#bed.parts).picker } = changes;
    const deployment = changed(this.objects.picker, changes);
    await this.#bed.api.apply(deployment);
    await this.#pods.start({
      ...PICKER,
      program: fileOf(this.#bed.parts[program]),
      deployment,
      env: { KUBECONFIG: this.#kubeconfig },
      ready: async () =>
        (await isServing(`${PICKER.address}:${HEALTH_PORT}`, 'readiness')) &&
        accepts(PICKER),
    });
  }

  /** Ends the picker's program, and says so of its pod, as the kubelet would. */
  async killPicker(): Promise<void> {
    await this.#pods.kill(PICKER.name);
    await this.#pods.sayCrashed(NAMESPACE, PICKER.name);
  }

  async removePicker(): Promise<void> {
    await this.#pods.remove(NAMESPACE, PICKER.name);
  }

  /** Starts a picker in place of the one that runs, or ran. */
  async replacePicker(changes: PickerChanges = {}): Promise<void> {
    await this.removePicker();
    await this.startPicker(changes);
  }

  /**
   * Starts the gateway, or changes how it speaks to the picker.
   *
   * @param options - `knowsPicker` false: Istio has taken the picker's address
   *   from it, as it does for pods that are not ready
   */
  async openGateway(options: {
    pickerTls: boolean;
    knowsPicker?: boolean;
  }): Promise<string> {
    const { pickerTls, knowsPicker = true } = options;
    const plan: GatewayPlan = {
      route: this.objects.route,
      listen: GATEWAY_ADDRESS,
      engines: ENGINES,
      pickers: knowsPicker ? [PICKER] : [],
      pickerTls,
    };
    if (this.#gateway) {
      await this.#gateway.change(plan);
    } else {
      this.#gateway = await Gateway.start({
        file: fileOf(this.#bed.parts.envoy),
        folder: path.join(this.#bed.folder, 'gateway'),
        plan,
      });
    }
    return this.#gateway.url;
  }

  async stop(): Promise<void> {
    await this.#gateway?.stop();
    await this.#pods.stop();
    await this.#kwok.stop();
  }
}

function changed(
  deployment: ApiObject,
  { flags = [], config, image }: PickerChanges,
): ApiObject {
  const copy = structuredClone(deployment);
  const { template } = copy.spec as {
    template: {
      spec: {
        containers: { image?: string; command?: string[]; args?: string[] }[];
      };
    };
  };
  const [main] = template.spec.containers;
  main.command?.push(...flags);
  if (image) main.image = image;
  if (config) main.args = ['--config-text', stringify(config)];
  return copy;
}

function urlOf({ address, port }: { address: string; port: number }) {
  return `http://${address}:${port}`;
}

function namespace(name: string): ApiObject {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
}

function node(): ApiObject {
  return { apiVersion: 'v1', kind: 'Node', metadata: { name: NODE_NAME } };
}
