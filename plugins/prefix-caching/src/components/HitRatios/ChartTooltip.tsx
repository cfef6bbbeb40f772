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

import Paper from '@material-ui/core/Paper';
import { formatLatency, formatMomentLong, formatRatio } from '../../format';
import { useMessages } from '../../hooks/useMessages';
import type { ChartFigure, SeriesRow } from '../../model';

/** What is known of the time under the pointer; the table form says the same. */
export function ChartTooltip(props: {
  row?: SeriesRow;
  figures: Exclude<ChartFigure, 'request-rate'>[];
}) {
  const { row, figures } = props;
  const { t } = useMessages();
  return row === undefined ? null : (
    <Paper elevation={3} style={{ fontSize: 12, padding: '4px 8px' }}>
      <div>{formatMomentLong(row.time)}</div>
      {figures.map(figure => (
        <div key={figure}>
          {t(`series.${figure}`)}{' '}
          <b>
            {row[figure] === undefined
              ? t('value.noSamples')
              : format(figure, row[figure])}
          </b>
        </div>
      ))}
    </Paper>
  );
}

function format(figure: ChartFigure, value?: number): string {
  return figure.endsWith('ratio') ? formatRatio(value) : formatLatency(value);
}
