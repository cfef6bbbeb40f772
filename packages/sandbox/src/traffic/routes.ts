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

import type { KubeObject, ObjectStore } from '../api';
import { listAt, textAt } from '../json';
import { gatewaysOfRoute } from '../kserve';

/** One rule of an HTTPRoute, as Envoy has it. */
export interface EnvoyRoute {
  /** The rule's name, else `<namespace>.<route>.<index>`. */
  name: string;
  route: KubeObject;
  gateway: KubeObject;
  rule: unknown;
  /** The InferencePool behind it, if that is what it sends to. */
  pool?: KubeObject;
}

/** Every rule of every route on any gateway. */
export function envoyRoutes(store: ObjectStore): EnvoyRoute[] {
  return store.kind('HTTPRoute').flatMap(route =>
    gatewaysOfRoute(store, route).flatMap(gateway =>
      listAt(route, 'spec', 'rules').map((rule, index) => {
        const { name, namespace } = route.metadata;
        return {
          name: textAt(rule, 'name') ?? `${namespace}.${name}.${index}`,
          route,
          gateway,
          rule,
          pool: poolOf(store, route, rule),
        };
      }),
    ),
  );
}

/** The rule that a path takes: the longest prefix that matches, headers aside. */
export function routeForPath(
  routes: EnvoyRoute[],
  path: string,
): EnvoyRoute | undefined {
  let best: { route: EnvoyRoute; length: number } | undefined;
  for (const route of routes) {
    for (const match of listAt(route.rule, 'matches')) {
      const value = textAt(match, 'path', 'value') ?? '/';
      const exact = textAt(match, 'path', 'type') === 'Exact';
      const matches = exact
        ? path === value
        : path === value || path.startsWith(`${value.replace(/\/$/, '')}/`);
      if (!matches || listAt(match, 'headers').length > 0) continue;
      if (!best || value.length > best.length) {
        best = { route, length: value.length };
      }
    }
  }
  return best?.route;
}

function poolOf(store: ObjectStore, route: KubeObject, rule: unknown) {
  const ref = listAt(rule, 'backendRefs').find(
    candidate => textAt(candidate, 'kind') === 'InferencePool',
  );
  const { namespace } = route.metadata;
  return store
    .kind('InferencePool', textAt(ref, 'namespace') ?? namespace)
    .find(pool => pool.metadata.name === textAt(ref, 'name'));
}
