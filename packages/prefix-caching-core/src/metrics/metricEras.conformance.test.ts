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

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  parseExposition,
  readRouterMetrics,
  type RouterEra,
  type RouterMetrics,
} from './index';
import {
  conformanceFile,
  describeConformance,
} from './__testUtils__/otherParser';

/** For each era the table of metrics of one of its versions. */
const ERAS: [era: RouterEra, table: string][] = [
  ['A', 'm-gaie-v0.5.1.tsv'],
  ['B', 'm-gaie-v1.0.2.tsv'],
  ['C', 'm-gaie-v1.2.1.tsv'],
  ['D', 'm-gaie-v1.4.0.tsv'],
  ['E', 'm-gaie-v1.5.0.tsv'],
  ['F', 'm-router-v0.9.0.tsv'],
  ['G', 'm-router-v0.10.0.tsv'],
];

const FIGURES: [figure: string, of: (metrics: RouterMetrics) => unknown][] = [
  ['predicted hit ratio', metrics => metrics.predictedHitRatio],
  ['index size', metrics => metrics.indexSize],
  ['requests', metrics => metrics.requests],
  ['errors', metrics => metrics.errors],
  ['prompt tokens', metrics => metrics.inputTokens],
  ['cached prompt tokens, as engines report them', m => m.cachedTokens],
  ['time to first token', metrics => metrics.timeToFirstToken],
  ['the same, streaming alone', m => m.timeToFirstTokenStreaming],
  ['scheduler latency', metrics => metrics.schedulerLatency],
  ['ready endpoints', metrics => metrics.readyEndpoints],
  ['average queue', metrics => metrics.averageQueue],
  ['average running', metrics => metrics.averageRunning],
  ['average KV usage', metrics => metrics.averageKvUsage],
  ['queue per replica', metrics => keys(metrics.queueByEndpoint)],
  ['picks per replica', metrics => keys(metrics.picksByEndpoint)],
  ['in flight per replica', metrics => keys(metrics.inflightByEndpoint)],
  ['scorers that ran', metrics => metrics.scorers[0]],
];

function keys(record: Record<string, number> | undefined): string | undefined {
  return Object.keys(record ?? {})[0];
}

/** What the labels of a row stand for in an exposition. */
function labelsOf(name: string, cells: string, era: RouterEra): string {
  const labels: Record<string, string> = {};
  const names = (cells.match(/(?<=")\w+(?=")/g) ?? []).filter(
    label => label !== 'success' && label !== 'failure',
  );
  for (const label of names) labels[label] = 'x';
  if (/\bendpointLabels/.test(cells)) labels.pod_name = 'pod';
  if (/llmdEndpointLabels/.test(cells)) labels.endpoint_name = 'pod';
  if (/Streaming/.test(cells)) labels.streaming = 'true';
  if ('status' in labels) labels.status = 'success';
  if (/per_pod/.test(name)) return '{model_server_pod="pod-rank-0"}';
  if (/per_endpoint/.test(name)) return '{model_server_endpoint="pod-rank-0"}';
  if ('plugin_type' in labels && /plugin_duration/.test(name)) {
    labels[era === 'A' ? 'plugin_name' : 'plugin_type'] = 'prefix-cache-scorer';
    labels[era === 'A' ? 'plugin_type' : 'extension_point'] = 'Scorer';
  }
  return `{${Object.entries(labels).map(([key, each]) => `${key}="${each}"`)}}`;
}

/** A picker of that era that has served one request. */
function expositionOf(era: RouterEra, table: string): string {
  const lines = conformanceFile('name-tables', table).trim().split('\n');
  return lines
    .map(line => line.split('\t'))
    .filter(([name]) => /^(?!bbr_)\w+$/.test(name))
    .map(([name, type, cells = '']) => {
      const labels = labelsOf(name, cells, era);
      const withBound = (le: string) =>
        labels.replace('}', `${labels === '{}' ? '' : ','}le="${le}"}`);
      return type === 'Histogram'
        ? [
            `# TYPE ${name} histogram`,
            `${name}_bucket${withBound('1')} 1`,
            `${name}_bucket${withBound('+Inf')} 1`,
            `${name}_sum${labels} 1`,
            `${name}_count${labels} 1`,
          ].join('\n')
        : `# TYPE ${name} ${
            type === 'Counter' ? 'counter' : 'gauge'
          }\n${name}${labels} 1`;
    })
    .join('\n')
    .concat('\n');
}

function rowOf(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

describeConformance('the eras of pickers', () => {
  const metricsOf = ERAS.map(
    ([era, table]) =>
      [
        era,
        readRouterMetrics(parseExposition(expositionOf(era, table))),
      ] as const,
  );

  it('are told apart by their metrics', () => {
    expect(metricsOf.map(([, { era }]) => era)).toEqual(
      ERAS.map(([era]) => era),
    );
  });

  it('give the figures that docs/metrics.md says', () => {
    const rows = FIGURES.map(([figure, of]) =>
      rowOf([
        figure,
        ...metricsOf.map(([, metrics]) =>
          of(metrics) === undefined ? '–' : 'yes',
        ),
      ]),
    );
    const documented = readFileSync(
      resolve(__dirname, '../../../../docs/metrics.md'),
      'utf8',
    )
      .split('\n')
      .filter(line => /\| (?:yes|–) +\|/.test(line))
      .map(line => line.replace(/ +\|/g, ' |'));
    expect(documented).toEqual(rows);
  });

  it('count nothing twice, whatever twins an era has', () => {
    for (const [, metrics] of metricsOf) {
      expect(metrics).toMatchObject({
        requests: 1,
        readyEndpoints: 1,
        indexSize: 1,
        queueByEndpoint: { pod: 1 },
        predictedHitRatio: { count: 1 },
        scorers: ['prefix-cache-scorer'],
      });
    }
  });
});
