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

import pLimit from 'p-limit';
import {
  OBSERVED_KINDS,
  type Gap,
  type GapReason,
  type KubernetesObject,
  type ObservedKind,
} from 'backstage-plugin-prefix-caching-common/core';
import type { ClusterClient, Listing } from '../clusters';

/** Lists under way at once on one cluster. */
const CONCURRENCY = 4;

const NO_ANSWER: readonly GapReason[] = ['unreachable', 'timeout'];

/**
 * Failures of the first list that every further one would only repeat. A
 * status is the API server's own: a conversion webhook that is down fails one
 * kind and no other.
 */
function isFatal({ reason, status }: Gap): boolean {
  return (
    reason === 'unauthorized' ||
    (status === undefined && NO_ANSWER.includes(reason))
  );
}

export type ClusterListing =
  | { objects: KubernetesObject[]; gaps: Gap[] }
  | { unreachable: Gap };

/** Lists every observed kind of a cluster once. */
export async function listCluster(
  client: ClusterClient,
  targetNamespaces: readonly string[],
  signal: AbortSignal,
): Promise<ClusterListing> {
  const listed = OBSERVED_KINDS.filter(kind => !kind.byName);
  const first = listed.filter(kind => kind.kind === 'LLMInferenceService');
  const routes = listed.filter(kind => kind.kind === 'HTTPRoute');
  const rest = listed.filter(
    kind => !first.includes(kind) && !routes.includes(kind),
  );

  // One question first: a cluster that is away costs one deadline, not twelve.
  const services = await listKinds(client, first, targetNamespaces, signal);
  const fatal = services
    .flatMap(listing => listing.gaps)
    .find(gap => isFatal(gap));
  if (fatal) {
    return { unreachable: { ...fatal, what: 'cluster', namespace: undefined } };
  }
  const httpRoutes = await listKinds(client, routes, targetNamespaces, signal);
  // Where a whole-cluster list is refused, the gateways' namespaces count too:
  // that is where filters and policies for them are.
  const namespaces = [
    ...new Set([
      ...targetNamespaces,
      ...gatewayNamespaces(httpRoutes.flatMap(listing => listing.objects)),
    ]),
  ];
  const others = await listKinds(client, rest, namespaces, signal);
  const listings = [...services, ...httpRoutes, ...others];
  return {
    objects: listings.flatMap(listing => listing.objects),
    gaps: listings.flatMap(listing =>
      listing.gaps.filter(gap => !isServedElsewhere(gap, listing, listings)),
    ),
  };
}

function listKinds(
  client: ClusterClient,
  kinds: readonly ObservedKind[],
  fallbackNamespaces: readonly string[],
  signal: AbortSignal,
): Promise<Listing[]> {
  const limit = pLimit(CONCURRENCY);
  return Promise.all(
    kinds.map(kind =>
      limit(() => client.list(kind, { fallbackNamespaces, signal })),
    ),
  );
}

/** A kind of two API groups is missing only where neither is served. */
function isServedElsewhere(
  gap: Gap,
  own: Listing,
  listings: readonly Listing[],
): boolean {
  return (
    gap.reason === 'not-installed' &&
    listings.some(
      other =>
        other !== own &&
        other.kind.kind === own.kind.kind &&
        other.gaps.length === 0,
    )
  );
}

function gatewayNamespaces(routes: readonly KubernetesObject[]): string[] {
  return routes.flatMap(route => {
    const parents = route.spec?.parentRefs;
    return Array.isArray(parents)
      ? parents.flatMap((parent: { namespace?: unknown }) =>
          typeof parent?.namespace === 'string' ? parent.namespace : [],
        )
      : [];
  });
}
