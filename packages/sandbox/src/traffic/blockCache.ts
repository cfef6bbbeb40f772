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

/**
 * A cache of prompt blocks with room for `capacity` of them, least recently used
 * out first. Both sides of prefix caching are one: the engine's KV cache, and the
 * EPP's memory of what it sent where.
 */
export class BlockCache {
  readonly #capacity: number;
  // Oldest first: a Map keeps the order of insertion.
  readonly #blocks = new Map<string, true>();

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get size(): number {
    return this.#blocks.size;
  }

  /** How many blocks from the start are there; the first miss ends the prefix. */
  match(blocks: string[]): number {
    const miss = blocks.findIndex(block => !this.#blocks.has(block));
    return miss === -1 ? blocks.length : miss;
  }

  /** Keeps the blocks. The end of a prompt is given up before its beginning, as engines do. */
  keep(blocks: string[]): void {
    for (const block of [...blocks].reverse()) {
      this.#blocks.delete(block);
      this.#blocks.set(block, true);
    }
    for (const oldest of this.#blocks.keys()) {
      if (this.#blocks.size <= this.#capacity) break;
      this.#blocks.delete(oldest);
    }
  }
}
