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
import type { ClusterClient, ClusterRegistry } from '../clusters';
import type { VerificationStore } from '../database';
import type { MetricsReader } from '../metrics';
import { endpointsOfSamples, EndpointScraper } from './EndpointScraper';
import { listCluster } from './listCluster';
import { readConfigMaps } from './readConfigMaps';

export interface ClusterObserverOptions {
  clusters: ClusterRegistry;
  metrics: MetricsReader;
  store: VerificationStore;
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

const ASKED = [...new Set(OBSERVED_KINDS.map(kind => kind.kind))];

/**
 * Reads clusters: each kind once per cluster and run, shared by all targets.
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
        const observations = await this.#observeCluster(cluster, list, options);
        for (const observation of observations) {
          await options.onObservation(observation);
        }
      }),
    );
  }

  async #observeCluster(
    cluster: string,
    targets: readonly Target[],
    options: ObserveOptions,
  ): Promise<Observation[]> {
    try {
      const client = await this.#options.clusters.clientFor(
        cluster,
        options.credentials,
      );
      return 'what' in client
        ? this.#blind(targets, client)
        : await this.#observeTargets(client, targets, options.signal);
    } catch (error) {
      return this.#blind(targets, brokenGap(`Cluster ${cluster}`, error));
    }
  }

  async #observeTargets(
    client: ClusterClient,
    targets: readonly Target[],
    runSignal?: AbortSignal,
  ): Promise<Observation[]> {
    const deadline = AbortSignal.timeout(CLUSTER_DEADLINE_MS);
    const signal = runSignal
      ? AbortSignal.any([runSignal, deadline])
      : deadline;
    const listed = await listCluster(
      client,
      [...new Set(targets.map(target => target.namespace))],
      signal,
    );
    if ('unreachable' in listed) {
      return this.#blind(targets, listed.unreachable);
    }
    const index = indexObjects(listed.objects);
    const observedAt = new Date(this.#now()).toISOString();
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
    const counted = new Map(
      scraped
        .flat()
        .map(({ target, metrics }) => [
          `${target.namespace}/${target.name}`,
          metrics.endpoints,
        ]),
    );
    const observations = await Promise.all(
      scraped.flat().map(({ target, plain, metrics, configMaps }) =>
        each(target, async () => {
          const observation = observeTarget({
            ...common,
            target,
            gaps: [...listed.gaps, ...metrics.gaps, ...configMaps.gaps],
            endpoints: metrics.endpoints,
            neighbourEndpoints: await this.#neighbours(plain, counted),
          });
          return {
            ...observation,
            objects: [...observation.objects, ...configMaps.objects],
          };
        }),
      ),
    );
    return [...observations.flat(), ...failed];
  }

  /** What this run read of the neighbours, else what the last one stored. */
  async #neighbours(
    observation: Observation,
    counted: ReadonlyMap<string, ObservedEndpoint[]>,
  ): Promise<Record<string, ObservedEndpoint[]>> {
    const found: Record<string, ObservedEndpoint[]> = {};
    for (const { target } of observation.neighbours) {
      const key = `${target.namespace}/${target.name}`;
      found[key] =
        counted.get(key) ??
        endpointsOfSamples(await this.#options.store.getSamples(target));
    }
    return found;
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

/** What nobody foresaw; what was foreseen has a gap of its own. */
function brokenGap(what: string, error: unknown): Gap {
  return {
    what: 'cluster',
    reason: 'invalid',
    message: `${what} could not be read: ${toError(error).message}`,
  };
}
