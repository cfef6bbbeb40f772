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

import { currentName } from './metricAliases';
import type { MetricFamily, MetricSample } from './types';

/**
 * The samples of a scrape by name. Of metrics that one figure has had over the
 * years, the first that is present is used, and twins are never added up.
 */
export class SampleIndex {
  readonly #samples = new Map<string, MetricSample[]>();

  static create(families: readonly MetricFamily[]): SampleIndex {
    const index = new SampleIndex();
    for (const { samples } of families) {
      for (const sample of samples) {
        // NaN is how an exporter says that there is no value.
        if (Number.isFinite(sample.value)) index.#add(sample);
      }
    }
    index.#resolveAliases();
    return index;
  }

  /** Whether a sample's name begins with the prefix. */
  has(prefix: string): boolean {
    for (const name of this.#samples.keys()) {
      if (name.startsWith(prefix)) return true;
    }
    return false;
  }

  /** The samples of the first of these names that is present. */
  first(names: readonly string[]): readonly MetricSample[] {
    for (const name of names) {
      const samples = this.#samples.get(name);
      if (samples) return samples;
    }
    return [];
  }

  /** The sum over all label sets; `undefined` when there is none. */
  sum(names: readonly string[]): number | undefined {
    const samples = this.first(names);
    return samples.length ? total(samples) : undefined;
  }

  /** The mean over all label sets; `undefined` when there is none. */
  mean(names: readonly string[]): number | undefined {
    const samples = this.first(names);
    return samples.length ? total(samples) / samples.length : undefined;
  }

  #add(sample: MetricSample): void {
    const samples = this.#samples.get(sample.name);
    if (samples) samples.push(sample);
    else this.#samples.set(sample.name, [sample]);
  }

  /** A metric that is also there under its own name stays as it is. */
  #resolveAliases(): void {
    for (const [name, samples] of [...this.#samples]) {
      const current = currentName(name);
      if (current === name) continue;
      this.#samples.delete(name);
      if (!this.#samples.has(current)) this.#samples.set(current, samples);
    }
  }
}

/** Sums by key, as a record that is safe for keys such as `constructor`. */
export function sumBy(
  samples: readonly MetricSample[],
  keyOf: (sample: MetricSample) => string | undefined,
): Record<string, number> {
  const sums = new Map<string, number>();
  for (const sample of samples) {
    const key = keyOf(sample);
    if (key) sums.set(key, (sums.get(key) ?? 0) + sample.value);
  }
  return Object.fromEntries(sums);
}

function total(samples: readonly MetricSample[]): number {
  return samples.reduce((sum, sample) => sum + sample.value, 0);
}
