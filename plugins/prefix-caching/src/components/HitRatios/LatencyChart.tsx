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

import { ComposedChart, Line, Tooltip, XAxis, YAxis } from 'recharts';
import Typography from '@material-ui/core/Typography';
import { formatLatency, formatScore } from '../../format';
import { useMessages } from '../../hooks/useMessages';
import { lastKnown, targetLabel } from '../../model';
import { ChartTooltip } from './ChartTooltip';
import { LATENCY_HEIGHT, LEFT, plotOf, RIGHT } from './geometry';
import { LineEnds } from './LineEnds';
import type { ChartProps } from './types';
import { useChartColors } from './useChartColors';

const TOP = 10;
const BOTTOM = 10;

/** Time to first token under the ratios, over the same time. */
export function LatencyChart(props: ChartProps & { slowest: number }) {
  const { target, series, rows, width, slowest } = props;
  const { t } = useMessages();
  const colors = useChartColors();
  const from = Date.parse(series.from);
  const to = Date.parse(series.to);
  const plot = plotOf({
    width,
    top: TOP,
    bottom: LATENCY_HEIGHT - BOTTOM,
    from,
    to,
  });
  const latest = (figure: 'p50' | 'p95') =>
    formatLatency(lastKnown(rows, `time-to-first-token-${figure}`)?.value);
  const title = t('charts.latencyTitle', { target: targetLabel(target) });
  return (
    <>
      <Typography variant="caption" display="block">
        {t('charts.latency')}
      </Typography>
      <ComposedChart
        width={width}
        height={LATENCY_HEIGHT}
        data={rows}
        margin={{ top: TOP, right: RIGHT, bottom: BOTTOM, left: 0 }}
        role="img"
        aria-label={title}
        title={title}
        desc={t('charts.latencyDescription', {
          p50: latest('p50'),
          p95: latest('p95'),
        })}
      >
        <XAxis
          dataKey="time"
          type="number"
          domain={[from, to]}
          hide
          allowDataOverflow
        />
        <YAxis
          domain={[0, slowest]}
          ticks={[0, slowest / 2, slowest]}
          tickFormatter={formatScore}
          tick={{ fill: colors.subtle, fontSize: 12 }}
          width={LEFT}
          tickLine={false}
          axisLine={{ stroke: colors.grid }}
        />
        <Line
          dataKey="time-to-first-token-p95"
          stroke={colors.quiet}
          strokeWidth={1.5}
          dot={false}
          isAnimationActive={false}
        />
        <Line
          dataKey="time-to-first-token-p50"
          stroke={colors.delivered}
          strokeWidth={2}
          dot={false}
          isAnimationActive={false}
        />
        <g>
          <LineEnds
            plot={plot}
            rows={rows}
            series={series}
            domain={slowest}
            lines={[
              {
                figure: 'time-to-first-token-p95',
                name: 'P95',
                color: colors.subtle,
              },
              {
                figure: 'time-to-first-token-p50',
                name: 'P50',
                color: colors.delivered,
              },
            ]}
            format={formatLatency}
            marks={[]}
          />
        </g>
        <Tooltip
          isAnimationActive={false}
          content={({ active, payload }) => (
            <ChartTooltip
              row={active ? payload?.[0]?.payload : undefined}
              figures={['time-to-first-token-p50', 'time-to-first-token-p95']}
            />
          )}
        />
      </ComposedChart>
    </>
  );
}
