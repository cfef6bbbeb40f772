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

import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import type {
  TargetEvent,
  TargetReport,
} from 'backstage-plugin-prefix-caching-common';
import {
  formatLatency,
  formatMomentLong,
  formatRatio,
  MISSING,
} from '../../format';
import { useMessages } from '../../hooks/useMessages';
import { bucketRows, eventsWithin, targetLabel, verdictAt } from '../../model';
import type { SeriesRow, VerdictStretch } from '../../model';
import { StateLabel } from '../StateLabel';

const MOST_ROWS = 50;
const RATIOS = ['predicted-hit-ratio', 'delivered-hit-ratio'] as const;
const LATENCIES = [
  'time-to-first-token-p50',
  'time-to-first-token-p95',
] as const;

/** One target's figures, the newest first. */
export function SeriesTable(props: {
  target: TargetReport;
  rows: SeriesRow[];
  stretches: VerdictStretch[];
  events: TargetEvent[];
}) {
  const { target, stretches, events } = props;
  const { t } = useMessages();
  const rows = bucketRows(props.rows, MOST_ROWS);
  return (
    <Table
      size="small"
      style={{ minWidth: 640 }}
      aria-label={t('charts.tableOf', { target: targetLabel(target) })}
    >
      <TableHead>
        <TableRow>
          <TableCell>{t('charts.time')}</TableCell>
          {[...RATIOS, ...LATENCIES].map(figure => (
            <TableCell key={figure} align="right">
              {t(`series.${figure}`)}
            </TableCell>
          ))}
          <TableCell>{t('charts.verdict')}</TableCell>
          <TableCell>{t('charts.events')}</TableCell>
        </TableRow>
      </TableHead>
      <TableBody>
        {rows
          .map((row, index) => {
            const verdict = verdictAt(stretches, row.time);
            const happened = eventsWithin(
              events,
              rows[index - 1]?.time ?? -Infinity,
              row.time,
            );
            return (
              <TableRow key={row.time}>
                <TableCell component="th" role="rowheader" scope="row">
                  <time dateTime={new Date(row.time).toISOString()}>
                    {formatMomentLong(row.time)}
                  </time>
                </TableCell>
                {RATIOS.map(figure => (
                  <TableCell key={figure} align="right">
                    {formatRatio(row[figure])}
                  </TableCell>
                ))}
                {LATENCIES.map(figure => (
                  <TableCell key={figure} align="right">
                    {formatLatency(row[figure])}
                  </TableCell>
                ))}
                <TableCell>
                  {verdict ? (
                    <StateLabel state={verdict} size="small" />
                  ) : (
                    MISSING
                  )}
                </TableCell>
                <TableCell>
                  {happened.map(({ summary }) => summary).join(' ') || MISSING}
                </TableCell>
              </TableRow>
            );
          })
          .reverse()}
      </TableBody>
    </Table>
  );
}
