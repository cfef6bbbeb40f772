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

import type { KubeObject, ObjectStore } from '../api';
import type { Clock } from '../clock';
import {
  isPodReady,
  mainContainer,
  settingsReader,
  type NodePools,
} from '../cluster';
import { numberAt } from '../json';
import { flagValue, liveConfig } from '../kserve';
import { pickOne, type Random } from '../random';
import { dataPath, poolMembers, type DataPath } from './dataPath';
import { EngineReplica } from './engine';
import { readEngineSettings } from './engineSettings';
import { Picker, type Endpoint } from './picker';
import { readScorers, type Scorer } from './pickerConfig';
import { syntheticPrompt, type Prompt } from './prompt';
import { readyFor, trafficFor } from './trafficSettings';

/** How a request ended. */
export interface Answer {
  status: 200 | 404 | 503;
  reason: string;
  /** Absent where the engine does not say. */
  cachedTokens?: number;
  /** Seconds. */
  timeToFirstToken: number;
  modelName: string;
  /** The pod that served it. */
  pod?: string;
}

/** Engines, EPPs and the requests between them. */
export class Simulation {
  readonly #store: ObjectStore;
  readonly #clock: Clock;
  readonly #nodes: NodePools;
  readonly #random: Random;
  readonly #settings: () => unknown;
  readonly #engines = new Map<string, EngineReplica>();
  readonly #pickers = new Map<string, Picker>();
  readonly #owed = new Map<string, number>();
  // What follows from the objects alone, until one of them changes.
  readonly #ways = new Map<string, DataPath>();
  readonly #known = new Map<string, Endpoint[]>();
  #versionSeen = -1;
  readonly #scorers = new Map<string, Scorer[]>();
  #serial = 0;

  static create(options: {
    store: ObjectStore;
    clock: Clock;
    nodes: NodePools;
    random: Random;
  }): Simulation {
    return new Simulation(options);
  }

  private constructor(options: {
    store: ObjectStore;
    clock: Clock;
    nodes: NodePools;
    random: Random;
  }) {
    this.#store = options.store;
    this.#clock = options.clock;
    this.#nodes = options.nodes;
    this.#random = options.random;
    this.#settings = settingsReader(
      options.store,
      'sandbox-traffic',
      'traffic.yaml',
    );
  }

  /** How long the clients had been at work when the sandbox started. */
  get warmUpSeconds(): number {
    return numberAt(this.#settings(), 'warmUpSeconds') ?? 0;
  }

  /** One second of requests. */
  tick(now = this.#clock.now()): void {
    this.#forgetGonePods();
    for (const engine of this.#engines.values()) engine.advance(now);
    for (const service of this.#store.kind('LLMInferenceService')) {
      this.#sendTraffic(service, now);
    }
  }

  /** Sends one request down a path such as `/<namespace>/<service>/v1/completions`. */
  send(path: string, prompt: Prompt, now = this.#clock.now()): Answer {
    const way = this.#wayOf(path);
    const answer = (status: Answer['status'], reason: string): Answer => ({
      status,
      reason,
      timeToFirstToken: 0,
      modelName: '',
    });
    if (way.kind === 'no-route') return answer(404, way.reason);
    const endpoints = way.backends.map(pod => this.#endpoint(pod));
    let chosen: Endpoint | undefined;
    const picker = way.kind === 'picked' ? this.picker(way.picker) : undefined;
    if (way.kind === 'picked' && picker) {
      const known = this.pickerEndpoints(way.picker);
      const scorers = this.pickerScorers(way.picker);
      picker.modelName ||= known[0]?.engine.settings.modelName ?? 'unknown';
      const choice = picker.pick(prompt, known, scorers, now);
      // A picker of another pool chooses pods this route does not lead to.
      chosen = endpoints.find(endpoint => endpoint.pod === choice?.pod);
    }
    chosen ??= pickOne(endpoints, this.#random);
    if (!chosen) return answer(503, 'no healthy upstream');
    const served = chosen.engine.accept(prompt, now);
    picker?.observe(served);
    return {
      status: 200,
      reason: way.kind === 'picked' ? 'picked' : way.reason,
      ...(chosen.engine.settings.promptTokensDetails && {
        cachedTokens: served.cachedTokens,
      }),
      timeToFirstToken: served.timeToFirstToken,
      modelName: chosen.engine.settings.modelName,
      pod: chosen.pod,
    };
  }

  engine(pod: KubeObject): EngineReplica {
    const key = pod.metadata.uid ?? '';
    const known = this.#engines.get(key);
    if (known) return known;
    const engine = new EngineReplica(readEngineSettings(pod, this.#nodes));
    this.#engines.set(key, engine);
    return engine;
  }

  picker(pod: KubeObject): Picker {
    const key = pod.metadata.uid ?? '';
    const known = this.#pickers.get(key);
    if (known) return known;
    const picker = new Picker(this.#random);
    this.#pickers.set(key, picker);
    return picker;
  }

  /** The name of the pool an EPP was started for. */
  poolName(pickerPod: KubeObject): string {
    return (
      flagValue(mainContainer(pickerPod.spec), ['pool-name', 'poolName']) ?? ''
    );
  }

  /** The endpoints an EPP sees: the ready members of its pool. */
  pickerEndpoints(pickerPod: KubeObject): Endpoint[] {
    this.#forgetOldViews();
    const key = pickerPod.metadata.uid ?? '';
    const known = this.#known.get(key) ?? this.#findEndpoints(pickerPod);
    this.#known.set(key, known);
    return known;
  }

  #findEndpoints(pickerPod: KubeObject): Endpoint[] {
    const name = this.poolName(pickerPod);
    const pool = this.#store
      .kind('InferencePool', pickerPod.metadata.namespace)
      .find(candidate => candidate.metadata.name === name);
    if (!pool) return [];
    return poolMembers(this.#store, pool)
      .filter(isPodReady)
      .map(pod => this.#endpoint(pod));
  }

  /** The scorers an EPP runs, from its own arguments. */
  pickerScorers(pickerPod: KubeObject): Scorer[] {
    const config = liveConfig(mainContainer(pickerPod.spec)) ?? '';
    const scorers = this.#scorers.get(config) ?? readScorers(config);
    this.#scorers.set(config, scorers);
    return scorers;
  }

  #wayOf(path: string): DataPath {
    this.#forgetOldViews();
    const way = this.#ways.get(path) ?? dataPath(this.#store, path);
    this.#ways.set(path, way);
    return way;
  }

  #forgetOldViews() {
    if (this.#versionSeen === this.#store.version) return;
    this.#versionSeen = this.#store.version;
    this.#ways.clear();
    this.#known.clear();
  }

  #endpoint(pod: KubeObject): Endpoint {
    return { pod: pod.metadata.name, engine: this.engine(pod) };
  }

  #sendTraffic(service: KubeObject, now: number) {
    const key = `${service.metadata.namespace}/${service.metadata.name}`;
    const spec = trafficFor(this.#settings(), key);
    const ready = readyFor(service, now);
    // Clients that are at work keep calling when a service degrades.
    const started = this.#owed.has(key);
    if (!started && (ready === undefined || ready < spec.afterReadySeconds)) {
      return;
    }
    let owed =
      (this.#owed.get(key) ?? 0) +
      spec.requestsPerSecond * (0.7 + 0.6 * this.#random());
    for (; owed >= 1; owed -= 1) {
      const prefix = Math.floor(this.#random() * spec.prefixes);
      this.#serial += 1;
      const prompt = syntheticPrompt({
        ...spec,
        prefix: `${key}#${prefix}`,
        serial: this.#serial,
      });
      this.send(`/${key}/v1/completions`, prompt, now);
    }
    this.#owed.set(key, owed);
  }

  #forgetGonePods() {
    const pods = this.#store.kind('Pod');
    const uids = new Set(pods.map(pod => pod.metadata.uid ?? ''));
    const names = new Set(pods.map(pod => pod.metadata.name));
    for (const key of [...this.#engines.keys()]) {
      if (!uids.has(key)) this.#engines.delete(key);
    }
    for (const key of [...this.#pickers.keys()]) {
      if (!uids.has(key)) this.#pickers.delete(key);
      else this.#pickers.get(key)?.retain(names);
    }
    const services = new Set(
      this.#store
        .kind('LLMInferenceService')
        .map(({ metadata }) => `${metadata.namespace}/${metadata.name}`),
    );
    for (const key of [...this.#owed.keys()]) {
      if (!services.has(key)) this.#owed.delete(key);
    }
  }
}
