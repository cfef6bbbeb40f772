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
import type { Parts } from './parts';

/** Who ran for real, and how long each part of the tests took. */
export class Ledger {
  readonly #parts: Parts;
  readonly #times: [part: string, ms: number][] = [];

  static create(parts: Parts) {
    return new Ledger(parts);
  }

  private constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Starts the clock of a part; to be stopped once. */
  begin(part: string): () => void {
    const from = performance.now();
    return () => this.#times.push([part, performance.now() - from]);
  }

  /** A line for each program and each part. */
  toString(): string {
    const programs = Object.values(this.#parts).map(part =>
      'missing' in part
        ? `  ${part.name}: not here, ${part.missing}`
        : `  ${part.name} ${part.version}${builtIn(part.seconds)}`,
    );
    const times = this.#times.map(
      ([part, ms]) => `  ${(ms / 1000).toFixed(1).padStart(6)} s  ${part}`,
    );
    return ['Real programs', ...programs, 'Time', ...times].join('\n');
  }
}

function builtIn(seconds: number | undefined): string {
  return seconds === undefined ? '' : `, built in ${seconds} s`;
}
