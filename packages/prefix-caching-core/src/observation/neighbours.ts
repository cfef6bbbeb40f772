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

import { LABEL_VALUES, LABELS } from '../kubernetes';
import type { KubernetesObject } from '../kubernetes';
import { belongingsOf, gatewaysWanted } from './belongings';
import type { Belongings } from './belongings';
import { namespaceOf } from './ObjectIndex';
import type { ObjectIndex } from './ObjectIndex';
import type { Neighbour, ObservedEndpoint, Target } from './types';

/** The kinds of a neighbour that decide whether it shares a picker. */
const TOLD = new Set([
  'LLMInferenceService',
  'HTTPRoute',
  'InferencePool',
  'Service',
]);

function ownerOf(route: KubernetesObject): { namespace: string; name: string } {
  const labels = route.metadata.labels ?? {};
  const owner = route.metadata.ownerReferences?.find(
    reference => reference.kind === 'LLMInferenceService',
  );
  const labelled =
    labels[LABELS.partOf] === LABEL_VALUES.partOf
      ? labels[LABELS.name]
      : undefined;
  return {
    namespace: namespaceOf(route),
    name: owner?.name ?? labelled ?? route.metadata.name,
  };
}

/** One service on a gateway, as every other service on it sees it. */
interface Member {
  neighbour: Neighbour;
  /** Its routes on this gateway; none where it only asks for one. */
  routes: KubernetesObject[];
  /** The same with what it counted, for the run that counted it. */
  counted?: { by: EndpointsByName; neighbour: Neighbour };
}

type EndpointsByName = Readonly<Record<string, ObservedEndpoint[]>>;

/** Gateway → `namespace/name` → member. */
type GatewayMembers = Map<string, Map<string, Member>>;

/**
 * A gateway's members are the same for all of them: worked out once for an
 * index, so that a thousand services on one gateway cost a thousand members
 * and not a million.
 */
const known = new WeakMap<ObjectIndex, GatewayMembers>();

function membersOf(
  index: ObjectIndex,
  gateway: string,
  cluster: string,
): Map<string, Member> {
  const byGateway: GatewayMembers = known.get(index) ?? new Map();
  known.set(index, byGateway);
  const key = `${cluster}|${gateway}`;
  const members = byGateway.get(key) ?? findMembers(index, gateway, cluster);
  byGateway.set(key, members);
  return members;
}

function findMembers(
  index: ObjectIndex,
  gateway: string,
  cluster: string,
): Map<string, Member> {
  const owners = new Map<
    string,
    { namespace: string; name: string; routes: KubernetesObject[] }
  >();
  const ownerAt = (owner: { namespace: string; name: string }) => {
    const key = `${owner.namespace}/${owner.name}`;
    const found = owners.get(key) ?? { ...owner, routes: [] };
    owners.set(key, found);
    return found;
  };
  for (const route of index.routesOn(gateway)) {
    ownerAt(ownerOf(route)).routes.push(route);
  }
  // Services that have no route object yet and want this gateway.
  for (const service of index.ofKind('LLMInferenceService')) {
    if (gatewaysWanted(service, []).includes(gateway)) {
      ownerAt({ namespace: namespaceOf(service), name: service.metadata.name });
    }
  }
  const members = new Map<string, Member>();
  for (const [key, { namespace, name, routes }] of owners) {
    const theirs = belongingsOf(index, namespace, name);
    if (!theirs.gateways.includes(gateway)) {
      if (routes.length === 0) continue;
      routes.forEach(route => theirs.objects.add(route));
    }
    const objects = [...theirs.objects].filter(({ kind }) => TOLD.has(kind));
    members.set(key, {
      neighbour: { target: { cluster, namespace, name }, objects },
      routes,
    });
  }
  return members;
}

function withEndpoints(
  member: Member,
  key: string,
  endpoints: EndpointsByName,
): Neighbour {
  if (member.counted?.by !== endpoints) {
    const { neighbour } = member;
    const counted = endpoints[key];
    member.counted = {
      by: endpoints,
      neighbour: counted ? { ...neighbour, endpoints: counted } : neighbour,
    };
  }
  return member.counted.neighbour;
}

/**
 * Every other service, route and pool on the gateways of a target.
 *
 * `endpoints` is by `namespace/name` of the neighbour. What is given is shared
 * between targets of one index: read it, change nothing.
 */
export function neighboursOf(
  index: ObjectIndex,
  target: Target,
  own: Belongings,
  endpoints: EndpointsByName,
): Neighbour[] {
  const self = `${target.namespace}/${target.name}`;
  const found: Neighbour[] = [];
  const seen = new Set<string>();
  const several = own.gateways.length > 1;
  for (const gateway of own.gateways) {
    for (const [key, member] of membersOf(index, gateway, target.cluster)) {
      const { routes } = member;
      // A route that this service refers to makes nobody its neighbour.
      const isOwn =
        routes.length > 0 && routes.every(route => own.objects.has(route));
      if (key === self || isOwn || seen.has(key)) continue;
      if (several) seen.add(key);
      found.push(withEndpoints(member, key, endpoints));
    }
  }
  return found;
}
