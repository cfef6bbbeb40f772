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

import {
  kindOf,
  type Access,
  type KubeObject,
  type LogLine,
  type ObjectStore,
  type PodEndpoints,
  type PodRequest,
  type PodResponse,
} from '../api';
import type { Clock } from '../clock';
import { engineStartError, isPodReady, mainContainer } from '../cluster';
import { listAt, textAt } from '../json';
import { flagValue, liveConfig } from '../kserve';
import { engineMetrics } from './engineMetrics';
import { remembersPicks } from './picker';
import { pickerMetrics } from './pickerMetrics';
import { linesOfPick } from './pickerLog';
import { PodLogs } from './podLogs';
import type { Simulation } from './simulation';

const ENGINE_PORT = 8000;
const PICKER_METRICS_PORT = 9090;
const METRICS_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

/** What listens in the pods: vLLM on 8000, an EPP's metrics on 9090. */
export class SimulatedPods implements PodEndpoints {
  readonly #store: ObjectStore;
  readonly #access: Access;
  readonly #clock: Clock;
  readonly #simulation: Simulation;
  readonly #logs: PodLogs;
  readonly #reported = new Map<string, number>();

  static create(options: {
    store: ObjectStore;
    access: Access;
    clock: Clock;
    simulation: Simulation;
  }): SimulatedPods {
    return new SimulatedPods(options);
  }

  private constructor(options: {
    store: ObjectStore;
    access: Access;
    clock: Clock;
    simulation: Simulation;
  }) {
    this.#store = options.store;
    this.#access = options.access;
    this.#clock = options.clock;
    this.#simulation = options.simulation;
    this.#logs = new PodLogs(options.clock);
  }

  handle(
    pod: KubeObject,
    port: number,
    request: PodRequest,
  ): PodResponse | undefined {
    if (!isPodReady(pod)) return undefined;
    const path = request.url.split('?')[0];
    if (isEngine(pod) && port === ENGINE_PORT) return this.#engine(pod, path);
    if (isPicker(pod) && port === PICKER_METRICS_PORT) {
      return this.#picker(pod, path, request);
    }
    return undefined;
  }

  log(pod: KubeObject): LogLine[] {
    this.#introduce(pod);
    return this.#logs.lines(pod);
  }

  followLog(pod: KubeObject, onLine: (line: LogLine) => void): () => void {
    return this.#logs.follow(pod, onLine);
  }

  /** Lets the pods write what happened since the last time. */
  writeLogs(): void {
    for (const pod of this.#store.kind('Pod')) {
      if (!isPodReady(pod)) continue;
      if (isEngine(pod)) this.#reportEngine(pod);
      if (isPicker(pod)) this.#reportPicks(pod);
    }
  }

  #engine(pod: KubeObject, path: string): PodResponse {
    if (path === '/metrics') {
      const engine = this.#simulation.engine(pod);
      return text(200, engineMetrics(engine, this.#clock.now()), METRICS_TYPE);
    }
    if (path === '/health') return text(200, '');
    if (path === '/v1/models') {
      const { modelName } = this.#simulation.engine(pod).settings;
      const data = [{ id: modelName, object: 'model', owned_by: 'vllm' }];
      const body = JSON.stringify({ object: 'list', data });
      return text(200, body, 'application/json');
    }
    return text(404, '{"detail":"Not Found"}', 'application/json');
  }

  #picker(pod: KubeObject, path: string, request: PodRequest): PodResponse {
    const container = mainContainer(pod.spec);
    if (flagValue(container, ['metrics-endpoint-auth']) !== 'false') {
      const refused = this.#refuse(pod, path, request);
      if (refused) return refused;
    }
    if (path !== '/metrics') return text(404, '404 page not found\n');
    const simulation = this.#simulation;
    const page = pickerMetrics({
      picker: simulation.picker(pod),
      pool: simulation.poolName(pod),
      namespace: pod.metadata.namespace ?? '',
      endpoints: simulation.pickerEndpoints(pod),
      usesPrefixes: simulation.pickerScorers(pod).some(remembersPicks),
      now: this.#clock.now(),
    });
    return text(200, page, METRICS_TYPE);
  }

  /** As controller-runtime's filter does it: review the token, then its rights. */
  #refuse(pod: KubeObject, path: string, request: PodRequest) {
    const header = request.headers.authorization;
    const given = typeof header === 'string' ? header : undefined;
    if (!given) return text(401, 'Unauthorized\n');
    if (!this.#mayReviewTokens(pod)) {
      return text(500, 'Authentication failed\n');
    }
    const user = this.#access.identify(given);
    if (!user) return text(401, 'Unauthorized\n');
    if (!this.#access.allowsPath(user, path)) {
      return text(403, `Authorization denied for user ${user.name}\n`);
    }
    return undefined;
  }

  #mayReviewTokens(pod: KubeObject): boolean {
    const account = textAt(pod, 'spec', 'serviceAccountName');
    return this.#store
      .list(kindOf('ClusterRoleBinding'))
      .some(
        binding =>
          textAt(binding, 'roleRef', 'name') === 'system:auth-delegator' &&
          listAt(binding, 'subjects').some(
            subject =>
              textAt(subject, 'name') === account &&
              textAt(subject, 'namespace') === pod.metadata.namespace,
          ),
      );
  }

  #introduce(pod: KubeObject) {
    if (this.#logs.lines(pod).length > 0) return;
    const container = mainContainer(pod.spec);
    if (isEngine(pod)) {
      const error = engineStartError(pod.spec);
      this.#logs.write(
        pod,
        error ?? 'INFO: vLLM API server listening on http://0.0.0.0:8000',
      );
    } else if (isPicker(pod)) {
      const ts = new Date(this.#clock.now()).toISOString();
      const entry = (msg: string, more: object) =>
        JSON.stringify({ level: 'info', ts, logger: 'setup', msg, ...more });
      this.#logs.write(pod, entry('Flags processed', {}));
      this.#logs.write(
        pod,
        entry('Loaded raw configuration', { config: liveConfig(container) }),
      );
    }
  }

  #reportPicks(picker: KubeObject) {
    const state = this.#simulation.picker(picker);
    const picks = state.takePicks();
    if (picks.length === 0) return;
    this.#introduce(picker);
    const pods = this.#store.list(kindOf('Pod'));
    for (const pick of picks) {
      const lines = linesOfPick(pick, { picker, pods, model: state.modelName });
      for (const line of lines) this.#logs.write(picker, line, pick.at);
    }
  }

  #reportEngine(pod: KubeObject) {
    const now = this.#clock.now();
    const key = pod.metadata.uid ?? '';
    if (now - (this.#reported.get(key) ?? 0) < 10_000) return;
    this.#reported.set(key, now);
    this.#introduce(pod);
    const engine = this.#simulation.engine(pod);
    const ratio = engine.queryTokens
      ? (100 * engine.hitTokens) / engine.queryTokens
      : 0;
    this.#logs.write(
      pod,
      `INFO: running: ${engine.running(now)} reqs, waiting: ${engine.waiting(
        now,
      )} reqs, KV cache usage: ${(100 * engine.kvUsage(now)).toFixed(
        1,
      )}%, prefix cache hit rate: ${ratio.toFixed(1)}%`,
    );
  }
}

function isEngine(pod: KubeObject): boolean {
  return pod.metadata.labels?.['kserve.io/component'] === 'workload';
}

function isPicker(pod: KubeObject): boolean {
  return (
    pod.metadata.labels?.['app.kubernetes.io/component'] ===
    'llminferenceservice-router-scheduler'
  );
}

function text(
  status: number,
  body: string,
  contentType = 'text/plain; charset=utf-8',
): PodResponse {
  return { status, body, headers: { 'content-type': contentType } };
}
