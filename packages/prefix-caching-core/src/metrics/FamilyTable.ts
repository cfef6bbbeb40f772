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

import { isOfFamily, splitSampleName } from './metricTypes';
import type { MetricFamily } from './types';

/** Which families, and which of their samples, are wanted; all by default. */
export interface Wanted {
  families?: readonly string[] | ((name: string) => boolean);
  samples?: (name: string) => boolean;
}

/** A family and whether it was asked for. */
export interface KnownFamily {
  readonly family: MetricFamily;
  readonly wanted: boolean;
}

/** The families of an exposition in the making, found by the names of their samples. */
export class FamilyTable {
  /** The families asked for, in the order they were met. */
  readonly wanted: MetricFamily[] = [];
  readonly #isWanted: (name: string) => boolean;
  readonly #isSampleWanted: (name: string) => boolean;
  readonly #known = new Map<string, KnownFamily>();

  constructor({ families, samples = () => true }: Wanted) {
    this.#isSampleWanted = samples;
    this.#isWanted =
      typeof families === 'function'
        ? families
        : name => !families || families.some(prefix => name.startsWith(prefix));
  }

  get size(): number {
    return this.#known.size;
  }

  has(name: string): boolean {
    return this.#known.has(name);
  }

  /** The family of that name, made when it is new. */
  declare(name: string): KnownFamily {
    const known = this.#known.get(name);
    if (known) return known;
    const family: MetricFamily = { name, type: 'unknown', samples: [] };
    const made = { family, wanted: this.#isWanted(name) };
    this.#known.set(name, made);
    if (made.wanted) this.wanted.push(family);
    return made;
  }

  /** A family that nobody asked for, so that its samples are told from others. */
  remember(known: KnownFamily): void {
    this.#known.set(known.family.name, known);
  }

  /** Whether a family of that name was asked for. */
  isWanted(name: string): boolean {
    return this.#isWanted(name);
  }

  /** The family a sample belongs to; `undefined` when it is not wanted. */
  ofSample(name: string): MetricFamily | undefined {
    return this.wantedOf(this.#find(name) ?? this.declare(name), name);
  }

  /** That family, if it and its samples of that name are wanted. */
  wantedOf(
    { family, wanted }: KnownFamily,
    sample: string,
  ): MetricFamily | undefined {
    return wanted && this.#isSampleWanted(sample) ? family : undefined;
  }

  #find(name: string): KnownFamily | undefined {
    const own = this.#known.get(name);
    if (own) return own;
    const split = splitSampleName(name);
    const parent = split && this.#known.get(split.family);
    return parent && isOfFamily(split.suffix, parent.family.type)
      ? parent
      : undefined;
  }
}
