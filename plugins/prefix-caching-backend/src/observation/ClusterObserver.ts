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

import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import {
  indexObjects,
  OBSERVED_KINDS,
  observeTarget,
  type Gap,
  type Observation,
  type ObservedEndpoint,
  type Target,
} from 'backstage-plugin-prefix-caching-common/core';
import type {
  ClusterClient,
  ClusterMirror,
  ClusterRegistry,
} from '../clusters';
import type { VerificationStore } from '../database';
import type { MetricsReader } from '../metrics';
import { endpointsOfSamples, EndpointScraper } from './EndpointScraper';
import { listCluster } from './listCluster';
import { readConfigMaps } from './readConfigMaps';

export interface ClusterObserverOptions {
  clusters: ClusterRegistry;
  metrics: Pick<MetricsReader, 'read'>;
  store: Pick<VerificationStore, 'getSamples' | 'saveSamples'>;
  intervalSeconds: number;
  now?: () => number;
}

export interface ObserveOptions {
  credentials: BackstageCredentials;
  signal?: AbortSignal;
  /** Called once for each target, as its cluster is through. */
  onObservation(observation: Observation): Promise<void>;
}

/** For all that is read of one cluster in one run. */
const CLUSTER_DEADLINE_MS = 120_000;

/** What somebody waits for is listed again, where no watch follows it, when older. */
const FRESH_MS = 2_000;

const ASKED = [...new Set(OBSERVED_KINDS.map(kind => kind.kind))];

/**
 * Takes what its targets need out of what is known of each cluster: each kind
 * is read once and followed, shared by all targets and runs. Metrics are read
 * for each run.
 *
 * Clusters are read side by side, and what fails is a gap of the targets it
 * concerns; a bad cluster takes nothing from another.
 */
export class ClusterObserver {
  readonly #options: ClusterObserverOptions;
  readonly #scraper: EndpointScraper;
  readonly #now: () => number;

  static create(options: ClusterObserverOptions) {
    return new ClusterObserver(options);
  }

  private constructor(options: ClusterObserverOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => Date.now());
    this.#scraper = EndpointScraper.create(options);
  }

  async observe(
    targets: readonly Target[],
    options: ObserveOptions,
  ): Promise<void> {
    const byCluster = new Map<string, Target[]>();
    for (const target of targets) {
      const others = byCluster.get(target.cluster) ?? [];
      byCluster.set(target.cluster, [...others, target]);
    }
    await Promise.all(
      [...byCluster].map(async ([cluster, list]) => {
        // One after the other, so that a thousand findings are not held at once.
        for await (const each of this.#observeCluster(cluster, list, options)) {
          await options.onObservation(each);
        }
      }),
    );
  }

  async *#observeCluster(
    cluster: string,
    targets: readonly Target[],
    options: ObserveOptions,
  ): AsyncGenerator<Observation> {
    const missing = new Set(targets);
    try {
      const { clusters } = this.#options;
      const { credentials } = options;
      const client = await clusters.clientFor(cluster, credentials);
      if ('what' in client) return yield* this.#blind(targets, client);
      const mirror = await clusters.mirrorFor(cluster);
      if ('what' in mirror) return yield* this.#blind(targets, mirror);
      const refusal = await refusalOf(client, options);
      if (refusal) return yield* this.#blind(targets, refusal);
      const reached = { client, mirror };
      for await (const each of this.#observeTargets(
        reached,
        targets,
        options,
      )) {
        missing.delete(each.target);
        yield each;
      }
    } catch (error) {
      const gap = brokenGap(`Cluster ${cluster}`, error);
      yield* this.#blind([...missing], gap);
    }
    return undefined;
  }

  async *#observeTargets(
    { client, mirror }: { client: ClusterClient; mirror: ClusterMirror },
    targets: readonly Target[],
    options: ObserveOptions,
  ): AsyncGenerator<Observation> {
    const deadline = AbortSignal.timeout(CLUSTER_DEADLINE_MS);
    const signal = options.signal
      ? AbortSignal.any([options.signal, deadline])
      : deadline;
    const hurry = isUser(options.credentials);
    const listed = await listCluster(
      mirror,
      [...new Set(targets.map(target => target.namespace))],
      {
        signal,
        hurry,
        maxAgeMs: hurry ? FRESH_MS : this.#options.intervalSeconds * 500,
      },
    );
    if ('unreachable' in listed) {
      yield* this.#blind(targets, listed.unreachable);
      return;
    }
    const index = indexObjects(listed.objects);
    // Where the API server fails, what was read before counts for a while, at
    // the age it has.
    const observedAt = new Date(listed.staleSince ?? this.#now()).toISOString();
    const common = {
      source: 'cluster' as const,
      objects: index,
      asked: ASKED,
      observedAt,
    };

    // First what the objects say, and the scrapes they call for; then, with
    // all of them at hand, each target beside its neighbours.
    const failed: Observation[] = [];
    const each = async <T>(
      target: Target,
      step: () => Promise<T>,
    ): Promise<T[]> => {
      try {
        return [await step()];
      } catch (error) {
        // Tenants write objects: what one of them does hides no other target.
        const { namespace, name } = target;
        const gap = brokenGap(`Target ${namespace}/${name}`, error);
        failed.push(...this.#blind([target], gap));
        return [];
      }
    };
    const scraped = await Promise.all(
      targets.map(target =>
        each(target, async () => {
          const plain = observeTarget({ ...common, target, gaps: listed.gaps });
          const [metrics, configMaps] = await Promise.all([
            this.#scraper.scrape(client, plain, signal),
            readConfigMaps(client, plain, signal),
          ]);
          return { target, plain, metrics, configMaps };
        }),
      ),
    );
    const neighbourEndpoints = await this.#endpointsByName(scraped.flat());
    for (const { target, metrics, configMaps } of scraped.flat()) {
      yield* await each(target, async () => {
        const observation = observeTarget({
          ...common,
          target,
          gaps: [...listed.gaps, ...metrics.gaps, ...configMaps.gaps],
          endpoints: metrics.endpoints,
          neighbourEndpoints,
        });
        return {
          ...observation,
          objects: [...observation.objects, ...configMaps.objects],
        };
      });
    }
    yield* failed;
  }

  /**
   * What this run read of targets and their neighbours, else what the last one
   * stored, by `namespace/name`: one record for all targets, since neighbours
   * are each other's.
   */
  async #endpointsByName(
    read: readonly {
      plain: Observation;
      metrics: { endpoints: ObservedEndpoint[] };
    }[],
  ): Promise<Record<string, ObservedEndpoint[]>> {
    const byName = new Map(
      read.map(({ plain, metrics }) => [
        nameOf(plain.target),
        metrics.endpoints,
      ]),
    );
    // A thousand services on one gateway are each other's neighbours, and are
    // looked at once.
    const seen = new Set<Target>();
    for (const { plain } of read) {
      for (const { target } of plain.neighbours) {
        if (seen.has(target)) continue;
        seen.add(target);
        const name = nameOf(target);
        if (!byName.has(name)) {
          const samples = await this.#options.store.getSamples(target);
          byName.set(name, endpointsOfSamples(samples));
        }
      }
    }
    return Object.fromEntries(byName);
  }

  /** Nothing could be read: one gap says so for all targets of the cluster. */
  #blind(targets: readonly Target[], gap: Gap): Observation[] {
    const observedAt = new Date(this.#now()).toISOString();
    return targets.map(target => ({
      source: 'cluster',
      target,
      objects: [],
      neighbours: [],
      endpoints: [],
      asked: ASKED,
      observedAt,
      gaps: [gap],
    }));
  }
}

function isUser({ principal }: BackstageCredentials): boolean {
  return (principal as { type?: string }).type === 'user';
}

/**
 * What is shared was read with the portal's own rights. Through the Kubernetes
 * plugin a user needs rights of their own, so that plugin is asked whether this
 * one may; in the cluster itself all are the same account.
 */
async function refusalOf(
  client: ClusterClient,
  { credentials, signal }: ObserveOptions,
): Promise<Gap | undefined> {
  if (client.transport === 'direct' || !isUser(credentials)) {
    return undefined;
  }
  const answer = await client.serverVersion(signal);
  if (typeof answer === 'string' || answer.status !== undefined) {
    return undefined;
  }
  const { reason, message, remedy } = answer;
  return {
    what: 'cluster',
    reason,
    message: `Cluster ${client.name} may not be read for you: ${message}`,
    ...(remedy && { remedy }),
  };
}

function nameOf({ namespace, name }: Target): string {
  return `${namespace}/${name}`;
}

/** What nobody foresaw; what was foreseen has a gap of its own. */
function brokenGap(what: string, error: unknown): Gap {
  return {
    what: 'cluster',
    reason: 'invalid',
    message: `${what} could not be read: ${toError(error).message}`,
  };
}
