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
import Typography from '@material-ui/core/Typography';
import { finalScoreFormula } from 'prefix-caching-core/scoring';
import type { ScoreTerm } from 'prefix-caching-core/scoring';
import type { SchedulingProfile } from 'prefix-caching-core';
import type { TargetReport } from 'backstage-plugin-prefix-caching-common';
import {
  formatList,
  formatMargin,
  formatRatio,
  formatScore,
  formatWeight,
  MISSING,
} from '../../format';
import { useMessages } from '../../hooks/useMessages';
import {
  scoresNow,
  shortPodName,
  targetLabel,
  typicalMatch,
} from '../../model';
import type { ScoresNow } from '../../model';
import { ScrollArea } from '../ScrollArea';
import { usePolicyStyles } from './usePolicyStyles';

/** The sum that decides, with the replicas' present figures in it. */
export function ScoreTable(props: {
  target: TargetReport;
  profile: SchedulingProfile;
}) {
  const { target, profile } = props;
  const classes = usePolicyStyles();
  const { t } = useMessages();
  const match = typicalMatch(target);
  const now =
    match === undefined ? undefined : scoresNow(target, profile, match);
  return (
    <div>
      <Typography component="h4" className={classes.name}>
        {match === undefined
          ? t('policy.finalScoreOf', { target: targetLabel(target) })
          : t('policy.finalScoreNow', {
              target: targetLabel(target),
              match: formatRatio(match, 0),
            })}
      </Typography>
      <code className={classes.formula}>{finalScoreFormula(profile)}</code>
      {now === undefined ? (
        <Typography variant="body2">{t('policy.noMatch')}</Typography>
      ) : (
        <>
          <ScrollArea name={t('policy.scores')}>
            <Table
              size="small"
              aria-label={t('policy.scores')}
              className={classes.dense}
            >
              <TableHead>
                <TableRow>
                  <TableCell>{t('replica.replica')}</TableCell>
                  {profile.scorers.map(({ name, type, weight }) => (
                    <TableCell key={name} align="right">
                      {`${formatWeight(weight)}·${type.replace(
                        /-scorer$/,
                        '',
                      )}`}
                    </TableCell>
                  ))}
                  <TableCell align="right">{t('policy.total')}</TableCell>
                </TableRow>
              </TableHead>
              <TableBody>
                {now.scores.map(({ endpoint, terms, score }) => (
                  <TableRow key={endpoint}>
                    <TableCell
                      component="th"
                      role="rowheader"
                      scope="row"
                      className={classes.noWrap}
                    >
                      <code title={endpoint}>{shortPodName(endpoint)}</code>
                      {endpoint === now.warm && <b> {t('policy.warm')}</b>}
                    </TableCell>
                    {terms.map(term => (
                      <TableCell
                        key={term.scorer}
                        align="right"
                        className={classes.noWrap}
                      >
                        {termText(term)}
                      </TableCell>
                    ))}
                    <TableCell align="right">
                      <b>{formatScore(score)}</b>
                    </TableCell>
                  </TableRow>
                ))}
              </TableBody>
            </Table>
          </ScrollArea>
          <Typography variant="caption" display="block">
            {winner(now)} {t('policy.typical')}
          </Typography>
        </>
      )}
    </div>
  );

  function winner({ warm, scores, leftOut }: ScoresNow): string {
    const [best, second] = scores;
    const left =
      leftOut.length === 0
        ? []
        : [t('policy.leftOut', { scorers: formatList(leftOut) })];
    if (second === undefined) {
      return left.join(' ');
    }
    const margin = formatMargin(best.score - second.score);
    if (second.rank === 1) {
      return [t('policy.tie'), ...left].join(' ');
    }
    return [
      best.endpoint === warm
        ? t('policy.affinityWins', { margin })
        : t('policy.affinityLoses', { margin }),
      ...left,
    ].join(' ');
  }
}

function termText({ weight, score, term }: ScoreTerm): string {
  return score === undefined
    ? MISSING
    : `${formatWeight(weight)}·${formatScore(score)} = ${formatScore(term)}`;
}
