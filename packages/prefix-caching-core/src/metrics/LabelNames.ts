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

/** Far more than a real exposition has, where lines of one shape stand together. */
const MOST_CHANGES = 5_000;

/**
 * The label names of the last line, place by place, and two guards. Ever new
 * names cost hundreds of times what their text does, so that there is a limit
 * on them. And objects with names in ever new order make the JavaScript engine
 * keep a hidden class for each: after many changes labels are kept in hash
 * tables instead, which are slower but cost the same whatever their order.
 */
export class LabelNames {
  /** How many different names there may be. */
  readonly most: number;
  readonly #names: string[] = [];
  readonly #different = new Set<string>();
  #changes = 0;

  constructor(most: number) {
    this.most = most;
  }

  /** The name that stood at a place in the last line. */
  at(place: number): string | undefined {
    return this.#names[place];
  }

  /** Notes the name at a place in this line; false when it is one too many. */
  set(place: number, name: string): boolean {
    if (this.#names[place] === name) return true;
    if (!this.#different.has(name)) {
      if (this.#different.size === this.most) return false;
      this.#different.add(name);
    }
    this.#names[place] = name;
    this.#changes++;
    return true;
  }

  /** An object for the labels of a line. */
  createLabels(): Record<string, string> {
    return this.#changes < MOST_CHANGES
      ? {}
      : // An object without prototype is a hash table, and stays one.
        Object.setPrototypeOf(Object.create(null), Object.prototype);
  }
}
