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

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Access, customResourceDefinitions, ObjectStore } from './api';
import type { Clock } from './clock';
import {
  isPodReady,
  NodePools,
  reconcileDeployments,
  reconcileEndpointSlices,
} from './cluster';
import { KserveController, reconcileIstio, Templates } from './kserve';
import { readObjects } from './objectFiles';
import { seededRandom, type Random } from './random';
import { SimulatedPods, Simulation } from './traffic';

/** How long ago what the examples hold counts as created. */
const AGE_SECONDS = 3600;

/** Kinds no controller acts upon. */
const PASSIVE_KINDS = [
  'ConfigMap',
  'DestinationRule',
  'EnvoyFilter',
  'Event',
  'Namespace',
  'NetworkPolicy',
];

/** The cluster without its network: objects, controllers, traffic. */
export class SimulatedCluster {
  readonly store: ObjectStore;
  readonly access: Access;
  readonly simulation: Simulation;
  readonly pods: SimulatedPods;
  readonly #clock: Clock;
  readonly #nodes: NodePools;
  readonly #templates: Templates;
  readonly #kserve: KserveController;
  readonly #random: Random;
  #scheduled = false;
  #reconciling = false;
  #closed = false;

  /** Reads `<examplesDir>/sandbox`; throws when there is none. */
  static create(options: {
    examplesDir: string;
    clock: Clock;
    seed?: number;
    historyLimit?: number;
  }): SimulatedCluster {
    const folder = join(options.examplesDir, 'sandbox');
    if (!existsSync(folder)) {
      throw new Error(
        `The sandbox starts from the YAML files in ${folder}, but there is no such folder`,
      );
    }
    const cluster = new SimulatedCluster(folder, options);
    cluster.#start(folder);
    return cluster;
  }

  private constructor(
    folder: string,
    options: { clock: Clock; seed?: number; historyLimit?: number },
  ) {
    const { clock, historyLimit } = options;
    const store = ObjectStore.create({ clock, historyLimit });
    const random = seededRandom(options.seed ?? 1);
    this.store = store;
    this.#clock = clock;
    this.#random = random;
    this.#nodes = NodePools.create(store);
    this.#templates = Templates.load(join(folder, 'templates'));
    this.#kserve = KserveController.create({
      store,
      templates: this.#templates,
    });
    this.access = Access.create(store);
    this.simulation = Simulation.create({
      store,
      clock,
      nodes: this.#nodes,
      random,
    });
    this.pods = SimulatedPods.create({
      store,
      access: this.access,
      clock,
      simulation: this.simulation,
    });
  }

  /** One second of the cluster's life. */
  tick(): void {
    // Time changes nothing but pods that are still starting.
    if (!this.store.kind('Pod').every(isPodReady)) this.reconcile();
    this.simulation.tick();
    this.pods.writeLogs();
  }

  /** Lets every controller bring the objects up to date, until none has anything to do. */
  reconcile(): void {
    this.#reconciling = true;
    try {
      for (let round = 0; round < 8; round += 1) {
        const before = this.store.version;
        this.#kserve.reconcile();
        reconcileIstio(this.store, this.#templates);
        reconcileDeployments({
          store: this.store,
          nodes: this.#nodes,
          random: this.#random,
        });
        reconcileEndpointSlices(this.store);
        if (this.store.version === before) return;
      }
    } finally {
      this.#reconciling = false;
    }
  }

  close(): void {
    this.#closed = true;
  }

  #start(folder: string) {
    this.store.backdated(AGE_SECONDS, () => {
      for (const definition of customResourceDefinitions()) {
        this.store.apply(definition, 'all');
      }
      for (const object of readObjects(folder)) this.store.apply(object);
      this.#nodes.ensureMinimum();
      this.reconcile();
    });
    // In between, the pods have started.
    this.store.backdated(AGE_SECONDS - 60, () => this.reconcile());
    this.reconcile();
    const now = this.#clock.now();
    const warmUp = this.simulation.warmUpSeconds;
    for (let second = warmUp; second > 0; second -= 1) {
      this.simulation.tick(now - second * 1000);
    }
    this.store.subscribe(({ resource }) => {
      if (!PASSIVE_KINDS.includes(resource.kind)) this.#reconcileSoon();
    });
  }

  /** A change is acted upon at once, as by a controller that watches. */
  #reconcileSoon() {
    if (this.#scheduled || this.#reconciling || this.#closed) return;
    this.#scheduled = true;
    queueMicrotask(() => {
      this.#scheduled = false;
      if (!this.#closed) this.reconcile();
    });
  }
}
