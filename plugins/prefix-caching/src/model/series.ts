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

import type {
  Figure,
  SeriesReport,
} from 'backstage-plugin-prefix-caching-common';

/** The figures that the charts of a target show. */
export const CHART_FIGURES = [
  'predicted-hit-ratio',
  'delivered-hit-ratio',
  'request-rate',
  'time-to-first-token-p50',
  'time-to-first-token-p95',
] as const satisfies readonly Figure[];

/** A figure of the charts. */
export type ChartFigure = (typeof CHART_FIGURES)[number];

/** What is known of one step; a figure that is not known is left out. */
export type SeriesRow = { time: number } & Partial<Record<ChartFigure, number>>;

/** How far a step may be late before it counts as missing. */
const LATE = 1.5;

/**
 * The lines of a report as rows, oldest first.
 *
 * Where steps are missing, one row without figures stands for them, so that
 * no chart draws a line over a gap.
 */
export function seriesRows(report: SeriesReport): SeriesRow[] {
  const rows = new Map<number, SeriesRow>();
  for (const { figure, pod, points } of report.series) {
    if (pod === undefined && isChartFigure(figure)) {
      for (const [time, value] of points) {
        const row = rows.get(time) ?? { time };
        rows.set(time, row);
        if (value !== null) {
          row[figure] = value;
        }
      }
    }
  }
  const step = report.stepSeconds * 1000;
  const known = [...rows.values()].sort((a, b) => a.time - b.time);
  return known.flatMap((row, index) => {
    const next = known[index + 1];
    return next !== undefined && next.time - row.time > step * LATE
      ? [row, { time: row.time + step }]
      : [row];
  });
}

function isChartFigure(figure: Figure): figure is ChartFigure {
  return CHART_FIGURES.some(each => each === figure);
}

/** The last row in which a figure is known. */
export function lastKnown(
  rows: SeriesRow[],
  figure: ChartFigure,
): { time: number; value: number } | undefined {
  for (let at = rows.length - 1; at >= 0; at--) {
    const value = rows[at][figure];
    if (value !== undefined) {
      return { time: rows[at].time, value };
    }
  }
  return undefined;
}

/** The greatest value of some figures. */
export function greatest(
  rows: SeriesRow[],
  figures: readonly ChartFigure[],
): number | undefined {
  const values = rows.flatMap(row =>
    figures.flatMap(figure => row[figure] ?? []),
  );
  return values.length === 0 ? undefined : Math.max(...values);
}

/**
 * Since when no figure is known any more, and whether that is for want of
 * requests; undefined while one is.
 */
export function quietSince(
  rows: SeriesRow[],
  report: Pick<SeriesReport, 'to' | 'stepSeconds'>,
): { time: number; noRequests: boolean } | undefined {
  const ends = (['predicted-hit-ratio', 'delivered-hit-ratio'] as const)
    .map(figure => lastKnown(rows, figure)?.time)
    .filter((time): time is number => time !== undefined);
  const time = ends.length === 0 ? rows[0]?.time : Math.max(...ends);
  if (
    time === undefined ||
    Date.parse(report.to) - time <= report.stepSeconds * 1000 * 2
  ) {
    return undefined;
  }
  const rates = rows
    .filter(row => row.time > time)
    .flatMap(row => row['request-rate'] ?? []);
  return {
    time,
    noRequests: rates.length > 0 && rates.every(rate => rate === 0),
  };
}

/** At most so many rows: of each bucket what was last known in it. */
export function bucketRows(rows: SeriesRow[], most: number): SeriesRow[] {
  const known = rows.filter(row => Object.keys(row).length > 1);
  const size = Math.ceil(known.length / most);
  const buckets: SeriesRow[] = [];
  for (let at = 0; at < known.length; at += size) {
    buckets.push(Object.assign({}, ...known.slice(at, at + size)));
  }
  return buckets;
}
