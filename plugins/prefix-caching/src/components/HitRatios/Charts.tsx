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

import { makeStyles } from '@material-ui/core/styles';
import type { EntityReport } from 'backstage-plugin-prefix-caching-common';
import type { SeriesAnswer } from '../../hooks/useSeries';
import { greatest, seriesRows } from '../../model';
import type { Range } from '../../model';
import { TargetCharts } from './TargetCharts';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gap: 24,
    gridTemplateColumns: 'repeat(2, minmax(0, 1fr))',
    [theme.breakpoints.down('md')]: { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
}));

/** Under this, a scale of seconds would show noise. */
const SHORTEST_SCALE_SECONDS = 0.1;

/** A small multiple per target; all have the same axes. */
export function Charts(props: {
  report: EntityReport;
  range: Range;
  answers: Record<string, SeriesAnswer>;
}) {
  const classes = useStyles();
  const slowest = roundUp(
    Math.max(
      SHORTEST_SCALE_SECONDS,
      ...Object.values(props.answers).flatMap(({ series }) =>
        series === undefined
          ? []
          : greatest(seriesRows(series), [
              'time-to-first-token-p50',
              'time-to-first-token-p95',
            ]) ?? [],
      ),
    ),
  );
  return (
    <div className={classes.root}>
      {props.report.targets.map(target => (
        <TargetCharts
          key={target.targetId}
          target={target}
          report={props.report}
          range={props.range}
          answer={props.answers[target.targetId] ?? {}}
          slowest={slowest}
        />
      ))}
    </div>
  );
}

/** The next number of two digits, so that half of it has few as well. */
function roundUp(seconds: number): number {
  const digit = 10 ** Math.floor(Math.log10(seconds)) / 5;
  return Math.ceil(seconds / digit) * digit;
}
