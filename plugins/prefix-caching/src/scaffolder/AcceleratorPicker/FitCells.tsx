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

import CircularProgress from '@material-ui/core/CircularProgress';
import { makeStyles } from '@material-ui/core/styles';
import TableCell from '@material-ui/core/TableCell';
import type { FitAssessment, Range } from 'prefix-caching-core';
import { StateLabel } from '../../components/StateLabel';
import { MISSING, formatCount } from '../../format';
import { useMessages } from '../../hooks/useMessages';
import type { DisplayState } from '../../states';
import type { FitAnswer } from './useFits';

/** Each verdict on memory has the look of a check's. */
export const FIT_STATES: Record<FitAssessment['verdict'], DisplayState> = {
  fits: 'pass',
  tight: 'warn',
  no: 'fail',
};

const useStyles = makeStyles({
  figure: { paddingLeft: 8, paddingRight: 8, whiteSpace: 'nowrap' },
});

function formatRange(range: Range | undefined, unit = 1): string {
  if (!range || range.high === 0) {
    return MISSING;
  }
  const low = formatCount(Math.floor(range.low / unit) * unit);
  const high = formatCount(Math.floor(range.high / unit) * unit);
  return low === high ? high : `${low}–${high}`;
}

/** The verdict on one row and its figures; while the back end is asked, that it is. */
export function FitCells(props: { answer?: FitAnswer; known: boolean }) {
  const { answer, known } = props;
  const classes = useStyles();
  const { t } = useMessages();
  const fit = answer?.fit;
  if (!known) {
    return <TableCell colSpan={6}>{t('form.fit.unknown')}</TableCell>;
  }
  return (
    <>
      <TableCell>
        {fit && (
          <StateLabel
            state={FIT_STATES[fit.verdict]}
            word={t(`form.fit.${fit.verdict}`)}
            size="small"
          />
        )}
        {!fit && !answer?.error && (
          <CircularProgress size={14} aria-label={t('form.fit.asking')} />
        )}
        {answer?.error && (
          <StateLabel
            state="inconclusive"
            word={t('form.fit.failed')}
            size="small"
          />
        )}
      </TableCell>
      {/* Thousands are what the estimate is good for. */}
      <TableCell align="right" className={classes.figure}>
        {formatRange(fit?.kvTokens, 1000)}
      </TableCell>
      <TableCell align="right" className={classes.figure}>
        {formatRange(fit?.largestMaxModelLen)}
      </TableCell>
      <TableCell align="right" className={classes.figure}>
        {formatRange(fit?.concurrentRequests)}
      </TableCell>
      <TableCell align="right" className={classes.figure}>
        {formatRange(fit?.warmPrefixes)}
      </TableCell>
      <TableCell align="right" className={classes.figure}>
        {formatCount(fit?.pickerIndex.blockTokens)}
      </TableCell>
    </>
  );
}
