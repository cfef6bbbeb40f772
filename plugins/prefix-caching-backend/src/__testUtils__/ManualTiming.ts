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

import type { Timing } from '../clusters';

/** Longer pauses only end when the test says so, or somebody wakes the sleeper. */
const ENDLESS_MS = 600_000;

/**
 * A clock that moves by the pauses that are made, so that a test sees them
 * all and waits for none. After `budget` pauses the next one does not end.
 */
export class ManualTiming implements Timing {
  readonly pauses: number[] = [];
  budget = 0;
  #now = Date.UTC(2026, 10, 22, 10);
  readonly #held = new Set<() => void>();

  now = () => this.#now;

  /** No chance: every pause at its longest. */
  random = () => 1;

  sleep = (ms: number, signal: AbortSignal): Promise<void> =>
    new Promise(resolve => {
      signal.addEventListener('abort', () => resolve());
      if (ms < ENDLESS_MS) this.pauses.push(ms);
      const end = () => {
        this.#now += ms;
        setImmediate(resolve);
      };
      if (ms < ENDLESS_MS && this.pauses.length <= this.budget) {
        end();
      } else if (ms < ENDLESS_MS) {
        this.#held.add(end);
      }
    });

  /** Lets what sleeps wake up, and so many more pauses pass. */
  release(pauses: number): void {
    this.budget = this.pauses.length + pauses - 1;
    const held = [...this.#held];
    this.#held.clear();
    held.forEach(end => end());
  }

  advance(ms: number): void {
    this.#now += ms;
  }
}
