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
  Series,
  SeriesReport,
} from 'backstage-plugin-prefix-caching-common';
import { FIGURES } from './figures';
import type { SeriesGrid } from './seriesGrid';
import type { Amounts, SeriesWindow } from './types';

/** Lines of a chart; replicas beyond it are left out, and a gap says so. */
const MAX_REPLICAS = 50;

/**
 * The lines of a chart.
 *
 * A step in which no window ended is `null`, unless the whole of it lies within
 * the window that ended in the next one: then that was measured over it, too.
 */
export function linesOf(options: {
  windows: readonly SeriesWindow[];
  grid: SeriesGrid;
  figures: readonly Figure[];
  byReplica: boolean;
}): Pick<SeriesReport, 'series' | 'gaps'> {
  const { windows, grid, figures, byReplica } = options;
  const lines = stepsByPod(windows, grid);
  const whole = lines.get('') ?? new Map<number, Amounts>();
  const pods = [...lines.keys()].filter(pod => pod !== '').sort();
  const shown = pods.slice(0, MAX_REPLICAS);
  const times = shownTimes(grid, whole);
  const series: Series[] = [];
  const gaps: SeriesReport['gaps'] = [];

  for (const figure of figures) {
    const rule = FIGURES[figure];
    const line = (pod: string): Series => ({
      figure,
      ...(pod && { pod }),
      points: times.map(time => {
        const amounts = lines.get(pod)?.get(time);
        return [
          time,
          (amounts && rule.of(amounts, whole.get(time) ?? {})) ?? null,
        ];
      }),
    });
    const wanted = [
      ...(rule.lines === 'replica' ? [] : [line('')]),
      ...(rule.lines === 'replica' || (byReplica && rule.lines === 'both')
        ? shown.map(line)
        : []),
    ];
    const known = wanted.filter(({ points }) =>
      points.some(([, value]) => value !== null),
    );
    series.push(...known);
    if (known.length === 0) {
      gaps.push({
        figure,
        message: `${figure} is not known here: ${
          lines.size === 0
            ? 'no samples were kept of this target in this time'
            : rule.missing
        }.`,
      });
    }
  }
  if (byReplica && pods.length > shown.length) {
    gaps.push({
      message: `${pods.length} replicas were there in this time; the first ${shown.length} by name are drawn. Choose a shorter range to see others.`,
    });
  }
  return { series, gaps };
}

/** By pod and end of step. */
function stepsByPod(
  windows: readonly SeriesWindow[],
  { stepMs }: SeriesGrid,
): Map<string, Map<number, Amounts>> {
  const lines = new Map<string, Map<number, Amounts>>();
  for (const { pod, endedAt, amounts } of windows) {
    const line = lines.get(pod) ?? new Map<number, Amounts>();
    lines.set(pod, line.set(endedAt, amounts));
  }
  for (const { pod, startedAt, endedAt, amounts } of windows) {
    const before = endedAt - stepMs;
    const line = lines.get(pod);
    if (line && !line.has(before) && startedAt <= before - stepMs / 2) {
      line.set(before, amounts);
    }
  }
  return lines;
}

/** The step that is under way is shown once it has a window. */
function shownTimes(
  { times, to }: SeriesGrid,
  whole: ReadonlyMap<number, Amounts>,
): number[] {
  const last = times[times.length - 1];
  return last > to && !whole.has(last) ? times.slice(0, -1) : times;
}
