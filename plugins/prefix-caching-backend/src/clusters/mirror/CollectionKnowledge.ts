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

import type { KubernetesObject } from 'backstage-plugin-prefix-caching-common/core';
import type { HttpFailure } from '../gaps';
import type { WatchOptions } from '../types';

/** What is known of one kind in one scope. */
export interface MirrorState {
  /** Empty where there is a failure. */
  objects: KubernetesObject[];
  /** Why nothing is known, or nothing that may still count. */
  failure?: HttpFailure;
  /** What is known is this old, since reading it fails. Milliseconds since 1970. */
  staleSince?: number;
}

type Change = Parameters<WatchOptions['onChange']>[0];

/** Failures that say nothing of what was read before. */
const PASSING: readonly HttpFailure['reason'][] = [
  'unreachable',
  'timeout',
  'too-large',
  'invalid',
];

const NOT_YET: HttpFailure = {
  reason: 'timeout',
  message: 'the first list has not ended yet',
};

/** The objects of a collection, since when they are known, and what fails now. */
export class CollectionKnowledge {
  readonly #now: () => number;
  readonly #staleMs: number;
  #objects = new Map<string, KubernetesObject>();
  /** When what is known was last known to be complete. */
  #asOf?: number;
  #failure?: HttpFailure;

  constructor(options: {
    now: () => number;
    /** How long what was read counts while it cannot be read again. */
    staleMs: number;
  }) {
    this.#now = options.now;
    this.#staleMs = options.staleMs;
  }

  get objects(): Iterable<KubernetesObject> {
    return this.#objects.values();
  }

  get size(): number {
    return this.#objects.size;
  }

  get asOf(): number | undefined {
    return this.#asOf;
  }

  get failure(): HttpFailure | undefined {
    return this.#failure;
  }

  /** All there is, as a list has it. */
  replace(objects: readonly KubernetesObject[]): void {
    this.#objects = new Map(objects.map(object => [keyOf(object), object]));
    this.confirm();
  }

  /** What a watch says of one object. */
  apply({ set, removed }: Change): void {
    if (set) this.#objects.set(keyOf(set), set);
    if (removed) this.#objects.delete(keyOf(removed));
    this.#asOf = this.#now();
  }

  /** What is known is complete, and nothing fails. */
  confirm(): void {
    this.#failure = undefined;
    this.#asOf = this.#now();
  }

  /** What is known was complete when a watch came to its agreed end. */
  completeUntilNow(): void {
    this.#asOf = this.#now();
  }

  fail(failure: HttpFailure): void {
    this.#failure = failure;
    // What may no longer be read is not kept either.
    if (!PASSING.includes(failure.reason)) this.forget();
  }

  forget(): void {
    this.#objects = new Map();
    this.#asOf = undefined;
  }

  state(): MirrorState {
    const failure = this.#failure;
    const asOf = this.#asOf;
    if (!failure && asOf !== undefined) {
      return { objects: [...this.#objects.values()] };
    }
    if (
      failure &&
      asOf !== undefined &&
      PASSING.includes(failure.reason) &&
      this.#now() - asOf <= this.#staleMs
    ) {
      return { objects: [...this.#objects.values()], staleSince: asOf };
    }
    return { objects: [], failure: failure ?? NOT_YET };
  }
}

function keyOf({ metadata }: KubernetesObject): string {
  return `${metadata.namespace ?? ''}/${metadata.name}`;
}
