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
import { formatTick } from '../../format';
import { useMessages } from '../../hooks/useMessages';
import { quietSince } from '../../model';
import type { SeriesRow } from '../../model';
import type { Plot } from './geometry';
import { useChartColors } from './useChartColors';

/** Shades the time in which there is nothing to draw, and says why. */
export function QuietRegion(props: {
  plot: Plot;
  series: SeriesReport;
  rows: SeriesRow[];
}) {
  const { plot, series, rows } = props;
  const { t } = useMessages();
  const colors = useChartColors();
  const quiet = quietSince(rows, series);
  if (quiet === undefined) {
    return null;
  }
  const x = plot.x(quiet.time);
  const time = formatTick(quiet.time, false);
  return (
    <g fontSize={12}>
      <rect
        x={x}
        y={plot.top}
        width={plot.right - x}
        height={plot.bottom - plot.top}
        fill={colors.shade}
      />
      <text
        x={(x + plot.right) / 2}
        y={(plot.top + plot.bottom) / 2}
        textAnchor="middle"
        fill={colors.subtle}
        fontWeight={700}
      >
        {quiet.noRequests
          ? t('charts.noRequests', { time })
          : t('charts.noSamples', { time })}
      </text>
    </g>
  );
}
