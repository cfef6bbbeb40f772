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

import { splitSampleName } from './metricTypes';
import type { MetricFamily } from './types';

/** The families of an exposition in the making, found by the names of their samples. */
export class FamilyTable {
  /** The families asked for, in the order they were met. */
  readonly wanted: MetricFamily[] = [];
  readonly #isWanted: (name: string) => boolean;
  readonly #families = new Map<string, MetricFamily>();
  readonly #unwanted = new Set<MetricFamily>();
  // Samples of one name stand together: nearly every look-up is the last one again.
  #lastName: string | undefined;
  #lastFamily: MetricFamily | undefined;

  constructor(wanted?: readonly string[] | ((name: string) => boolean)) {
    this.#isWanted =
      typeof wanted === 'function'
        ? wanted
        : name => !wanted || wanted.some(prefix => name.startsWith(prefix));
  }

  get size(): number {
    return this.#families.size;
  }

  /** The family of that name, made when it is new. */
  declare(name: string): MetricFamily {
    this.#lastName = undefined;
    const known = this.#families.get(name);
    if (known) return known;
    const family: MetricFamily = { name, type: 'unknown', samples: [] };
    this.#families.set(name, family);
    if (this.#isWanted(name)) this.wanted.push(family);
    else this.#unwanted.add(family);
    return family;
  }

  /** The family a sample belongs to; `undefined` when it is not wanted. */
  ofSample(name: string): MetricFamily | undefined {
    if (name !== this.#lastName) {
      const family = this.#find(name);
      this.#lastName = name;
      this.#lastFamily = this.#unwanted.has(family) ? undefined : family;
    }
    return this.#lastFamily;
  }

  #find(name: string): MetricFamily {
    const own = this.#families.get(name);
    if (own) return own;
    const split = splitSampleName(name);
    const parent = split && this.#families.get(split.family);
    return parent && split.types.includes(parent.type)
      ? parent
      : this.declare(name);
  }
}
