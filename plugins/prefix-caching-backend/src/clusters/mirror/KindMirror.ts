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

import type { ListedKind } from 'backstage-plugin-prefix-caching-common';
import type { KubernetesObject } from 'backstage-plugin-prefix-caching-common/core';
import { listingGap } from '../gaps';
import type { Listing } from '../types';
import type { MirrorState } from './CollectionKnowledge';
import {
  CollectionMirror,
  type CollectionMirrorOptions,
  type ReadOptions,
} from './CollectionMirror';

export interface KindMirrorOptions
  extends Omit<CollectionMirrorOptions, 'namespace' | 'mayWatch'> {
  cluster: string;
  mayWatch: (
    read: { namespace?: string } & Parameters<
      CollectionMirrorOptions['mayWatch']
    >[0],
  ) => Promise<boolean>;
}

/**
 * One kind of a cluster: the whole cluster at once where the account may read
 * that, else the namespaces that were asked for.
 */
export class KindMirror {
  readonly #options: KindMirrorOptions;
  readonly #whole: CollectionMirror;
  readonly #namespaces = new Map<string, CollectionMirror>();

  static create(options: KindMirrorOptions) {
    return new KindMirror(options);
  }

  private constructor(options: KindMirrorOptions) {
    this.#options = options;
    this.#whole = this.#collection();
  }

  async list(
    namespaces: readonly string[],
    options: ReadOptions,
  ): Promise<Listing> {
    const { kind } = this.#options;
    const whole = await this.#whole.read(options);
    if (
      whole.failure?.reason !== 'forbidden' ||
      !kind.namespaced ||
      namespaces.length === 0
    ) {
      return this.#listing([{ state: whole }]);
    }
    return this.#listing(
      await Promise.all(
        namespaces.map(async namespace => ({
          namespace,
          state: await this.#of(namespace).read(options),
        })),
      ),
    );
  }

  describe(): ListedKind[] {
    const { kind } = this.#options;
    const resource = kind.group ? `${kind.plural}.${kind.group}` : kind.plural;
    const scopes: [string | undefined, CollectionMirror][] = [
      [undefined, this.#whole],
      ...this.#namespaces,
    ];
    return scopes.flatMap(([namespace, collection]) => {
      const described = collection.describe();
      if (!described) return [];
      const { via, objects, asOf, problem } = described;
      return [
        {
          resource,
          via,
          ...(namespace && { namespace }),
          ...(objects !== undefined && { objects }),
          ...(asOf !== undefined && { asOf: new Date(asOf).toISOString() }),
          ...(problem && { problem }),
        },
      ];
    });
  }

  /** What is known already. */
  known(): KubernetesObject[] {
    return [this.#whole, ...this.#namespaces.values()].flatMap(collection => [
      ...collection.known(),
    ]);
  }

  /** The namespaces that were read one by one. */
  get namespaces(): string[] {
    return [...this.#namespaces.keys()];
  }

  stop(): void {
    this.#whole.stop();
    for (const collection of this.#namespaces.values()) collection.stop();
  }

  #of(namespace: string): CollectionMirror {
    const collection =
      this.#namespaces.get(namespace) ?? this.#collection(namespace);
    this.#namespaces.set(namespace, collection);
    return collection;
  }

  #collection(namespace?: string): CollectionMirror {
    return CollectionMirror.create({
      ...this.#options,
      namespace,
      mayWatch: read => this.#options.mayWatch({ ...read, namespace }),
    });
  }

  #listing(parts: { namespace?: string; state: MirrorState }[]): Listing {
    const { kind, cluster } = this.#options;
    const stale = parts.flatMap(({ state }) => state.staleSince ?? []);
    return {
      kind,
      objects:
        parts.length === 1
          ? parts[0].state.objects
          : parts.flatMap(({ state }) => state.objects),
      gaps: parts.flatMap(({ namespace, state }) =>
        state.failure
          ? [listingGap(kind, cluster, state.failure, namespace)]
          : [],
      ),
      ...(stale.length > 0 && { staleSince: Math.min(...stale) }),
    };
  }
}
