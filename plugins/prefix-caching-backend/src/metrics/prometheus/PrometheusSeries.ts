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

import pLimit from 'p-limit';
import type {
  Figure,
  Series,
  SeriesReport,
} from 'backstage-plugin-prefix-caching-common';
import type { Target } from 'backstage-plugin-prefix-caching-common/core';
import type { HttpFailure, RequestLimits } from '../../clusters';
import type { VerificationStore } from '../../database';
import { FIGURES } from '../../series/figures';
import { gridOf, type SeriesGrid } from '../../series/seriesGrid';
import type { SeriesSource } from '../../series/SeriesReader';
import { FIGURE_NAMES, figureQuery, type QueryContext } from './figureQueries';
import { PrometheusClient } from './PrometheusClient';
import { patternOfReplicas, selectorOf } from './selectors';
import type { PrometheusSeriesResult, PrometheusServer } from './types';

export interface PrometheusSeriesOptions {
  servers: readonly PrometheusServer[];
  /** Where the names of a target's pods are known from. */
  records: Pick<VerificationStore, 'getRecord'>;
  limits?: RequestLimits;
}

/** Queries under way at once on one server. */
const CONCURRENCY = 4;

/** A rate needs two scrapes in its window, and some may be missed. */
const SCRAPES_PER_WINDOW = 4;

const NO_POD = '^$';

type Lines = Pick<SeriesReport, 'series' | 'gaps'>;

/** Figures over time out of Prometheus, by the field's own PromQL. */
export class PrometheusSeries implements SeriesSource {
  readonly #options: PrometheusSeriesOptions;

  static create(options: PrometheusSeriesOptions) {
    return new PrometheusSeries(options);
  }

  private constructor(options: PrometheusSeriesOptions) {
    this.#options = options;
  }

  serves(cluster: string): boolean {
    return this.#options.servers.some(server => server.cluster === cluster);
  }

  async read(
    target: Target,
    query: Parameters<SeriesSource['read']>[1],
  ): Promise<Lines & { grid: SeriesGrid }> {
    const { limits, records, servers } = this.#options;
    const server = servers.find(({ cluster }) => cluster === target.cluster);
    if (!server) {
      throw new Error(`No Prometheus is known of cluster ${target.cluster}`);
    }
    const grid = gridOf(
      query.range,
      query.step,
      server.scrapeIntervalSeconds * 1000,
    );
    const record = await records.getRecord(target);
    const engines = (record?.engines ?? []).map(({ pod }) => pod);
    const router = record?.router?.pod;
    if (engines.length === 0 && !router) {
      const message = `No pod of ${target.namespace}/${target.name} was seen yet, so that nothing can be asked of Prometheus. Verify it first.`;
      return { series: [], gaps: [{ message }], grid };
    }
    const client = PrometheusClient.create(server, { limits });
    const context: QueryContext = {
      server,
      namespace: target.namespace,
      enginePattern: engines.length ? patternOfReplicas(engines) : NO_POD,
      routerPattern: router ? patternOfReplicas([router]) : NO_POD,
      windowSeconds: Math.max(
        grid.stepMs / 1000,
        SCRAPES_PER_WINDOW * server.scrapeIntervalSeconds,
      ),
    };
    const present = await this.#present(client, context, grid, query.signal);
    const limit = pLimit(CONCURRENCY);
    const lines = await Promise.all(
      query.figures.map(figure =>
        limit(() =>
          readFigure(client, figure, { ...context, present }, grid, query),
        ),
      ),
    );
    return {
      series: lines.flatMap(({ series }) => series),
      gaps: joinGaps(lines.flatMap(({ gaps }) => gaps)),
      grid,
    };
  }

  /** Where a proxy serves no label values, every name is asked for. */
  async #present(
    client: PrometheusClient,
    { server, namespace, enginePattern, routerPattern }: QueryContext,
    grid: SeriesGrid,
    signal?: AbortSignal,
  ): Promise<ReadonlySet<string> | undefined> {
    const selector = selectorOf(server, {
      namespace,
      podPattern: `${enginePattern}|${routerPattern}`,
    });
    const answer = await client.namesOf(
      selector,
      { start: grid.from / 1000, end: grid.to / 1000 },
      signal,
    );
    return answer.ok
      ? new Set(answer.result.filter(name => FIGURE_NAMES.includes(name)))
      : undefined;
  }
}

async function readFigure(
  client: PrometheusClient,
  figure: Figure,
  context: QueryContext,
  grid: SeriesGrid,
  query: { byReplica: boolean; signal?: AbortSignal },
): Promise<Lines> {
  const rule = FIGURES[figure];
  const { target, replica, replicaLabel } = figureQuery(figure, context);
  const wanted = [
    ...(target ? [{ expression: target, label: undefined }] : []),
    ...(replica &&
    (rule.lines === 'replica' || (query.byReplica && rule.lines === 'both'))
      ? [
          {
            expression: replica,
            label: replicaLabel ?? context.server.labels.pod,
          },
        ]
      : []),
  ];
  const times = grid.times.filter(time => time <= grid.to);
  const range = {
    start: times[0] / 1000,
    end: times[times.length - 1] / 1000,
    step: grid.stepMs / 1000,
  };
  const series: Series[] = [];
  for (const { expression, label } of times.length ? wanted : []) {
    const answer = await client.queryRange(expression, range, query.signal);
    if (!answer.ok) {
      return {
        series: [],
        gaps: [{ figure, message: sentenceOf(answer.failure) }],
      };
    }
    for (const result of answer.result) {
      const line = lineOf(figure, result, times, label);
      if (line.points.some(([, value]) => value !== null)) {
        series.push(line);
      }
    }
  }
  return {
    series,
    gaps: series.length
      ? []
      : [
          {
            figure,
            message: `${figure} is not known here: Prometheus ${context.server.url.host} has none of its metrics for these pods in this time.`,
          },
        ],
  };
}

function lineOf(
  figure: Figure,
  { labels, values }: PrometheusSeriesResult,
  times: readonly number[],
  label: string | undefined,
): Series {
  const known = new Map(
    values.map(([time, value]) => [Math.round(time * 1000), value]),
  );
  const pod = label && labels[label]?.replace(/-rank-\d+$/, '');
  return {
    figure,
    ...(pod && { pod }),
    points: times.map(time => {
      const value = known.get(time);
      return [
        time,
        value !== undefined && Number.isFinite(value) ? value : null,
      ];
    }),
  };
}

function sentenceOf({ message, remedy }: HttpFailure): string {
  return remedy ? `${message}. ${remedy}.` : `${message}.`;
}

/** What stands in the way of every figure is said once. */
function joinGaps(gaps: SeriesReport['gaps']): SeriesReport['gaps'] {
  const joined = new Map<string, SeriesReport['gaps'][number]>();
  for (const gap of gaps) {
    joined.set(
      gap.message,
      joined.has(gap.message) ? { message: gap.message } : gap,
    );
  }
  return [...joined.values()];
}
