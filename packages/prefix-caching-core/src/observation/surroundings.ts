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
  LABELS,
  matchesSelector,
  recordAt,
  textAt,
  textMapAt,
} from '../kubernetes';
import type { KubernetesObject } from '../kubernetes';
import { MANAGED_GATEWAY } from './belongings';
import { configMapNames } from './configMapNames';
import type { Belongings } from './belongings';
import { namespaceOf } from './ObjectIndex';
import type { ObjectIndex } from './ObjectIndex';

const ISTIO_ROOT = 'istio-system';

function isControlPlane(object: KubernetesObject): boolean {
  return (
    textMapAt(object, 'metadata', 'labels').app === 'istiod' ||
    /^istiod(-|$)/.test(object.metadata.name)
  );
}

/** They are the same for every target, and found among all Deployments. */
const planesOf = new WeakMap<ObjectIndex, KubernetesObject[]>();

function controlPlanes(index: ObjectIndex): KubernetesObject[] {
  const planes = planesOf.get(index) ?? [
    ...index.ofKind('Deployment').filter(isControlPlane),
    ...index.ofKind('Istio'),
  ];
  planesOf.set(index, planes);
  return planes;
}

/** Namespaces whose EnvoyFilters and DestinationRules act on every gateway of the mesh. */
function rootNamespaces(planes: readonly KubernetesObject[]): string[] {
  return [
    ...new Set([
      ISTIO_ROOT,
      ...planes
        .filter(plane => plane.kind === 'Deployment')
        .map(plane => namespaceOf(plane)),
    ]),
  ];
}

function gatewayObjects(
  index: ObjectIndex,
  gateway: string,
): KubernetesObject[] {
  const [namespace, name] = gateway.split('/');
  const carries = (labels: Record<string, string>) =>
    labels[LABELS.gatewayName] === name;
  return [
    ...index.named('Gateway', namespace, name),
    ...index
      .inNamespace('Pod', namespace)
      .filter(pod => carries(pod.metadata.labels ?? {})),
    ...index
      .inNamespace('Deployment', namespace)
      .filter(
        deployment =>
          carries(deployment.metadata.labels ?? {}) ||
          carries(
            textMapAt(deployment, 'spec', 'template', 'metadata', 'labels'),
          ),
      ),
    ...index.inNamespace('EnvoyFilter', namespace),
    ...index.inNamespace('NetworkPolicy', namespace),
  ];
}

/**
 * The policies of a service's namespace that concern it: those that select one
 * of its pods, and those that select no pod there at all, for they are meant
 * for something and do nothing. Without pods nobody can tell: then all.
 */
function policies(
  index: ObjectIndex,
  belongings: Belongings,
  namespace: string,
): KubernetesObject[] {
  const pods = index.inNamespace('Pod', namespace);
  const own = [...belongings.objects].filter(object => object.kind === 'Pod');
  const all = index.inNamespace('NetworkPolicy', namespace);
  if (own.length === 0) return [...all];
  return all.filter(policy => {
    const selector = recordAt(policy, 'spec', 'podSelector');
    const selects = (pod: KubernetesObject) =>
      matchesSelector(pod.metadata.labels ?? {}, selector);
    return own.some(selects) || !pods.some(selects);
  });
}

/** What acts on a service without belonging to it: gateway, Istio, policies, nodes. */
export function surroundingsOf(
  index: ObjectIndex,
  belongings: Belongings,
  namespace: string,
): Set<KubernetesObject> {
  const planes = controlPlanes(index);
  const found = new Set<KubernetesObject>(planes);
  const include = (objects: readonly KubernetesObject[]) =>
    objects.forEach(object => found.add(object));
  const known = belongings.gateways.filter(name => name !== MANAGED_GATEWAY);
  known.forEach(gateway => include(gatewayObjects(index, gateway)));
  if (known.length === 0) {
    // Which gateway it will be is not known: a filter may be for it.
    include(index.ofKind('EnvoyFilter'));
  }
  rootNamespaces(planes).forEach(root =>
    include(index.inNamespace('EnvoyFilter', root)),
  );
  belongings.pickerServices.forEach(name => include(index.rulesFor(name)));
  include(
    index
      .inNamespace('Service', namespace)
      .filter(service =>
        belongings.pools.some(
          pool =>
            service.metadata.labels?.[LABELS.shadowPool] === pool.metadata.name,
        ),
      ),
  );
  include(policies(index, belongings, namespace));
  const deployments = [...belongings.objects].filter(
    ({ kind }) => kind === 'Deployment',
  );
  configMapNames(belongings.service, deployments).forEach(name =>
    include(index.named('ConfigMap', namespace, name)),
  );
  for (const pod of belongings.objects) {
    if (pod.kind === 'Pod') {
      include(index.named('Node', 'default', textAt(pod, 'spec', 'nodeName')));
    }
  }
  include(index.named('Namespace', 'default', namespace));
  known.forEach(gateway =>
    include(index.named('Namespace', 'default', gateway.split('/')[0])),
  );
  return found;
}
