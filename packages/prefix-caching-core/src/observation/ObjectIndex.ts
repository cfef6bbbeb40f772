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
  isRecord,
  LABELS,
  listAt,
  matchesLabels,
  textAt,
  textMapAt,
} from '../kubernetes';
import type { KubernetesObject } from '../kubernetes';

/** The namespace an object is in; manifests may leave `default` out. @public */
export function namespaceOf(object: KubernetesObject): string {
  return object.metadata.namespace ?? 'default';
}

function add<K>(
  map: Map<K, KubernetesObject[]>,
  key: K,
  object: KubernetesObject,
) {
  const list = map.get(key);
  if (list) list.push(object);
  else map.set(key, [object]);
}

/**
 * A set of objects, found by kind, name and label without scanning.
 *
 * Built once for a whole cluster and shared by all its targets, so that a
 * thousand targets cost a thousand slices and not a million comparisons.
 *
 * @public
 */
export class ObjectIndex {
  static of(objects: Iterable<KubernetesObject>): ObjectIndex {
    return new ObjectIndex(objects);
  }

  readonly #all: KubernetesObject[] = [];
  readonly #byKind = new Map<string, KubernetesObject[]>();
  readonly #byNamespace = new Map<string, KubernetesObject[]>();
  readonly #byName = new Map<string, KubernetesObject[]>();
  readonly #byNameLabel = new Map<string, KubernetesObject[]>();
  readonly #byGateway = new Map<string, KubernetesObject[]>();
  readonly #rulesByHost = new Map<string, KubernetesObject[]>();

  private constructor(objects: Iterable<KubernetesObject>) {
    for (const object of objects) {
      const { kind, metadata } = object;
      const namespace = namespaceOf(object);
      this.#all.push(object);
      add(this.#byKind, kind, object);
      add(this.#byNamespace, `${kind}|${namespace}`, object);
      add(this.#byName, `${kind}|${namespace}|${metadata.name}`, object);
      const name = metadata.labels?.[LABELS.name];
      if (name) add(this.#byNameLabel, `${namespace}|${name}`, object);
      if (kind === 'HTTPRoute') {
        for (const gateway of gatewaysOfRoute(object)) {
          add(this.#byGateway, gateway, object);
        }
      }
      if (kind === 'DestinationRule') {
        const host = textAt(object, 'spec', 'host') ?? '';
        add(this.#rulesByHost, host.split('.')[0], object);
      }
    }
  }

  get all(): readonly KubernetesObject[] {
    return this.#all;
  }

  kinds(): string[] {
    return [...this.#byKind.keys()];
  }

  ofKind(kind: string): readonly KubernetesObject[] {
    return this.#byKind.get(kind) ?? [];
  }

  inNamespace(kind: string, namespace: string): readonly KubernetesObject[] {
    return this.#byNamespace.get(`${kind}|${namespace}`) ?? [];
  }

  /** Several, where a kind is served by two API groups. */
  named(
    kind: string,
    namespace: string,
    name: string | undefined,
  ): readonly KubernetesObject[] {
    return this.#byName.get(`${kind}|${namespace}|${name}`) ?? [];
  }

  /** Objects whose `app.kubernetes.io/name` is `name`. */
  labelled(namespace: string, name: string): readonly KubernetesObject[] {
    return this.#byNameLabel.get(`${namespace}|${name}`) ?? [];
  }

  /** Routes attached to a gateway, `namespace/name`. */
  routesOn(gateway: string): readonly KubernetesObject[] {
    return this.#byGateway.get(gateway) ?? [];
  }

  /** DestinationRules whose host begins with this name, and those with a wildcard. */
  rulesFor(service: string): readonly KubernetesObject[] {
    return [
      ...(this.#rulesByHost.get(service) ?? []),
      ...(this.#rulesByHost.get('*') ?? []),
    ];
  }

  /** Pods of a namespace that carry every wanted label; none for an empty wish. */
  podsWith(
    namespace: string,
    wanted: Readonly<Record<string, string>>,
  ): KubernetesObject[] {
    if (Object.keys(wanted).length === 0) return [];
    const name = wanted[LABELS.name];
    const candidates = name
      ? this.labelled(namespace, name)
      : this.inNamespace('Pod', namespace);
    return candidates.filter(
      object =>
        object.kind === 'Pod' &&
        matchesLabels(object.metadata.labels ?? {}, wanted),
    );
  }
}

/**
 * Builds the index `observeTarget` takes; build it once per cluster.
 *
 * @public
 */
export function indexObjects(objects: Iterable<KubernetesObject>): ObjectIndex {
  return ObjectIndex.of(objects);
}

/** The gateways a route names as parents, each `namespace/name`. @public */
export function gatewaysOfRoute(route: KubernetesObject): string[] {
  return listAt(route, 'spec', 'parentRefs').flatMap(parent => {
    const kind = textAt(parent, 'kind') ?? 'Gateway';
    const name = textAt(parent, 'name');
    if (!isRecord(parent) || kind !== 'Gateway' || !name) return [];
    return [`${textAt(parent, 'namespace') ?? namespaceOf(route)}/${name}`];
  });
}

/** The labels a pool or a Service selects pods by; the pool's form changed with its group. @public */
export function podSelectorOf(
  object: KubernetesObject,
): Record<string, string> {
  const nested = textMapAt(object, 'spec', 'selector', 'matchLabels');
  return Object.keys(nested).length > 0
    ? nested
    : textMapAt(object, 'spec', 'selector');
}
