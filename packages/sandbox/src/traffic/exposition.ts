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

type Labels = Record<string, string>;

/** A cumulative histogram over fixed upper bounds. */
export class Histogram {
  readonly bounds: number[];
  readonly buckets: number[];
  count = 0;
  sum = 0;

  constructor(bounds: number[]) {
    this.bounds = bounds;
    this.buckets = bounds.map(() => 0);
  }

  observe(value: number): void {
    this.count += 1;
    this.sum += value;
    this.bounds.forEach((bound, index) => {
      if (value <= bound) this.buckets[index] += 1;
    });
  }
}

/** A page in the Prometheus text format. */
export class MetricsPage {
  readonly #lines: string[] = [];
  readonly #format: (value: number) => string;

  /** `python` writes whole numbers as `1.0`, as vLLM's client does; `go` as `1`. */
  constructor(style: 'python' | 'go') {
    this.#format =
      style === 'python'
        ? value => (Number.isInteger(value) ? value.toFixed(1) : `${value}`)
        : value => `${value}`;
  }

  /** One family; writes nothing without samples, as a client library of vectors does. */
  family(
    name: string,
    type: 'counter' | 'gauge',
    help: string,
    samples: [Labels, number][],
  ): void {
    if (samples.length === 0) return;
    this.#head(name, type, help);
    for (const [labels, value] of samples) this.#sample(name, labels, value);
  }

  histogram(
    name: string,
    help: string,
    series: [Labels, Histogram | undefined][],
  ): void {
    const present = series.flatMap(([labels, histogram]) =>
      histogram ? [{ labels, histogram }] : [],
    );
    if (present.length === 0) return;
    this.#head(name, 'histogram', help);
    for (const { labels, histogram } of present) {
      histogram.bounds.forEach((bound, index) => {
        const le = this.#format(bound);
        this.#sample(
          `${name}_bucket`,
          { ...labels, le },
          histogram.buckets[index],
        );
      });
      this.#sample(
        `${name}_bucket`,
        { ...labels, le: '+Inf' },
        histogram.count,
      );
      this.#sample(`${name}_sum`, labels, histogram.sum);
      this.#sample(`${name}_count`, labels, histogram.count);
    }
  }

  toString(): string {
    return `${this.#lines.join('\n')}\n`;
  }

  #head(name: string, type: string, help: string) {
    this.#lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`);
  }

  #sample(name: string, labels: Labels, value: number) {
    const pairs = Object.entries(labels)
      .map(([key, text]) => `${key}=${JSON.stringify(text)}`)
      .join(',');
    const suffix = pairs ? `{${pairs}}` : '';
    this.#lines.push(`${name}${suffix} ${this.#format(value)}`);
  }
}
