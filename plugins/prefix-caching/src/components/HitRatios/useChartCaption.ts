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

import type { SeriesAnswer } from '../../hooks/useSeries';
import { formatDay, formatDuration, timeZone } from '../../format';
import { useMessages } from '../../hooks/useMessages';

/** What a point of the charts is, of which day and zone, and where it was kept. */
export function useChartCaption(answers: SeriesAnswer[]): string {
  const { t } = useMessages();
  const series = answers.find(answer => answer.series)?.series;
  return series === undefined
    ? t('charts.captionNone')
    : t('charts.caption', {
        step: formatDuration(series.stepSeconds * 1000),
        day: formatDay(Date.parse(series.to)),
        zone: timeZone(),
        source: t(`charts.source.${series.source}`),
      });
}
