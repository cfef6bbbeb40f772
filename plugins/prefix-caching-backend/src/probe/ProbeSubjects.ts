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
import {
  containerFlags,
  enginePods,
  indexObjects,
  mainContainer,
  observeTarget,
  pickerBlock,
  textAt,
  type ProbeSubject,
  type Target,
} from 'backstage-plugin-prefix-caching-common/core';
import type { ClusterClient, ClusterRegistry } from '../clusters';
import type { ProbeGateway } from '../config';
import type { VerificationStore } from '../database';
import type { ScrapeEndpoint } from '../metrics';
import { plannedEndpoints } from '../observation/EndpointScraper';
import { listCluster } from '../observation/listCluster';
import { probeAddress, type ProbeAddress } from './probeAddress';

/** A service as it is probed. */
export interface Probed {
  client: ClusterClient;
  address: ProbeAddress;
  /** As requests name it. */
  model: string;
  engines: ScrapeEndpoint[];
  subject: ProbeSubject;
  /** Tokens that the smallest KV cache of its replicas holds. */
  cacheTokens?: number;
  prefixCaching?: 'on' | 'off' | 'unknown';
}

export interface ProbeSubjectsOptions {
  clusters: ClusterRegistry;
  store: Pick<VerificationStore, 'getRecord'>;
  gateways: readonly ProbeGateway[];
}

/** What the mirror has need not be newer than this. */
const MAX_AGE_MS = 60_000;

/** Finds out what is to be known of a service before it is probed. */
export class ProbeSubjects {
  readonly #options: ProbeSubjectsOptions;

  static create(options: ProbeSubjectsOptions) {
    return new ProbeSubjects(options);
  }

  private constructor(options: ProbeSubjectsOptions) {
    this.#options = options;
  }

  /** @returns why it cannot be probed, in one sentence. */
  async find(
    target: Target,
    credentials: BackstageCredentials,
  ): Promise<Probed | { impossible: string }> {
    const { clusters, store, gateways } = this.#options;
    const { cluster, namespace, name } = target;
    const client = await clusters.clientFor(cluster, credentials);
    if ('what' in client) return { impossible: `${client.message}.` };
    const mirror = await clusters.mirrorFor(cluster);
    if ('what' in mirror) return { impossible: `${mirror.message}.` };
    const listed = await listCluster(mirror, [namespace], {
      maxAgeMs: MAX_AGE_MS,
    });
    if ('unreachable' in listed) {
      return { impossible: `${listed.unreachable.message}.` };
    }
    const observation = observeTarget({
      source: 'cluster',
      objects: indexObjects(listed.objects),
      target,
      asked: [],
      gaps: listed.gaps,
      observedAt: '',
    });
    const { service } = observation;
    if (!service) {
      return {
        impossible: `There is no LLMInferenceService ${namespace}/${name} in cluster ${cluster} to send requests to.`,
      };
    }
    const address = probeAddress(
      target,
      textAt(service, 'status', 'url') ??
        textAt(service, 'status', 'addresses', 0, 'url'),
      gateways,
    );
    if ('impossible' in address) return address;
    const engines = plannedEndpoints(observation).filter(
      ({ role }) => role === 'engine',
    );
    const record = await store.getRecord(target);
    const metrics = (record?.engines ?? []).flatMap(
      engine => engine.metrics ?? [],
    );
    const lengths = enginePods(observation).flatMap(
      pod =>
        Number(
          containerFlags(mainContainer(pod.spec)).value('max-model-len'),
        ) || [],
    );
    const caches = metrics.flatMap(({ cacheBlocks, blockSize }) =>
      cacheBlocks && blockSize ? [cacheBlocks * blockSize] : [],
    );
    return {
      client,
      address,
      model: textAt(service, 'spec', 'model', 'name') ?? name,
      engines,
      subject: {
        replicas: engines.length,
        engineBlock: largest(metrics.flatMap(each => each.blockSize ?? [])),
        pickerBlock: pickerBlock(observation)?.tokens,
        maxModelLen: lengths.length > 0 ? Math.min(...lengths) : undefined,
      },
      ...(caches.length > 0 && { cacheTokens: Math.min(...caches) }),
      prefixCaching: agreed(metrics.map(each => each.prefixCaching)),
    };
  }
}

function largest(values: readonly number[]): number | undefined {
  return values.length > 0 ? Math.max(...values) : undefined;
}

function agreed<T>(values: readonly T[]): T | undefined {
  return values.every(value => value === values[0]) ? values[0] : undefined;
}
