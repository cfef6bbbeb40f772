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

const FIRST_MS = 1_000;
const LONGEST_MS = 60_000;

/** However long a server asks for, it is asked again after this. */
const LONGEST_WISH_MS = 300_000;

/**
 * Pauses that double while attempts fail, up to a minute, each shortened by
 * chance by up to half, so that what broke together is not retried together.
 */
export class BackOff {
  readonly #random: () => number;
  #failures = 0;

  static create(random: () => number) {
    return new BackOff(random);
  }

  private constructor(random: () => number) {
    this.#random = random;
  }

  succeeded(): void {
    this.#failures = 0;
  }

  /** Milliseconds until the next attempt; never less than the server asked for. */
  failed(retryAfterSeconds = 0): number {
    const longest = Math.min(FIRST_MS * 2 ** this.#failures, LONGEST_MS);
    this.#failures += 1;
    const wish = Math.min(retryAfterSeconds * 1000, LONGEST_WISH_MS);
    return Math.max(wish, longest * (0.5 + this.#random() / 2));
  }
}
