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

export interface LineBudgetOptions {
  now: () => number;
  /** Lines that may come at once, such as the last ones of a log. */
  burst: number;
}

/** More than anybody reads, and few enough for a browser. */
const LINES_PER_SECOND = 50;

/** Lets through as many lines as somebody can follow, and counts the others. */
export class LineBudget {
  readonly #now: () => number;
  readonly #burst: number;
  #left: number;
  #at: number;
  #skipped = 0;

  static create(options: LineBudgetOptions) {
    return new LineBudget(options);
  }

  private constructor({ now, burst }: LineBudgetOptions) {
    this.#now = now;
    this.#burst = burst + LINES_PER_SECOND;
    this.#left = this.#burst;
    this.#at = now();
  }

  /** Whether one more line is let through. */
  takes(): boolean {
    const now = this.#now();
    const earned = ((now - this.#at) / 1000) * LINES_PER_SECOND;
    this.#left = Math.min(this.#burst, this.#left + Math.max(0, earned));
    this.#at = now;
    if (this.#left < 1) return false;
    this.#left -= 1;
    return true;
  }

  skip(): void {
    this.#skipped += 1;
  }

  /** How many were skipped since this was last asked. */
  takeSkipped(): number {
    const skipped = this.#skipped;
    this.#skipped = 0;
    return skipped;
  }
}
