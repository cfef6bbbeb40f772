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
import { finalScoreFormula } from 'prefix-caching-core/scoring';
import { CLAIMED_SCORERS } from 'prefix-caching-core/verdicts';
import type { RoutingPolicyReport } from 'backstage-plugin-prefix-caching-common';
import { formatList, formatWeight } from '../../format';
import { useMessages } from '../../hooks/useMessages';
import { ScrollArea } from '../ScrollArea';
import { AffinityNote } from './AffinityNote';
import { ScorerTable } from './ScorerTable';

const useStyles = makeStyles({
  name: { fontSize: 14, fontWeight: 700, margin: '8px 0 0' },
  text: { display: 'block', marginTop: 8 },
});

/** The live profiles of one or more targets that share them. */
export function Policy(props: {
  name: string;
  policies: (RoutingPolicyReport | undefined)[];
}) {
  const classes = useStyles();
  const { t } = useMessages();
  const [policy] = props.policies;
  return (
    <div>
      <Typography component="h3" className={classes.name}>
        {props.name}
      </Typography>
      {policy === undefined ? (
        <Typography variant="body2">{t('policy.none')}</Typography>
      ) : (
        <>
          {policy.config.profiles.map(profile => (
            <div key={profile.name}>
              <ScrollArea name={profile.name}>
                <ScorerTable profile={profile} />
              </ScrollArea>
              <Typography variant="body2" className={classes.text}>
                {t('policy.finalScore')}{' '}
                <code>{finalScoreFormula(profile)}</code>
              </Typography>
            </div>
          ))}
          <AffinityNote config={policy.config} />
          <Typography variant="caption" className={classes.text}>
            {t('policy.from', { source: policy.source })}{' '}
            {t('policy.claimed', { scorers: claimedScorers() })}
          </Typography>
        </>
      )}
    </div>
  );
}

function claimedScorers(): string {
  return formatList(
    CLAIMED_SCORERS.map(
      ({ type, weight }) => `${type} ${formatWeight(weight)}`,
    ),
  );
}
