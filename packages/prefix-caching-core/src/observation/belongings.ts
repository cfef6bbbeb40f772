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
  generatedNames,
  LABEL_VALUES,
  LABELS,
  listAt,
  textAt,
} from '../kubernetes';
import type { KubernetesObject } from '../kubernetes';
import { isPool, pickerOf, rulesOf } from './backends';
import { gatewaysOfRoute, namespaceOf, podSelectorOf } from './ObjectIndex';
import type { ObjectIndex } from './ObjectIndex';
import { statusReferences } from './statusReferences';

/** What one LLMInferenceService consists of in a set of objects. */
export interface Belongings {
  service?: KubernetesObject;
  objects: Set<KubernetesObject>;
  routes: KubernetesObject[];
  pools: KubernetesObject[];
  /** Names of the Services of its pickers. */
  pickerServices: string[];
  /** `namespace/name`; `managed` where the platform's own gateway is meant and no route names it. */
  gateways: string[];
}

/** Stands for the gateway KServe picks itself when a service names none. */
export const MANAGED_GATEWAY = 'managed';

function isGenerated(object: KubernetesObject): boolean {
  const labels = object.metadata.labels ?? {};
  return (
    labels[LABELS.partOf] === LABEL_VALUES.partOf ||
    LABELS.kserveComponent in labels ||
    (labels[LABELS.component] ?? '').includes('router-scheduler')
  );
}

function referencedRoutes(
  index: ObjectIndex,
  service: KubernetesObject | undefined,
  namespace: string,
): KubernetesObject[] {
  return listAt(service, 'spec', 'router', 'route', 'http', 'refs').flatMap(
    reference => [
      ...index.named('HTTPRoute', namespace, textAt(reference, 'name')),
    ],
  );
}

/** The pools the routes really name, then the one KServe would generate. */
function poolsOf(
  index: ObjectIndex,
  routes: KubernetesObject[],
  service: KubernetesObject | undefined,
  namespace: string,
  name: string,
): KubernetesObject[] {
  const pools = routes.flatMap(route =>
    rulesOf(route)
      .flatMap(rule => rule.backends)
      .filter(isPool)
      .flatMap(pool => [
        ...index.named('InferencePool', pool.namespace, pool.name),
      ]),
  );
  const reference = textAt(
    service,
    'spec',
    'router',
    'scheduler',
    'pool',
    'ref',
    'name',
  );
  return [
    ...new Set([
      ...pools,
      ...index.named(
        'InferencePool',
        namespace,
        reference ?? generatedNames(name).pool,
      ),
    ]),
  ];
}

/** The gateways a service is reached by: its routes' parents, else its own wish. */
export function gatewaysWanted(
  service: KubernetesObject | undefined,
  routes: KubernetesObject[],
): string[] {
  if (routes.length > 0) return [...new Set(routes.flatMap(gatewaysOfRoute))];
  if (!service || !asksForRoute(service)) return [];
  const reported = statusReferences(service).gateways;
  if (reported.length > 0) return reported;
  const refs = listAt(service, 'spec', 'router', 'gateway', 'refs').flatMap(
    reference => {
      const name = textAt(reference, 'name');
      const namespace = textAt(reference, 'namespace') ?? namespaceOf(service);
      return name ? [`${namespace}/${name}`] : [];
    },
  );
  return refs.length > 0 ? refs : [MANAGED_GATEWAY];
}

function asksForRoute(service: KubernetesObject): boolean {
  const router = service.spec?.router;
  return (
    typeof router === 'object' &&
    router !== null &&
    ('route' in router || 'gateway' in router)
  );
}

/** Everything that belongs to the service `namespace/name`, whether it is there itself or not. */
export function belongingsOf(
  index: ObjectIndex,
  namespace: string,
  name: string,
): Belongings {
  const names = generatedNames(name);
  const service = index
    .named('LLMInferenceService', namespace, name)
    .slice()
    .sort((a, b) => b.apiVersion.localeCompare(a.apiVersion))[0];
  const objects = new Set(index.labelled(namespace, name).filter(isGenerated));
  const include = (found: readonly KubernetesObject[]) =>
    found.forEach(object => objects.add(object));
  include(index.named('Deployment', namespace, names.picker));
  include(index.named('Deployment', namespace, names.workload));
  include(index.named('Service', namespace, names.workloadService));
  include(index.named('HTTPRoute', namespace, names.route));
  include(referencedRoutes(index, service, namespace));
  const reported = statusReferences(service);
  for (const deployment of [reported.picker, reported.workload]) {
    if (deployment) include(index.named('Deployment', namespace, deployment));
  }
  if (reported.workloadService) {
    include(index.named('Service', namespace, reported.workloadService));
  }
  for (const route of reported.routes) {
    include(index.named('HTTPRoute', route.namespace, route.name));
  }
  const routes = [...objects].filter(object => object.kind === 'HTTPRoute');
  const pools = [
    ...new Set([
      ...poolsOf(index, routes, service, namespace, name),
      ...reported.pools.flatMap(pool => [
        ...index.named('InferencePool', pool.namespace, pool.name),
      ]),
    ]),
  ];
  include(pools);
  const pickerServices = [
    ...new Set([
      ...pools.flatMap(pool => pickerOf(pool)?.name ?? []),
      ...reported.pickerServices
        .filter(picker => picker.namespace === namespace)
        .map(picker => picker.name),
      names.pickerService,
    ]),
  ];
  for (const picker of pickerServices) {
    include(index.named('Service', namespace, picker));
  }
  for (const object of [...objects]) {
    if (['InferencePool', 'Service', 'Deployment'].includes(object.kind)) {
      include(index.podsWith(namespaceOf(object), podSelectorOf(object)));
    }
  }
  if (service) objects.add(service);
  return {
    service,
    objects,
    routes,
    pools,
    pickerServices,
    gateways: gatewaysWanted(service, routes),
  };
}
