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

import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import type { FleetPage } from 'backstage-plugin-prefix-caching-common';
import { StateCard } from '../components/StateCard';
import { StateLabel } from '../components/StateLabel';
import { formatCount } from '../format';
import { useMessages } from '../hooks/useMessages';
import type { DisplayState } from '../states';

type Count = keyof FleetPage['totals'];

/** Worst first; what was never verified is shown when there is some. */
const COUNTS: { verdict: Count; state: DisplayState }[] = [
  { verdict: 'fail', state: 'fail' },
  { verdict: 'inconclusive', state: 'inconclusive' },
  { verdict: 'warn', state: 'warn' },
  { verdict: 'pass', state: 'pass' },
  { verdict: 'unknown', state: 'progressing' },
];

const useStyles = makeStyles({
  counts: { display: 'flex', flexWrap: 'wrap', gap: 4 },
  count: { fontSize: 20, fontWeight: 700, lineHeight: 1.2 },
  label: {
    alignItems: 'center',
    display: 'flex',
    flexDirection: 'column',
    textTransform: 'none',
  },
});

/** One sentence over everything the user may see, and its counts as filters. */
export function FleetSummary(props: {
  totals: FleetPage['totals'];
  chosen?: string;
  onChoose(verdict: string | undefined): void;
}) {
  const classes = useStyles();
  const { t } = useMessages();
  const { totals, chosen } = props;
  const all = Object.values(totals).reduce((sum, count) => sum + count, 0);
  const worst = COUNTS.find(({ verdict }) => totals[verdict] > 0);
  const shown = COUNTS.filter(
    ({ verdict }) => verdict !== 'unknown' || totals.unknown > 0,
  );
  return (
    <StateCard
      state={worst?.state ?? 'observed'}
      sentence={
        worst === undefined
          ? t('fleet.none')
          : t(`fleet.summary.${worst.verdict as 'fail'}`, {
              some: formatCount(totals[worst.verdict]),
              all: formatCount(all),
            })
      }
      actions={
        <div className={classes.counts}>
          {shown.map(({ verdict, state }) => (
            <Button
              key={verdict}
              size="small"
              aria-pressed={chosen === verdict}
              variant={chosen === verdict ? 'outlined' : 'text'}
              onClick={() =>
                props.onChoose(chosen === verdict ? undefined : verdict)
              }
            >
              <span className={classes.label}>
                <span className={classes.count}>
                  {formatCount(totals[verdict])}
                </span>
                <StateLabel state={state} size="small" />
              </span>
            </Button>
          ))}
        </div>
      }
    />
  );
}
