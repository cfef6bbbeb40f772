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

import { isDeepStrictEqual } from 'node:util';
import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock';
import type { KubeObject } from './objects';
import { ApiError, notFound } from './status';
import {
  apiVersionOf,
  kindOf,
  RESOURCE_TYPES,
  type ResourceType,
} from './resourceTypes';

export interface StoreEvent {
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  resource: ResourceType;
  object: KubeObject;
  version: number;
}

/** Which half of an object a write may change. */
export type WriteScope = 'spec' | 'status' | 'all';

/**
 * The cluster's objects, with one resource version for the whole store, as etcd
 * has it, and a bounded history for watches.
 */
export class ObjectStore {
  readonly #clock: Clock;
  readonly #historyLimit: number;
  readonly #objects = new Map<ResourceType, Map<string, KubeObject>>();
  // Lists in order, until the next change of their type.
  readonly #sorted = new Map<ResourceType, [string, KubeObject][]>();
  readonly #listeners = new Set<(event: StoreEvent) => void>();
  #history: StoreEvent[] = [];
  #oldest = 0;
  #version = 1000;
  #backdate = 0;

  static create(options: { clock: Clock; historyLimit?: number }) {
    return new ObjectStore(options.clock, options.historyLimit ?? 5000);
  }

  private constructor(clock: Clock, historyLimit: number) {
    this.#clock = clock;
    this.#historyLimit = historyLimit;
    this.#oldest = this.#version;
    for (const type of RESOURCE_TYPES) this.#objects.set(type, new Map());
  }

  get version(): number {
    return this.#version;
  }

  /** Objects created inside `run` count as created `seconds` ago. */
  backdated(seconds: number, run: () => void): void {
    this.#backdate = seconds * 1000;
    try {
      run();
    } finally {
      this.#backdate = 0;
    }
  }

  /** The time new objects are stamped with, in milliseconds. */
  now(): number {
    return this.#clock.now() - this.#backdate;
  }

  get(type: ResourceType, namespace: string | undefined, name: string) {
    return this.#table(type).get(keyOf(namespace, name));
  }

  /** In the order of namespace and name, as etcd lists. */
  list(type: ResourceType, namespace?: string): KubeObject[] {
    const sorted =
      this.#sorted.get(type) ??
      [...this.#table(type).entries()].sort(([a], [b]) => (a < b ? -1 : 1));
    this.#sorted.set(type, sorted);
    return sorted
      .filter(([key]) => !namespace || key.startsWith(`${namespace}/`))
      .map(([, object]) => object);
  }

  /** {@link ObjectStore.list} by the name of a kind. */
  kind(kind: string, namespace?: string): KubeObject[] {
    return this.list(kindOf(kind), namespace);
  }

  create(type: ResourceType, object: KubeObject): KubeObject {
    const { namespace, name } = object.metadata;
    if (this.get(type, namespace, name)) {
      throw new ApiError(409, `${type.plural} "${name}" already exists`, {
        reason: 'AlreadyExists',
        details: { name, kind: type.plural },
      });
    }
    if (namespace) this.#ensureNamespace(namespace);
    const created: KubeObject = {
      ...structuredClone(object),
      apiVersion: apiVersionOf(type),
      kind: type.kind,
    };
    created.metadata = {
      ...created.metadata,
      uid: randomUUID(),
      generation: 1,
      creationTimestamp: isoSeconds(this.now()),
    };
    return this.#put('ADDED', type, created);
  }

  /** Replaces an object; writes that change nothing leave its version alone. */
  update(
    type: ResourceType,
    object: KubeObject,
    scope: WriteScope = 'spec',
  ): KubeObject {
    const { namespace, name, resourceVersion } = object.metadata;
    const current = this.get(type, namespace, name);
    if (!current) throw notFound(type.plural, type.group, name);
    if (
      resourceVersion &&
      resourceVersion !== current.metadata.resourceVersion
    ) {
      throw new ApiError(
        409,
        `Operation cannot be fulfilled on ${type.plural} "${name}": the object has been modified; read it again and repeat the change`,
      );
    }
    const next = merged(type, current, structuredClone(object), scope);
    if (isDeepStrictEqual(next, current)) return current;
    if (!isDeepStrictEqual(next.spec, current.spec)) {
      next.metadata.generation = (current.metadata.generation ?? 1) + 1;
    }
    return this.#put('MODIFIED', type, next);
  }

  /** Creates the object, or updates what is there under its name. */
  apply(object: KubeObject, scope: WriteScope = 'spec'): KubeObject {
    const type = kindOf(object.kind);
    const { namespace, name } = object.metadata;
    if (!this.get(type, namespace, name)) return this.create(type, object);
    const metadata = { ...object.metadata, resourceVersion: undefined };
    return this.update(type, { ...object, metadata }, scope);
  }

  /** Deletes an object and, as the garbage collector would, all it owns. */
  remove(
    type: ResourceType,
    namespace: string | undefined,
    name: string,
  ): KubeObject {
    const object = this.get(type, namespace, name);
    if (!object) throw notFound(type.plural, type.group, name);
    this.#table(type).delete(keyOf(namespace, name));
    this.#publish('DELETED', type, this.#stamped(object));
    for (const [otherType, table] of this.#objects) {
      for (const other of [...table.values()]) {
        const owned = (other.metadata.ownerReferences ?? []).some(
          reference => reference.uid === object.metadata.uid,
        );
        const inside =
          type.kind === 'Namespace' && other.metadata.namespace === name;
        if ((owned || inside) && table.has(keyOfObject(other))) {
          this.remove(otherType, other.metadata.namespace, other.metadata.name);
        }
      }
    }
    return object;
  }

  subscribe(listener: (event: StoreEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** What happened after `version`; undefined when that is no longer known. */
  eventsSince(version: number): StoreEvent[] | undefined {
    if (version < this.#oldest) return undefined;
    return this.#history.filter(event => event.version > version);
  }

  #ensureNamespace(namespace: string) {
    const type = kindOf('Namespace');
    if (this.get(type, undefined, namespace)) return;
    this.create(type, {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: {
        name: namespace,
        labels: { 'kubernetes.io/metadata.name': namespace },
      },
      status: { phase: 'Active' },
    });
  }

  #put(event: 'ADDED' | 'MODIFIED', type: ResourceType, object: KubeObject) {
    const stored = this.#stamped(object);
    this.#table(type).set(keyOfObject(stored), stored);
    this.#publish(event, type, stored);
    return stored;
  }

  #stamped(object: KubeObject): KubeObject {
    this.#version += 1;
    const resourceVersion = String(this.#version);
    return { ...object, metadata: { ...object.metadata, resourceVersion } };
  }

  #publish(
    kind: StoreEvent['type'],
    resource: ResourceType,
    object: KubeObject,
  ) {
    this.#sorted.delete(resource);
    const event = { type: kind, resource, object, version: this.#version };
    this.#history.push(event);
    if (this.#history.length > this.#historyLimit) {
      const dropped = this.#history.length - this.#historyLimit;
      this.#oldest = this.#history[dropped - 1].version;
      this.#history = this.#history.slice(dropped);
    }
    for (const listener of [...this.#listeners]) listener(event);
  }

  #table(type: ResourceType): Map<string, KubeObject> {
    const table = this.#objects.get(type);
    if (!table) throw new Error(`No table for ${type.plural}`);
    return table;
  }
}

function merged(
  type: ResourceType,
  current: KubeObject,
  wanted: KubeObject,
  scope: WriteScope,
): KubeObject {
  const fixed = {
    uid: current.metadata.uid,
    generation: current.metadata.generation,
    creationTimestamp: current.metadata.creationTimestamp,
    resourceVersion: current.metadata.resourceVersion,
  };
  if (scope === 'status') return { ...current, status: wanted.status };
  const next: KubeObject = {
    ...wanted,
    apiVersion: apiVersionOf(type),
    kind: type.kind,
    metadata: { ...wanted.metadata, ...fixed },
  };
  if (scope === 'spec' && type.status) {
    if (current.status === undefined) delete next.status;
    else next.status = current.status;
  }
  return next;
}

function keyOf(namespace: string | undefined, name: string): string {
  return `${namespace ?? ''}/${name}`;
}

function keyOfObject(object: KubeObject): string {
  return keyOf(object.metadata.namespace, object.metadata.name);
}

export function isoSeconds(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d{3}Z$/, 'Z');
}
