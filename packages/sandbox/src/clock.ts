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

/** Where the sandbox takes the time from; tests hand in a {@link ManualClock}. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Calls `run` every `milliseconds` until the returned function is called. */
  every(milliseconds: number, run: () => void): () => void;
  /** Resolves that much later; at once where time is moved by hand. */
  pause(milliseconds: number): Promise<void>;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  every(milliseconds, run) {
    const timer = setInterval(run, milliseconds);
    return () => clearInterval(timer);
  },
  pause: milliseconds =>
    new Promise(resolve => {
      setTimeout(resolve, milliseconds);
    }),
};

/** A clock that stands still until {@link ManualClock.advance} moves it. */
export class ManualClock implements Clock {
  #now: number;
  readonly #timers = new Set<{ due: number; each: number; run: () => void }>();

  constructor(start = Date.UTC(2026, 0, 1)) {
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  every(milliseconds: number, run: () => void): () => void {
    const timer = { due: this.#now + milliseconds, each: milliseconds, run };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  async pause(): Promise<void> {}

  /** Moves the time on in steps of one second and runs what falls due. */
  advance(seconds: number): void {
    for (let second = 0; second < seconds; second += 1) {
      this.#now += 1000;
      for (const timer of [...this.#timers]) {
        while (timer.due <= this.#now && this.#timers.has(timer)) {
          timer.due += timer.each;
          timer.run();
        }
      }
    }
  }
}
