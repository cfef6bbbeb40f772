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
  OBSERVED_KINDS,
  type Gap,
  type GapReason,
  type KubernetesObject,
  type ObservedKind,
} from 'backstage-plugin-prefix-caching-common/core';
import {
  KINDS_ELSEWHERE,
  MESH_NAMESPACE,
  type ClusterMirror,
  type Listing,
} from '../clusters';

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
  | {
      objects: KubernetesObject[];
      gaps: Gap[];
      /** Some of it is this old, since reading it fails. */
      staleSince?: number;
    }
  | { unreachable: Gap };

type ReadOptions = Omit<
  Parameters<ClusterMirror['list']>[1],
  'fallbackNamespaces'
>;

/** Gives every observed kind of a cluster, each read once for all who ask. */
export async function listCluster(
  mirror: Pick<ClusterMirror, 'list'>,
  targetNamespaces: readonly string[],
  options: ReadOptions,
): Promise<ClusterListing> {
  const listed = OBSERVED_KINDS.filter(kind => !kind.byName);
  const first = listed.filter(kind => kind.kind === 'LLMInferenceService');
  const routes = listed.filter(kind => kind.kind === 'HTTPRoute');
  const rest = listed.filter(
    kind => !first.includes(kind) && !routes.includes(kind),
  );

  // One question first: a cluster that is away costs one deadline, not twelve.
  const services = await listKinds(mirror, first, targetNamespaces, options);
  const fatal = services
    .flatMap(listing => listing.gaps)
    .find(gap => isFatal(gap));
  if (fatal) {
    return { unreachable: { ...fatal, what: 'cluster', namespace: undefined } };
  }
  const httpRoutes = await listKinds(mirror, routes, targetNamespaces, options);
  const gateways = gatewayNamespaces(
    httpRoutes.flatMap(listing => listing.objects),
  );
  const others = await Promise.all(
    rest.map(kind =>
      mirror.list(kind, {
        ...options,
        fallbackNamespaces: namespacesOf(kind, targetNamespaces, gateways),
      }),
    ),
  );
  const listings = [...services, ...httpRoutes, ...others];
  const stale = listings.flatMap(({ staleSince }) => staleSince ?? []);
  return {
    ...(stale.length > 0 && { staleSince: Math.min(...stale) }),
    objects: listings.flatMap(listing => listing.objects),
    gaps: listings.flatMap(listing =>
      listing.gaps
        .filter(gap => !isServedElsewhere(gap, listing, listings))
        .filter(gap => !isServedNowhere(gap, listing))
        .flatMap(gapOfMesh),
    ),
  };
}

function listKinds(
  mirror: Pick<ClusterMirror, 'list'>,
  kinds: readonly ObservedKind[],
  fallbackNamespaces: readonly string[],
  options: ReadOptions,
): Promise<Listing[]> {
  return Promise.all(
    kinds.map(kind => mirror.list(kind, { ...options, fallbackNamespaces })),
  );
}

/**
 * Where a kind counts, should the whole cluster not be readable: beside the
 * services, and, for what acts from elsewhere, beside their gateways and Istio.
 */
function namespacesOf(
  { kind }: ObservedKind,
  services: readonly string[],
  gateways: readonly string[],
): string[] {
  return [
    ...new Set([
      ...services,
      ...(KINDS_ELSEWHERE.gateways.includes(kind) ? gateways : []),
      ...(KINDS_ELSEWHERE.mesh.includes(kind) ? [MESH_NAMESPACE] : []),
    ]),
  ];
}

/** What is missing where the mesh is run from concerns every target; its release alone does not matter. */
function gapOfMesh(gap: Gap): Gap[] {
  if (gap.namespace !== MESH_NAMESPACE) {
    return [gap];
  }
  return gap.what === 'Deployment' ? [] : [{ ...gap, namespace: undefined }];
}

/** A kind that one namespace tells not to be installed is refused, not hidden, in another. */
function isServedNowhere(gap: Gap, { gaps }: Listing): boolean {
  return (
    gap.reason === 'forbidden' &&
    gaps.some(({ reason }) => reason === 'not-installed')
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
