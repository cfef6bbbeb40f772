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
  isOwnedBy,
  kindOf,
  ownerReference,
  type KubeObject,
  type ObjectStore,
} from '../api';
import { childrenOf } from './children';
import { serviceStatus } from './serviceStatus';
import type { Templates } from './templates';

/** Kinds a service may own; those it no longer asks for are deleted. */
const OWNED_KINDS = [
  'Deployment',
  'Service',
  'ServiceAccount',
  'ClusterRoleBinding',
  'InferencePool',
  'HTTPRoute',
];

/**
 * KServe's part. A child is written when it is missing and when its service
 * changes; in between it may be edited by hand, which is how things break.
 */
export class KserveController {
  readonly #store: ObjectStore;
  readonly #templates: Templates;
  readonly #rendered = new Map<string, number>();

  static create(options: { store: ObjectStore; templates: Templates }) {
    return new KserveController(options.store, options.templates);
  }

  private constructor(store: ObjectStore, templates: Templates) {
    this.#store = store;
    this.#templates = templates;
  }

  reconcile(): void {
    for (const service of this.#store.kind('LLMInferenceService')) {
      this.#reconcileService(service);
      const status = serviceStatus(service, this.#store);
      this.#store.apply({ ...service, status }, 'status');
    }
  }

  #reconcileService(service: KubeObject) {
    const children = childrenOf(service, this.#store, this.#templates);
    // The stop annotation changes the children without a new generation.
    const stop = service.metadata.annotations?.['serving.kserve.io/stop'];
    const generation =
      (service.metadata.generation ?? 1) + (stop === 'true' ? 0.5 : 0);
    const key = service.metadata.uid ?? '';
    const changed = this.#rendered.get(key) !== generation;
    this.#rendered.set(key, generation);
    for (const child of children) {
      const { name, namespace } = child.metadata;
      const exists = this.#store.get(kindOf(child.kind), namespace, name);
      if (exists && !changed) continue;
      const metadata = {
        ...child.metadata,
        ownerReferences: [ownerReference(service)],
      };
      this.#store.apply({ ...child, metadata });
    }
    if (changed) this.#removeOthers(service, children);
  }

  #removeOthers(service: KubeObject, children: KubeObject[]) {
    const wanted = new Set(
      children.map(child => `${child.kind}/${child.metadata.name}`),
    );
    for (const kind of OWNED_KINDS) {
      for (const object of this.#store.kind(kind)) {
        const { name, namespace } = object.metadata;
        if (isOwnedBy(object, service) && !wanted.has(`${kind}/${name}`)) {
          this.#store.remove(kindOf(kind), namespace, name);
        }
      }
    }
  }
}
