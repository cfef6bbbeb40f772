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
  SeriesReport,
  TargetReport,
} from 'backstage-plugin-prefix-caching-common';
import { formatMomentLong, formatRatio } from '../../format';
import { useMessages } from '../../hooks/useMessages';
import { lastKnown, quietSince, targetLabel } from '../../model';
import type { ChartFigure, SeriesRow } from '../../model';

/** A chart in a title and some sentences, for those who do not see it. */
export function useChartDescription(
  target: TargetReport,
  series: SeriesReport,
  rows: SeriesRow[],
): { title: string; description: string } {
  const { t } = useMessages();
  const quiet = quietSince(rows, series);
  return {
    title: t('charts.ratioTitle', {
      target: targetLabel(target),
      from: formatMomentLong(Date.parse(series.from)),
      to: formatMomentLong(Date.parse(series.to)),
    }),
    description: [
      t('charts.trend', {
        line: t('charts.delivered'),
        ...trend('delivered-hit-ratio'),
      }),
      t('charts.trend', {
        line: t('charts.predicted'),
        ...trend('predicted-hit-ratio'),
      }),
      ...(quiet
        ? [
            t(quiet.noRequests ? 'charts.noRequests' : 'charts.noSamples', {
              time: formatMomentLong(quiet.time),
            }),
          ]
        : []),
      ...series.events.map(
        ({ at, summary }) => `${formatMomentLong(Date.parse(at))}: ${summary}`,
      ),
    ].join(' '),
  };

  function trend(figure: ChartFigure) {
    const first = rows.find(row => row[figure] !== undefined);
    return {
      first: formatRatio(first?.[figure], 0),
      last: formatRatio(lastKnown(rows, figure)?.value, 0),
    };
  }
}
