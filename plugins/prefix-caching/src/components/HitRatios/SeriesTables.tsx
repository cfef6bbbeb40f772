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

import Typography from '@material-ui/core/Typography';
import type { EntityReport } from 'backstage-plugin-prefix-caching-common';
import { useMessages } from '../../hooks/useMessages';
import type { SeriesAnswer } from '../../hooks/useSeries';
import {
  seriesCsv,
  seriesRows,
  targetLabel,
  verdictStretches,
} from '../../model';
import { CopyButton } from '../CopyButton';
import { ScrollArea } from '../ScrollArea';
import { SeriesTable } from './SeriesTable';

/** The charts' figures as tables, to be read line by line or copied. */
export function SeriesTables(props: {
  report: EntityReport;
  answers: Record<string, SeriesAnswer>;
}) {
  const { t } = useMessages();
  return (
    <>
      {props.report.targets.map(target => {
        const { series, error } = props.answers[target.targetId] ?? {};
        if (series === undefined) {
          return (
            <Typography
              key={target.targetId}
              variant="body2"
              role={error && 'alert'}
            >
              {error
                ? t('charts.failed', { message: error.message })
                : t('charts.loading')}
            </Typography>
          );
        }
        const rows = seriesRows(series);
        const stretches = verdictStretches(target, series);
        return (
          <div key={target.targetId}>
            <ScrollArea name={targetLabel(target)}>
              <SeriesTable
                target={target}
                rows={rows}
                stretches={stretches}
                events={series.events}
              />
            </ScrollArea>
            <CopyButton
              text={() => seriesCsv(rows, stretches, series.events)}
              variant="text"
            >
              {t('charts.copyCsv', { target: targetLabel(target) })}
            </CopyButton>
          </div>
        );
      })}
    </>
  );
}
