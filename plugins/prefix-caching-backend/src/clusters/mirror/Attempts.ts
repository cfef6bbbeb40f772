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

import type { Timing } from './timing';

/** The attempts of one who tries again and again, and those who wait for the next to end. */
export class Attempts {
  readonly #timing: Timing;
  readonly #waiting = new Set<() => void>();
  #count = 0;
  #lastAt = 0;
  #hurried = false;
  #wake: () => void = () => {};

  constructor(timing: Timing) {
    this.#timing = timing;
  }

  get count(): number {
    return this.#count;
  }

  /** When the last one ended. */
  get lastAt(): number {
    return this.#lastAt;
  }

  /** One has ended, well or not. */
  ended(): void {
    this.#count += 1;
    this.#lastAt = this.#timing.now();
    this.#hurried = false;
    for (const resolve of [...this.#waiting]) resolve();
  }

  startOver(): void {
    this.#count = 0;
  }

  /** Until the next one has ended, or the signal is given. */
  next(signal?: AbortSignal): Promise<void> {
    return new Promise(resolve => {
      const done = () => {
        this.#waiting.delete(done);
        signal?.removeEventListener('abort', done);
        resolve();
      };
      if (signal?.aborted) {
        resolve();
        return;
      }
      this.#waiting.add(done);
      signal?.addEventListener('abort', done);
    });
  }

  /** Waits between two attempts, unless somebody calls {@link Attempts.hurry}. */
  async pause(ms: number, stop: AbortSignal): Promise<void> {
    if (this.#hurried) return;
    const woken = new Promise<void>(resolve => {
      this.#wake = resolve;
    });
    const over = new AbortController();
    await Promise.race([
      this.#timing.sleep(ms, AbortSignal.any([stop, over.signal])),
      woken,
    ]);
    over.abort();
    this.#wake = () => {};
  }

  /** Ends a pause, or does without the next one. */
  hurry(): void {
    this.#hurried = true;
    this.#wake();
  }
}
