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
  kindOf,
  matchesLabels,
  type KubeObject,
  type ObjectStore,
} from '../api';
import { isPodReady, podsBehind } from '../cluster';
import { listAt, numberAt, stringsAt, textAt } from '../json';
import { inferenceExtensionEnabled } from '../kserve';
import { filterThatBypasses } from './envoyFilters';
import { portIsOpen } from './networkPolicies';
import { tlsAgrees } from './pickerTls';
import { envoyRoutes, routeForPath, type EnvoyRoute } from './routes';

/**
 * Which way the gateway sends a request. Whatever keeps it from its picker is
 * silent: failure mode FailOpen means any replica will do, and the answer is 200.
 */
export type DataPath =
  | { kind: 'no-route'; reason: string }
  | { kind: 'open'; backends: KubeObject[]; reason: string }
  | {
      kind: 'picked';
      backends: KubeObject[];
      /** The pod of the EPP that is asked. */
      picker: KubeObject;
      /** The picker belongs to another pool, so its choice is of no use here. */
      foreign: boolean;
    };

/** Follows a path such as `/<namespace>/<service>/v1/completions` to its end. */
export function dataPath(store: ObjectStore, path: string): DataPath {
  const routes = envoyRoutes(store);
  const route = routeForPath(routes, path);
  if (!route) return { kind: 'no-route', reason: `no HTTPRoute takes ${path}` };
  const { pool } = route;
  if (!pool) {
    const backends = serviceBackends(store, route);
    return { kind: 'open', backends, reason: 'the rule sends to a Service' };
  }
  const backends = poolMembers(store, pool).filter(
    pod => isPodReady(pod) && portIsOpen(store, pod, 8000),
  );
  const open = (reason: string): DataPath => ({
    kind: 'open',
    backends,
    reason,
  });
  if (!inferenceExtensionEnabled(store)) {
    return open('istiod has its Inference Extension switched off');
  }
  const filter = filterThatBypasses(store, route.gateway, route.name);
  if (filter) {
    return open(`EnvoyFilter ${filter.metadata.name} removed the picker`);
  }
  const asked = poolAsked(routes, route) ?? pool;
  const { namespace } = asked.metadata;
  const reference = textAt(asked, 'spec', 'endpointPickerRef', 'name') ?? '';
  const port =
    numberAt(asked, 'spec', 'endpointPickerRef', 'port', 'number') ?? 9002;
  const service = store.get(kindOf('Service'), namespace, reference);
  if (!service) return open(`Service ${reference} does not exist`);
  const served = listAt(service, 'spec', 'ports').some(
    entry => numberAt(entry, 'port') === port,
  );
  if (!served) return open(`Service ${reference} has no port ${port}`);
  const picker = podsBehind(store, service).find(isPodReady);
  if (!picker) return open(`Service ${reference} has no ready pod`);
  if (!tlsAgrees(store, picker, service, port)) {
    return open('gateway and picker do not agree on TLS');
  }
  if (!portIsOpen(store, picker, port)) {
    return open(`a NetworkPolicy closes port ${port} of the picker`);
  }
  return { kind: 'picked', backends, picker, foreign: asked !== pool };
}

/** The pods an InferencePool selects. */
export function poolMembers(store: ObjectStore, pool: KubeObject) {
  const selector = stringsAt(pool, 'spec', 'selector', 'matchLabels');
  return store
    .kind('Pod', pool.metadata.namespace)
    .filter(pod => matchesLabels(selector, pod.metadata.labels));
}

/**
 * Istio 1.30.4 keeps one picker per rule name and gateway: of several routes with
 * the same name the last one's serves them all (istio/istio#61594).
 */
function poolAsked(routes: EnvoyRoute[], route: EnvoyRoute) {
  const age = ({ route: { metadata } }: EnvoyRoute) =>
    `${metadata.creationTimestamp} ${metadata.namespace}/${metadata.name}`;
  return routes
    .filter(
      other =>
        other.gateway === route.gateway &&
        other.name === route.name &&
        other.pool,
    )
    .sort((a, b) => (age(a) < age(b) ? -1 : 1))
    .pop()?.pool;
}

function serviceBackends(store: ObjectStore, route: EnvoyRoute) {
  const { namespace } = route.route.metadata;
  return listAt(route.rule, 'backendRefs').flatMap(ref => {
    const service = store.get(
      kindOf('Service'),
      namespace,
      textAt(ref, 'name') ?? '',
    );
    return service ? podsBehind(store, service).filter(isPodReady) : [];
  });
}
