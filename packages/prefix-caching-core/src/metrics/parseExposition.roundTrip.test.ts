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

import fc from 'fast-check';
import { Counter, Gauge, Histogram, Registry, Summary } from 'prom-client';
import type {
  OpenMetricsContentType,
  PrometheusContentType,
} from 'prom-client';
import { parseExposition } from './index';

type Format = PrometheusContentType | OpenMetricsContentType;

const FORMATS: [string, Format][] = [
  ['Prometheus text', Registry.PROMETHEUS_CONTENT_TYPE],
  ['OpenMetrics', Registry.OPENMETRICS_CONTENT_TYPE],
];

const value = fc.oneof(
  fc.double({ noNaN: true, min: 0, max: 1e300 }),
  fc.nat(),
);
const labelled = fc.array(
  fc.tuple(fc.string({ unit: 'binary', maxLength: 8 }), value),
  { maxLength: 5 },
);

/** The value that a sample of that name and label has. */
function find(
  families: ReturnType<typeof parseExposition>,
  name: string,
  labels: Record<string, string> = {},
): number | undefined {
  return families
    .flatMap(({ samples }) => samples)
    .find(
      each =>
        each.name === name &&
        Object.entries(labels).every(
          ([key, text]) => each.labels[key] === text,
        ),
    )?.value;
}

describe('what prom-client writes, parseExposition reads', () => {
  it.each(FORMATS)('as %s, whatever values and labels', async (_, format) => {
    await fc.assert(
      fc.asyncProperty(labelled, labelled, async (counts, levels) => {
        const registry = new Registry<Format>();
        registry.setContentType(format);
        const registers = [registry];
        const counter = new Counter({
          name: 'made_total',
          help: 'A \\ and a "quote".',
          labelNames: ['of'],
          registers,
        });
        const gauge = new Gauge({
          name: 'level',
          help: 'Two\nlines.',
          labelNames: ['of'],
          registers,
        });
        for (const [of, amount] of counts) counter.inc({ of }, amount);
        for (const [of, amount] of levels) gauge.set({ of }, amount);

        const text = await registry.metrics();
        const families = parseExposition(text);
        const made = families.find(each => each.name.startsWith('made'));
        expect(made).toMatchObject({ type: 'counter' });
        for (const { name, values } of await registry.getMetricsAsJSON()) {
          for (const each of values) {
            const labels = { of: String(each.labels.of) };
            // In OpenMetrics prom-client names the family without `_total`.
            const read =
              find(families, name, labels) ??
              find(families, `${name}_total`, labels);
            expect(read).toBe(each.value);
          }
        }
        const samples = families.flatMap(each => each.samples);
        expect(samples).toHaveLength(
          new Set(counts.map(([of]) => of)).size +
            new Set(levels.map(([of]) => of)).size,
        );
      }),
      { numRuns: 100, seed: 20261122 },
    );
  });

  it.each(FORMATS)('as %s, histograms and summaries', async (_, format) => {
    const registry = new Registry<Format>();
    registry.setContentType(format);
    const registers = [registry];
    const histogram = new Histogram({
      name: 'took_seconds',
      help: 'How long.',
      buckets: [0.1, 1, 10],
      registers,
    });
    const summary = new Summary({ name: 'size', help: 'How big.', registers });
    for (const each of [0.05, 0.5, 5, 50]) {
      histogram.observe(each);
      summary.observe(each);
    }
    const families = parseExposition(await registry.metrics(), {
      requireFinalNewline: true,
    });
    expect(families.map(({ name, type }) => [name, type])).toEqual([
      ['took_seconds', 'histogram'],
      ['size', 'summary'],
    ]);
    const bucket = (le: string) =>
      find(families, 'took_seconds_bucket', { le });
    expect(['0.1', '1', '10', '+Inf'].map(bucket)).toEqual([1, 2, 3, 4]);
    expect(find(families, 'took_seconds_sum')).toBe(55.55);
    expect(find(families, 'took_seconds_count')).toBe(4);
    expect(find(families, 'size_count')).toBe(4);
    expect(find(families, 'size', { quantile: '0.5' })).toBeCloseTo(2.75);
  });

  it('as OpenMetrics, with exemplars', async () => {
    const registry = new Registry<OpenMetricsContentType>();
    registry.setContentType(Registry.OPENMETRICS_CONTENT_TYPE);
    const counter = new Counter<'of' | 'trace_id'>({
      name: 'made_total',
      help: 'Made.',
      labelNames: ['of'],
      enableExemplars: true,
      registers: [registry],
    });
    counter.inc({
      labels: { of: 'a } # {' },
      value: 3,
      exemplarLabels: { trace_id: 'x"} 9' },
    });
    const families = parseExposition(await registry.metrics());
    expect(families).toMatchObject([
      {
        name: 'made',
        type: 'counter',
        samples: [{ name: 'made_total', labels: { of: 'a } # {' }, value: 3 }],
      },
    ]);
  });
});
