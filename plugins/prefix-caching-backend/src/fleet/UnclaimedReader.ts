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

import { toError } from '@backstage/errors';
import type {
  UnclaimedReport,
  UnclaimedService,
} from 'backstage-plugin-prefix-caching-common';
import {
  acceleratorOf,
  desiredReplicas,
  ENTITY_REF_ANNOTATION,
  modelOf,
  OBSERVED_KINDS,
  observeTarget,
  type KubernetesObject,
} from 'backstage-plugin-prefix-caching-common/core';
import type { ClusterRegistry } from '../clusters';
import { targetKey, type Claim, type ClaimReader } from '../verification';
import { renderClaim } from './renderClaim';

export interface UnclaimedReaderOptions {
  claims: Pick<ClaimReader, 'recent'>;
  clusters: Pick<ClusterRegistry, 'known' | 'mirrorFor'>;
}

const SERVICES = OBSERVED_KINDS.filter(
  ({ kind }) => kind === 'LLMInferenceService',
);

/** How long one cluster may take. */
const DEADLINE_MS = 20_000;

/** What no watch follows is listed again when it is older. */
const FRESH_MS = 15_000;

/**
 * Finds the services of all clusters that no entity of the catalog claims, in
 * what is known of each cluster anyway: the page makes no request of its own
 * where a watch is open.
 */
export class UnclaimedReader {
  readonly #options: UnclaimedReaderOptions;

  static create(options: UnclaimedReaderOptions) {
    return new UnclaimedReader(options);
  }

  private constructor(options: UnclaimedReaderOptions) {
    this.#options = options;
  }

  async report(): Promise<UnclaimedReport> {
    const { clusters } = this.#options;
    const [claims, known] = await Promise.all([
      this.#options.claims.recent(),
      clusters.known(),
    ]);
    const reports = await Promise.all(
      known.names.map(cluster => this.#readCluster(cluster, claims)),
    );
    const items = reports.flatMap(report => report.items);
    return {
      items: items.sort((a, b) => targetKey(a).localeCompare(targetKey(b))),
      gaps: [
        ...reports.flatMap(report => report.gaps),
        ...(known.unlisted
          ? [{ cluster: 'others', message: known.unlisted }]
          : []),
      ],
    };
  }

  async #readCluster(
    cluster: string,
    claims: readonly Claim[],
  ): Promise<UnclaimedReport> {
    const { clusters } = this.#options;
    const own = claims.filter(claim => claim.target.cluster === cluster);
    try {
      const mirror = await clusters.mirrorFor(cluster);
      if ('what' in mirror) {
        const { message, remedy } = mirror;
        return { items: [], gaps: [{ cluster, message, remedy }] };
      }
      const listings = await Promise.all(
        SERVICES.map(kind =>
          mirror.list(kind, {
            maxAgeMs: FRESH_MS,
            hurry: true,
            // Where the whole cluster may not be listed, what is there can
            // only be told for namespaces that are known.
            fallbackNamespaces: [
              ...new Set(own.map(({ target }) => target.namespace)),
            ],
            signal: AbortSignal.timeout(DEADLINE_MS),
          }),
        ),
      );
      const claimed = new Set(own.map(({ target }) => targetKey(target)));
      return {
        items: listings
          .flatMap(listing => listing.objects)
          .map(object => unclaimedService(cluster, object, own))
          .filter(service => !claimed.has(targetKey(service))),
        gaps: listings
          .flatMap(listing => listing.gaps)
          // A cluster without the kind has no service to claim.
          .filter(gap => gap.reason !== 'not-installed')
          .map(({ message, remedy, namespace }) => ({
            cluster,
            message: namespace ? `${namespace}: ${message}` : message,
            remedy,
          })),
      };
    } catch (error) {
      return {
        items: [],
        gaps: [{ cluster, message: toError(error).message }],
      };
    }
  }
}

function unclaimedService(
  cluster: string,
  service: KubernetesObject,
  claims: readonly Claim[],
): UnclaimedService {
  const { name, namespace = 'default', creationTimestamp } = service.metadata;
  const target = { cluster, namespace, name };
  const observation = observeTarget({
    source: 'cluster',
    target,
    objects: [service],
    asked: SERVICES.map(({ kind }) => kind),
    observedAt: '',
  });
  const accelerator = acceleratorOf(observation);
  const model = modelOf(observation);
  const entityRef = service.metadata.annotations?.[ENTITY_REF_ANNOTATION];
  return {
    ...target,
    model,
    accelerator: accelerator && {
      id: accelerator.id,
      name: accelerator.name,
    },
    replicas: { desired: desiredReplicas(observation) },
    createdAt:
      typeof creationTimestamp === 'string' ? creationTimestamp : undefined,
    entityRef,
    catalogInfo: renderClaim({
      target,
      model,
      accelerator,
      entityRef,
      owner: ownerInNamespace(namespace, claims),
    }),
  };
}

/** Services of one namespace mostly belong to one team. */
function ownerInNamespace(
  namespace: string,
  claims: readonly Claim[],
): string | undefined {
  const owners = new Set(
    claims
      .filter(({ target }) => target.namespace === namespace)
      .flatMap(({ entities }) => entities.map(({ owner }) => owner)),
  );
  return owners.size === 1 ? [...owners][0] : undefined;
}
