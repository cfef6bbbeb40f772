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
import { makeStyles } from '@material-ui/core/styles';
import useMeasure from 'react-use/lib/useMeasure';
import type {
  EntityReport,
  TargetReport,
} from 'backstage-plugin-prefix-caching-common';
import { useMessages } from '../../hooks/useMessages';
import type { SeriesAnswer } from '../../hooks/useSeries';
import { lastKnown, seriesRows, targetLabel } from '../../model';
import type { Range } from '../../model';
import { FirstRatio } from './FirstRatio';
import { LatencyChart } from './LatencyChart';
import { RatioChart } from './RatioChart';

/** Until the browser has measured, and where it can't. */
const USUAL_WIDTH = 520;

const useStyles = makeStyles({
  root: { minWidth: 0 },
  name: { fontSize: 14, fontWeight: 700, margin: 0 },
});

/** Ratios over latencies of one target. */
export function TargetCharts(props: {
  target: TargetReport;
  report: EntityReport;
  range: Range;
  answer: SeriesAnswer;
  /** The end of the scale of seconds, for all targets. */
  slowest: number;
}) {
  const { target, report, range, answer, slowest } = props;
  const classes = useStyles();
  const { t } = useMessages();
  const [measure, { width }] = useMeasure<HTMLDivElement>();
  return (
    <div ref={measure} className={classes.root}>
      <Typography component="h3" className={classes.name}>
        {targetLabel(target)}
      </Typography>
      {content()}
    </div>
  );

  function content() {
    const { series, error } = answer;
    if (series === undefined) {
      return (
        <Typography variant="body2" role={error && 'alert'}>
          {error
            ? t('charts.failed', { message: error.message })
            : t('charts.loading')}
        </Typography>
      );
    }
    const rows = seriesRows(series);
    const empty =
      lastKnown(rows, 'delivered-hit-ratio') === undefined &&
      lastKnown(rows, 'predicted-hit-ratio') === undefined;
    if (empty) {
      return <FirstRatio target={target} report={report} series={series} />;
    }
    const size = Math.round(width) || USUAL_WIDTH;
    const shared = { target, series, rows, range, width: size };
    return (
      <>
        <RatioChart {...shared} />
        <LatencyChart {...shared} slowest={slowest} />
        {series.gaps.map(gap => (
          <Typography
            key={`${gap.figure} ${gap.message}`}
            variant="caption"
            display="block"
          >
            {gap.message}
          </Typography>
        ))}
      </>
    );
  }
}
