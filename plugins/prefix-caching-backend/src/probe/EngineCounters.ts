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

import type {
  EngineMetrics,
  ProbeAnswer,
} from 'backstage-plugin-prefix-caching-common/core';
import type { ClusterClient } from '../clusters';
import type { MetricsReader, ScrapeEndpoint } from '../metrics';

/** What one engine had counted at one time. */
interface Count {
  promptTokens: number;
  hitTokens?: number;
}

/** What the engines' counters say of one request. */
export type Attribution = Pick<ProbeAnswer, 'endpoint' | 'countedHitTokens'>;

export interface EngineCountersOptions {
  client: ClusterClient;
  metrics: Pick<MetricsReader, 'read'>;
  engines: readonly ScrapeEndpoint[];
  pause: (ms: number) => Promise<void>;
  signal: AbortSignal;
}

/** An engine publishes its counters a moment after it has answered. */
const READS = 8;
const PAUSE_MS = 150;

/**
 * Follows the counters of all replicas from request to request: where one has
 * counted just what was sent, it is the one that answered; where others have
 * counted too, the service has other traffic.
 */
export class EngineCounters {
  readonly #options: EngineCountersOptions;
  #last: Map<string, Count> | undefined;
  #otherTraffic = false;

  static async start(options: EngineCountersOptions) {
    const counters = new EngineCounters(options);
    counters.#last = await counters.#read();
    return counters;
  }

  private constructor(options: EngineCountersOptions) {
    this.#options = options;
  }

  /** Whether there were other requests; `undefined` where counters don't tell. */
  get otherTraffic(): boolean | undefined {
    return this.#last && this.#otherTraffic;
  }

  /** Which replica answered a request, and from what. */
  async attribute(promptTokens: number | undefined): Promise<Attribution> {
    for (let read = 0; this.#last && read < READS; read++) {
      if (read > 0) await this.#options.pause(PAUSE_MS);
      const before = this.#last;
      const now = await this.#read();
      if (!now) {
        this.#last = undefined;
        return {};
      }
      const grown = [...now].flatMap(([pod, count]) => {
        const by = count.promptTokens - (before.get(pod)?.promptTokens ?? 0);
        return by === 0 ? [] : [{ pod, by, count }];
      });
      if (grown.length === 0) continue;
      this.#last = now;
      const [{ pod, by, count }] = grown;
      if (
        grown.length > 1 ||
        by < 0 ||
        (promptTokens !== undefined && by !== promptTokens)
      ) {
        this.#otherTraffic = true;
        return {};
      }
      const hitBefore = before.get(pod)?.hitTokens;
      return {
        endpoint: pod,
        ...(count.hitTokens !== undefined &&
          hitBefore !== undefined && {
            countedHitTokens: count.hitTokens - hitBefore,
          }),
      };
    }
    return {};
  }

  /** `undefined` as soon as one engine cannot be read as it is now. */
  async #read(): Promise<Map<string, Count> | undefined> {
    const { client, metrics, engines, signal } = this.#options;
    const scrapes = await Promise.all(
      engines.map(engine => metrics.read(client, engine, signal)),
    );
    const counts = new Map<string, Count>();
    for (const { endpoint, reading } of scrapes) {
      // What Prometheus keeps is of some seconds ago.
      if (!reading || reading.source === 'prometheus') return undefined;
      const engine = reading.metrics as EngineMetrics;
      const promptTokens = engine.promptTokens ?? engine.queryTokens;
      if (promptTokens === undefined) return undefined;
      counts.set(endpoint.pod, { promptTokens, hitTokens: engine.hitTokens });
    }
    return counts.size > 0 ? counts : undefined;
  }
}
