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

import type { MetricFamily } from 'backstage-plugin-prefix-caching-common/core';
import type { HttpFailure, RequestLimits } from '../../clusters';
import { PrometheusClient } from './PrometheusClient';
import {
  patternOfPods,
  readableSelector,
  SCRAPE_LABELS,
  selectorOf,
} from './selectors';
import type { PrometheusSeriesResult, PrometheusServer } from './types';

/** One pod as Prometheus last scraped it. */
export type PrometheusSample =
  | { ok: true; at: string; families: MetricFamily[] }
  /** `absent`: Prometheus answers, and does not scrape that pod. */
  | { ok: false; absent: boolean; failure: HttpFailure };

interface Asked {
  role: 'engine' | 'router';
  namespace: string;
  pod: string;
}

interface Batch {
  pods: Set<string>;
  answer: Promise<Map<string, PrometheusSample> | HttpFailure>;
}

/** Scrapes a pod may miss before its last one says nothing of now. */
const MISSED_SCRAPES = 3;

/**
 * Reads pods' metrics from one Prometheus in the form in which their own
 * endpoints expose them. Pods that are asked for at the same time share a query.
 */
export class PrometheusSampler {
  readonly #server: PrometheusServer;
  readonly #client: PrometheusClient;
  readonly #batches = new Map<string, Batch>();

  static create(
    server: PrometheusServer,
    options?: { limits?: RequestLimits },
  ) {
    return new PrometheusSampler(
      server,
      PrometheusClient.create(server, options),
    );
  }

  private constructor(server: PrometheusServer, client: PrometheusClient) {
    this.#server = server;
    this.#client = client;
  }

  async read(asked: Asked, signal?: AbortSignal): Promise<PrometheusSample> {
    const { role, namespace, pod } = asked;
    const answer = await this.#batchOf(asked, signal).answer;
    if (!(answer instanceof Map)) {
      return { ok: false, absent: false, failure: answer };
    }
    return (
      answer.get(pod) ?? {
        ok: false,
        absent: true,
        failure: {
          reason: 'not-configured',
          message: `Prometheus ${this.#server.url.host} of cluster ${
            this.#server.cluster
          } has no ${role} metrics of pod ${namespace}/${pod}`,
          remedy: `Let Prometheus scrape it (a ${
            role === 'engine' ? 'PodMonitor' : 'ServiceMonitor with a token'
          }), or check matchers and labels in prefixCaching.metrics.prometheus`,
        },
      }
    );
  }

  #batchOf({ role, namespace, pod }: Asked, signal?: AbortSignal): Batch {
    const key = `${role}/${namespace}`;
    const open = this.#batches.get(key);
    if (open) {
      open.pods.add(pod);
      return open;
    }
    const pods = new Set([pod]);
    const answer = new Promise<void>(resolve => {
      setImmediate(resolve);
    }).then(() => {
      this.#batches.delete(key);
      return this.#ask(role, namespace, [...pods], signal);
    });
    const batch = { pods, answer };
    this.#batches.set(key, batch);
    return batch;
  }

  async #ask(
    role: 'engine' | 'router',
    namespace: string,
    pods: readonly string[],
    signal?: AbortSignal,
  ): Promise<Map<string, PrometheusSample> | HttpFailure> {
    const { labels } = this.#server;
    const chosen = { namespace, podPattern: patternOfPods(pods) };
    const values = await this.#client.query(
      readableSelector(this.#server, role, chosen),
      { signal },
    );
    if (!values.ok) {
      return values.failure;
    }
    // Values carry the time of the query; when they were scraped is asked for
    // beside them, at that same time.
    const time = values.result[0]?.values[0]?.[0];
    if (time === undefined) {
      return new Map();
    }
    const by = [...SCRAPE_LABELS, labels.pod].join(',');
    // Of one metric each: timestamp() drops the name, and then those of one
    // scrape could not be told apart.
    const stamps = namesOfAll(groupByScrape(values.result, labels.pod)).map(
      name => `timestamp(${selectorOf(this.#server, chosen, name)})`,
    );
    const times = await this.#client.query(
      `max by (${by}) (${stamps.join(' or ')})`,
      { time, signal },
    );
    if (!times.ok) {
      return times.failure;
    }
    return this.#samplesOf(values.result, times.result, time);
  }

  #samplesOf(
    values: readonly PrometheusSeriesResult[],
    times: readonly PrometheusSeriesResult[],
    now: number,
  ): Map<string, PrometheusSample> {
    const podLabel = this.#server.labels.pod;
    const scrapedAt = new Map(
      times.map(({ labels, values: [pair] }) => [
        scrapeOf(labels, podLabel),
        pair?.[1],
      ]),
    );
    const scrapes = groupByScrape(values, podLabel);
    const samples = new Map<string, PrometheusSample>();
    const maxAge = MISSED_SCRAPES * this.#server.scrapeIntervalSeconds;
    const candidates = [...scrapes].sort(
      ([, a], [, b]) => rankOf(b) - rankOf(a) || b.length - a.length,
    );
    for (const [scrape, series] of candidates) {
      const pod = series[0].labels[podLabel];
      const at = scrapedAt.get(scrape);
      // A pod that two monitors scrape is counted once.
      if (!samples.has(pod) && at !== undefined && now - at <= maxAge) {
        samples.set(pod, {
          ok: true,
          at: new Date(at * 1000).toISOString(),
          families: familiesOf(series),
        });
      }
    }
    return samples;
  }
}

/** What tells one scrape from another. */
function scrapeOf(labels: Record<string, string>, podLabel: string): string {
  return JSON.stringify(
    [podLabel, ...SCRAPE_LABELS].map(label => labels[label] ?? ''),
  );
}

function groupByScrape(
  values: readonly PrometheusSeriesResult[],
  podLabel: string,
): Map<string, PrometheusSeriesResult[]> {
  const scrapes = new Map<string, PrometheusSeriesResult[]>();
  for (const series of values) {
    const scrape = scrapeOf(series.labels, podLabel);
    const others = scrapes.get(scrape);
    if (others) others.push(series);
    else scrapes.set(scrape, [series]);
  }
  return scrapes;
}

/** As few metric names as every scrape has one of; mostly it is one. */
function namesOfAll(
  scrapes: ReadonlyMap<string, readonly PrometheusSeriesResult[]>,
): string[] {
  let left = [...scrapes.values()].map(
    series => new Set(series.flatMap(({ labels }) => labels.__name__ ?? [])),
  );
  const chosen: string[] = [];
  while (left.some(names => names.size > 0)) {
    const counts = new Map<string, number>();
    for (const name of left.flatMap(names => [...names])) {
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    const [[name]] = [...counts].sort(([, a], [, b]) => b - a);
    chosen.push(name);
    left = left.filter(names => !names.has(name));
  }
  return chosen;
}

/** Names as the pod itself writes them come first. */
function rankOf(series: readonly PrometheusSeriesResult[]): number {
  return series.some(({ labels }) => labels.__name__?.startsWith('kserve_'))
    ? 0
    : 1;
}

function familiesOf(series: readonly PrometheusSeriesResult[]): MetricFamily[] {
  const families = new Map<string, MetricFamily>();
  for (const { labels, values } of series) {
    const { __name__: name = '', ...rest } = labels;
    const family = families.get(name) ?? { name, type: 'unknown', samples: [] };
    families.set(name, family);
    const [, value] = values[0] ?? [];
    if (value !== undefined) {
      family.samples.push({ name, labels: rest, value });
    }
  }
  return [...families.values()];
}
