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
import { CLAIMED_SCORERS } from 'prefix-caching-core/verdicts';
import type { TargetReport } from 'backstage-plugin-prefix-caching-common';
import { formatList, formatWeight } from '../../format';
import { useMessages } from '../../hooks/useMessages';
import { prefixProfile, targetLabel } from '../../model';
import { ScrollArea } from '../ScrollArea';
import { ScorerTable } from './ScorerTable';
import { ScoreTable } from './ScoreTable';
import { usePolicyStyles } from './usePolicyStyles';
import { WhatIf } from './WhatIf';

/** The live profiles of one or more targets that share them. */
export function Policy(props: { targets: TargetReport[] }) {
  const { targets } = props;
  const classes = usePolicyStyles();
  const { t } = useMessages();
  const [{ policy }] = targets;
  const profile = policy && prefixProfile(policy.config.profiles);
  return (
    <div>
      <Typography component="h3" className={classes.name}>
        {formatList(targets.map(targetLabel))}
      </Typography>
      {policy === undefined ? (
        <Typography variant="body2">{t('policy.none')}</Typography>
      ) : (
        <>
          {policy.config.profiles.map(each => (
            <ScrollArea key={each.name} name={each.name}>
              <ScorerTable profile={each} />
            </ScrollArea>
          ))}
          <Typography variant="caption" display="block">
            {t('policy.from', { source: policy.source })}{' '}
            {t('policy.claimed', { scorers: claimedScorers() })}
          </Typography>
          {profile && (
            <div className={classes.columns}>
              <div>
                {targets.map(target => (
                  <ScoreTable
                    key={target.targetId}
                    target={target}
                    profile={profile}
                  />
                ))}
              </div>
              <WhatIf target={targets[0]} profile={profile} />
            </div>
          )}
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
