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

/** Services that have no route object yet and want one of these gateways. */
function unroutedServices(
  index: ObjectIndex,
  gateways: ReadonlySet<string>,
): { namespace: string; name: string }[] {
  return index
    .ofKind('LLMInferenceService')
    .filter(service => gatewaysWanted(service, []).some(g => gateways.has(g)))
    .map(service => ({
      namespace: namespaceOf(service),
      name: service.metadata.name,
    }));
}

/**
 * Every other service, route and pool on the gateways of a target.
 *
 * `endpoints` is by `namespace/name` of the neighbour.
 */
export function neighboursOf(
  index: ObjectIndex,
  target: Target,
  own: Belongings,
  endpoints: Readonly<Record<string, ObservedEndpoint[]>>,
): Neighbour[] {
  const gateways = new Set(own.gateways);
  const foreign = own.gateways
    .flatMap(gateway => [...index.routesOn(gateway)])
    .filter(route => !own.objects.has(route));
  const owners = new Map<string, { namespace: string; name: string }>();
  for (const owner of [
    ...foreign.map(ownerOf),
    ...unroutedServices(index, gateways),
  ]) {
    owners.set(`${owner.namespace}/${owner.name}`, owner);
  }
  owners.delete(`${target.namespace}/${target.name}`);
  const result: Neighbour[] = [];
  for (const [key, { namespace, name }] of owners) {
    const theirs = belongingsOf(index, namespace, name);
    if (!theirs.gateways.some(gateway => gateways.has(gateway))) {
      const routes = foreign.filter(route => {
        const owner = ownerOf(route);
        return `${owner.namespace}/${owner.name}` === key;
      });
      if (routes.length === 0) continue;
      routes.forEach(route => theirs.objects.add(route));
    }
    result.push({
      target: { cluster: target.cluster, namespace, name },
      objects: [...theirs.objects].filter(object => TOLD.has(object.kind)),
      ...(endpoints[key] && { endpoints: endpoints[key] }),
    });
  }
  return result;
}
