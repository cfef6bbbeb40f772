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

import { stringifyEntityRef } from '@backstage/catalog-model';
import { InfoCard, Link, Progress } from '@backstage/core-components';
import { useEntity } from '@backstage/plugin-catalog-react';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import type { EntityReport } from 'backstage-plugin-prefix-caching-common';
import { StateLabel } from '../components/StateLabel';
import { Age } from '../components/Moment';
import { ClockProvider } from '../hooks/useClock';
import { isForbidden, useEntityReport } from '../hooks/useEntityReport';
import { useMessages } from '../hooks/useMessages';
import { useVerdictSentence } from '../hooks/useVerdictSentence';
import { overallOf, targetLabel } from '../model';
import type { Overall } from '../model';
import { stateOfTarget } from '../states';
import { TAB_PATH } from '../tabPath';

const useStyles = makeStyles({
  list: { listStyle: 'none', margin: '8px 0 0', padding: 0 },
  row: {
    alignItems: 'baseline',
    display: 'flex',
    gap: 12,
    justifyContent: 'space-between',
    padding: '4px 0',
  },
});

/**
 * For an entity's overview: the sentence of the tab, and one row per service.
 *
 * @public
 */
export function EntityPrefixCachingCard() {
  const { entity } = useEntity();
  const { t } = useMessages();
  const { report, receivedAt, error } = useEntityReport(
    stringifyEntityRef(entity),
  );
  const overall = report && overallOf(report);
  return (
    <InfoCard
      title={t('card.title')}
      deepLink={{ title: t('card.more'), link: TAB_PATH }}
    >
      {report && receivedAt && (
        <ClockProvider generatedAt={report.generatedAt} receivedAt={receivedAt}>
          {overall ? (
            <Summary report={report} overall={overall} />
          ) : (
            <Typography variant="body2">{t('noServices.title')}</Typography>
          )}
        </ClockProvider>
      )}
      {!report && error && (
        <Typography variant="body2">
          {isForbidden(error) ? t('noPermission.sentence') : error.message}
        </Typography>
      )}
      {!report && !error && <Progress />}
    </InfoCard>
  );
}

function Summary(props: { report: EntityReport; overall: Overall }) {
  const classes = useStyles();
  const { t } = useMessages();
  const { report, overall } = props;
  const sentence = useVerdictSentence(report, overall);
  return (
    <>
      <StateLabel state={overall.state} />
      <Typography variant="body1">{sentence}</Typography>
      <ul className={classes.list} aria-label={t('card.services')}>
        {report.targets.map(target => (
          <li key={target.targetId} className={classes.row}>
            <Link
              to={`${TAB_PATH}#target=${target.targetId}`}
              underline="always"
            >
              {targetLabel(target)}
            </Link>
            <StateLabel state={stateOfTarget(target)} size="small" />
            {target.since ? <Age iso={target.since} /> : null}
          </li>
        ))}
      </ul>
    </>
  );
}
