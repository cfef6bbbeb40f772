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
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import type { FitAssessment } from 'prefix-caching-core';
import { formatCount, formatList } from '../../format';
import { useMessages } from '../../hooks/useMessages';
import { useStateStyles } from '../../states';
import type { DisplayState } from '../../states';
import { FIT_STATES } from './FitCells';

export interface ChosenVerdict {
  name: string;
  fit?: FitAssessment;
}

const WORST = ['no', 'tight', 'fits'] as const;

const useStyles = makeStyles({
  root: {
    alignItems: 'center',
    borderLeftWidth: 8,
    display: 'flex',
    gap: 18,
    padding: '10px 16px 10px 12px',
  },
  state: {
    alignItems: 'center',
    display: 'flex',
    flex: 'none',
    flexDirection: 'column',
    fontSize: 12,
    fontWeight: 700,
    textAlign: 'center',
    width: 76,
  },
  sentence: { fontWeight: 700 },
});

/** What each accelerator that was chosen has room for, or why it has none. */
function useDetails() {
  const { t } = useMessages();
  return ({ name, fit }: ChosenVerdict): string => {
    if (!fit) {
      return '';
    }
    return fit.verdict === 'fits' && fit.warmPrefixes
      ? t('form.accelerators.roomFor', {
          name,
          low: formatCount(fit.warmPrefixes.low),
          high: formatCount(fit.warmPrefixes.high),
        })
      : fit.summary;
  };
}

/** What the choice comes to as a whole; said aloud when it changes. */
export function ChoiceStatus(props: {
  chosen: readonly ChosenVerdict[];
  known: boolean;
}) {
  const { chosen, known } = props;
  const classes = useStyles();
  const { t } = useMessages();
  const detailsOf = useDetails();
  const worst = WORST.find(verdict =>
    chosen.some(({ fit }) => fit?.verdict === verdict),
  );
  const state: DisplayState = worst ? FIT_STATES[worst] : 'inconclusive';
  const style = useStateStyles()(state);
  const namesOf = (verdict: FitAssessment['verdict']) =>
    formatList(
      chosen
        .filter(({ fit }) => fit?.verdict === verdict)
        .map(({ name }) => name),
    );
  let text: string = t('form.accelerators.statusNone');
  if (chosen.length > 0) {
    text = known
      ? t('form.accelerators.statusAsking')
      : t('form.accelerators.statusUnknown');
  }
  if (worst) {
    text = t(`form.accelerators.status.${worst}`, { names: namesOf(worst) });
  }
  const details = chosen.map(detailsOf).filter(Boolean).join(' ');
  return (
    <Paper
      className={classes.root}
      style={{
        backgroundImage: `linear-gradient(${style.tint}, ${style.tint})`,
        borderLeftColor: style.edge,
        borderLeftStyle: style.borderStyle,
      }}
    >
      {worst && (
        <span className={classes.state} style={{ color: style.ink }}>
          <style.Icon aria-hidden style={{ fontSize: 28 }} />
          <span>{t(`form.fit.${worst}`)}</span>
        </span>
      )}
      <div role="status">
        <Typography variant="body1" className={classes.sentence}>
          {text}
        </Typography>
        {details && <Typography variant="body2">{details}</Typography>}
      </div>
    </Paper>
  );
}
