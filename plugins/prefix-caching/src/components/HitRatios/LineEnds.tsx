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

import type { SeriesReport } from 'backstage-plugin-prefix-caching-common';
import { useMessages } from '../../hooks/useMessages';
import { lastKnown } from '../../model';
import type { ChartFigure, SeriesRow } from '../../model';
import { spread } from './geometry';
import type { Plot } from './geometry';
import { useChartColors } from './useChartColors';

/** From one label's line to the next one's. */
const LINE_HEIGHT = 13;
const RING = 4;

interface NamedLine {
  figure: ChartFigure;
  name: string;
  color: string;
}

/**
 * Names lines at their ends, with their last values, and the marks of the
 * scale beside them; a hollow ring where a line ends before the others do.
 */
export function LineEnds(props: {
  plot: Plot;
  rows: SeriesRow[];
  series: Pick<SeriesReport, 'to' | 'stepSeconds'>;
  /** The value at the top of the plot; that at its bottom is 0. */
  domain: number;
  lines: NamedLine[];
  marks: { value: number; name: string }[];
  format(value: number): string;
}) {
  const { plot, rows, series, domain, format } = props;
  const { t } = useMessages();
  const colors = useChartColors();
  const y = (value: number) =>
    plot.bottom - (plot.bottom - plot.top) * Math.min(1, value / domain);
  const lines = props.lines.flatMap(line => {
    const last = lastKnown(rows, line.figure);
    const late =
      last && Date.parse(series.to) - last.time > series.stepSeconds * 2 * 1000;
    return last ? [{ ...line, ...last, late }] : [];
  });
  // Where all end together, the shaded region says why.
  const alone = lines.some(({ late }) => !late);
  const labels = [
    ...lines
      .filter(({ late }) => !late)
      .map(({ name, value, color }) => ({
        text: `${name} ${format(value)}`,
        value,
        color,
        bold: true,
      })),
    ...props.marks.map(({ name, value }) => ({
      text: name,
      value,
      color: colors.subtle,
      bold: false,
    })),
  ];
  const places = spread(
    labels.map(({ value }) => y(value) + RING),
    LINE_HEIGHT,
  );
  return (
    <g fontSize={12}>
      {lines
        .filter(({ late }) => late)
        .map(({ figure, name, time, value, color }) => (
          <g key={figure}>
            <circle
              cx={plot.x(time)}
              cy={y(value)}
              r={RING}
              fill={colors.paper}
              stroke={color}
              strokeWidth={1.5}
            />
            {alone && (
              <text
                x={plot.x(time) + 2 * RING}
                y={y(value) - 2 * RING}
                fill={color}
              >
                {t('charts.ends', { line: name })}
              </text>
            )}
          </g>
        ))}
      {labels.map(({ text, color, bold }, index) => (
        <text
          key={text}
          x={plot.right + RING}
          y={places[index]}
          fill={color}
          fontWeight={bold ? 700 : 400}
        >
          {text}
        </text>
      ))}
    </g>
  );
}
