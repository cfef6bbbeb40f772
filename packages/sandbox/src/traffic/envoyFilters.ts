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

import { matchesLabels, type KubeObject, type ObjectStore } from '../api';
import { at, isObject, listAt, objectAt, stringsAt, textAt } from '../json';

const EXT_PROC = 'envoy.filters.http.ext_proc';
const ROOT_NAMESPACE = 'istio-system';

/**
 * The EnvoyFilter that takes a route's picker away, if one does.
 *
 * A merge replaces the whole ext_proc entry of a route, so a patch that names no
 * `grpc_service` of its own leaves the route without one.
 */
export function filterThatBypasses(
  store: ObjectStore,
  gateway: KubeObject,
  routeName: string,
): KubeObject | undefined {
  return store
    .kind('EnvoyFilter')
    .filter(filter => appliesTo(filter, gateway))
    .find(filter =>
      listAt(filter, 'spec', 'configPatches').some(patch =>
        dropsPicker(patch, routeName),
      ),
    );
}

function appliesTo(filter: KubeObject, gateway: KubeObject): boolean {
  const { name, namespace } = gateway.metadata;
  const place = filter.metadata.namespace;
  if (place !== namespace && place !== ROOT_NAMESPACE) return false;
  const targets = listAt(filter, 'spec', 'targetRefs');
  if (targets.length > 0) {
    return targets.some(target => textAt(target, 'name') === name);
  }
  const selector = stringsAt(filter, 'spec', 'workloadSelector', 'labels');
  return matchesLabels(selector, {
    'gateway.networking.k8s.io/gateway-name': name,
  });
}

function dropsPicker(patch: unknown, routeName: string): boolean {
  const context = textAt(patch, 'match', 'context') ?? 'ANY';
  if (context !== 'ANY' && context !== 'GATEWAY') return false;
  const operation = textAt(patch, 'patch', 'operation');
  switch (textAt(patch, 'applyTo')) {
    case 'HTTP_ROUTE': {
      const matched = textAt(
        patch,
        'match',
        'routeConfiguration',
        'vhost',
        'route',
        'name',
      );
      if (matched !== undefined && matched !== routeName) return false;
      const entry = at(
        patch,
        'patch',
        'value',
        'typed_per_filter_config',
        EXT_PROC,
      );
      if (!isObject(entry)) return false;
      return !isObject(at(entry, 'overrides', 'grpc_service'));
    }
    case 'HTTP_FILTER': {
      const filter = objectAt(
        patch,
        'match',
        'listener',
        'filterChain',
        'filter',
      );
      return (
        operation === 'REMOVE' &&
        textAt(filter, 'subFilter', 'name') === EXT_PROC
      );
    }
    default:
      return false;
  }
}
