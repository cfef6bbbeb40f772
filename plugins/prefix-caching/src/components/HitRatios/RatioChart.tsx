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

import {
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceLine,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { formatRatio, formatTick } from '../../format';
import { useMessages } from '../../hooks/useMessages';
import { useThresholds } from '../../hooks/useThresholds';
import { roundTicks, verdictStretches } from '../../model';
import { ChartTooltip } from './ChartTooltip';
import { EventRail } from './EventRail';
import {
  AXIS_HEIGHT,
  LEFT,
  plotOf,
  RAIL,
  RATIO_HEIGHT,
  RIGHT,
} from './geometry';
import { LineEnds } from './LineEnds';
import { QuietRegion } from './QuietRegion';
import type { ChartProps } from './types';
import { useChartColors } from './useChartColors';
import { useChartDescription } from './useChartDescription';
import { VerdictBand } from './VerdictBand';

const TICK_MARGIN = 20;

/** Predicted against delivered, with what happened over it and the verdict under it. */
export function RatioChart(props: ChartProps) {
  const { target, series, rows, range, width } = props;
  const { t } = useMessages();
  const colors = useChartColors();
  const { poor, good } = useThresholds();
  const { title, description } = useChartDescription(target, series, rows);
  const from = Date.parse(series.from);
  const to = Date.parse(series.to);
  const plot = plotOf({
    width,
    top: RAIL,
    bottom: RATIO_HEIGHT - AXIS_HEIGHT,
    from,
    to,
  });
  const tick = { fill: colors.subtle, fontSize: 12 };
  return (
    <ComposedChart
      width={width}
      height={RATIO_HEIGHT}
      data={rows}
      margin={{ top: RAIL, right: RIGHT, bottom: 0, left: 0 }}
      role="img"
      aria-label={title}
      title={title}
      desc={description}
    >
      <CartesianGrid stroke={colors.grid} vertical={false} />
      <XAxis
        dataKey="time"
        type="number"
        scale="linear"
        domain={[from, to]}
        ticks={roundTicks(range, from, to)}
        tickFormatter={time => formatTick(time, range === '7d')}
        tick={tick}
        tickMargin={TICK_MARGIN}
        height={AXIS_HEIGHT}
        stroke={colors.quiet}
        allowDataOverflow
      />
      <YAxis
        domain={[0, 1]}
        ticks={[0, poor, good, 1]}
        tickFormatter={ratio => formatRatio(ratio, 0)}
        tick={tick}
        width={LEFT}
        tickLine={false}
        axisLine={false}
        allowDataOverflow
      />
      <ReferenceLine y={poor} stroke={colors.quiet} strokeDasharray="2 3" />
      <ReferenceLine y={good} stroke={colors.quiet} strokeDasharray="2 3" />
      {/* The library passes over what is neither its own nor of SVG. */}
      <g>
        <QuietRegion plot={plot} series={series} rows={rows} />
      </g>
      <Line
        dataKey="predicted-hit-ratio"
        stroke={colors.predicted}
        strokeWidth={2}
        strokeDasharray="5 3"
        dot={false}
        isAnimationActive={false}
      />
      <Line
        dataKey="delivered-hit-ratio"
        stroke={colors.delivered}
        strokeWidth={2.5}
        dot={false}
        isAnimationActive={false}
      />
      <g>
        <LineEnds
          plot={plot}
          rows={rows}
          series={series}
          domain={1}
          lines={[
            {
              figure: 'predicted-hit-ratio',
              name: t('charts.predicted'),
              color: colors.predicted,
            },
            {
              figure: 'delivered-hit-ratio',
              name: t('charts.delivered'),
              color: colors.delivered,
            },
          ]}
          format={ratio => formatRatio(ratio, 0)}
          marks={[
            {
              value: good,
              name: t('charts.good', {
                ratio: formatRatio(good, 0),
              }),
            },
            {
              value: poor,
              name: t('charts.poor', {
                ratio: formatRatio(poor, 0),
              }),
            },
          ]}
        />
        <EventRail plot={plot} events={series.events} />
        <VerdictBand plot={plot} stretches={verdictStretches(target, series)} />
      </g>
      <Tooltip
        isAnimationActive={false}
        content={({ active, payload }) => (
          <ChartTooltip
            row={active ? payload?.[0]?.payload : undefined}
            figures={['predicted-hit-ratio', 'delivered-hit-ratio']}
          />
        )}
      />
    </ComposedChart>
  );
}
