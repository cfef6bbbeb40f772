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
import { verificationReadPermission } from 'backstage-plugin-prefix-caching-common';
import type {
  EntityReport,
  TargetReport,
} from 'backstage-plugin-prefix-caching-common';
import { Age, Moment } from '../components/Moment';
import { StateLabel } from '../components/StateLabel';
import { formatClock, formatRatio, MISSING } from '../format';
import { ClockProvider } from '../hooks/useClock';
import { isForbidden, useEntityReport } from '../hooks/useEntityReport';
import { useMessages } from '../hooks/useMessages';
import { useVerdictSentence } from '../hooks/useVerdictSentence';
import { deliveredHitRatio, overallOf, targetLabel } from '../model';
import type { Overall } from '../model';
import { stateOfTarget } from '../states';
import { TAB_PATH } from '../tabPath';

const useStyles = makeStyles({
  list: { listStyle: 'none', margin: '8px 0 0', padding: 0 },
  row: {
    alignItems: 'baseline',
    columnGap: 12,
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 3fr) minmax(0, 2fr) auto',
    padding: '4px 0',
  },
  figure: { whiteSpace: 'nowrap' },
});

/** States in which the last figures still say how it is. */
const CURRENT = ['pass', 'warn', 'fail', 'inconclusive', 'noAccess'];

/**
 * For an entity's overview: the sentence of the tab, and one row per service.
 *
 * @public
 */
export function EntityPrefixCachingCard() {
  const { t } = useMessages();
  return (
    // For those who look for what is ours on the page.
    <div data-prefix-caching="card">
      <InfoCard
        title={t('card.title')}
        deepLink={{ title: t('card.more'), link: TAB_PATH }}
      >
        <Content />
      </InfoCard>
    </div>
  );
}

function Content() {
  const { entity } = useEntity();
  const { t } = useMessages();
  const feed = useEntityReport(stringifyEntityRef(entity));
  const { report, receivedAt, error } = feed;
  if (report === undefined || receivedAt === undefined) {
    if (error === undefined) {
      return <Progress />;
    }
    return isForbidden(error) ? (
      <>
        <StateLabel state="noPermission" />
        <Typography variant="body2">
          {t('noPermission.sentence')}{' '}
          {t('noPermission.needs', {
            permission: verificationReadPermission.name,
          })}
        </Typography>
      </>
    ) : (
      <Typography variant="body2" role="alert">
        {reasonOf(error)}
      </Typography>
    );
  }
  const overall = overallOf(report);
  return (
    <ClockProvider generatedAt={report.generatedAt} receivedAt={receivedAt}>
      {overall ? (
        <Summary report={report} overall={overall} />
      ) : (
        <Typography variant="body2">
          {report.problems.map(problem => problem.summary).join(' ')}
        </Typography>
      )}
      {error && (
        <Typography variant="caption" role="alert" title={error.message}>
          {t('provenance.refreshFailed', { time: formatClock(receivedAt) })}
        </Typography>
      )}
    </ClockProvider>
  );
}

/** What the back end says, where it answered; else what the client makes of it. */
function reasonOf(error: Error): string {
  return error.cause instanceof Error ? error.cause.message : error.message;
}

function Summary(props: { report: EntityReport; overall: Overall }) {
  const classes = useStyles();
  const { t } = useMessages();
  const { report, overall } = props;
  const sentence = useVerdictSentence(report, overall);
  const observedAt = overall.target.verification?.observedAt;
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
            <span>
              <StateLabel state={stateOfTarget(target)} size="small" />{' '}
              {target.since ? <Age iso={target.since} /> : null}
            </span>
            <span className={classes.figure}>{figure(target)}</span>
          </li>
        ))}
      </ul>
      {observedAt && (
        <Typography variant="caption" component="p">
          {t('provenance.observed')} <Moment iso={observedAt} />,{' '}
          {t('card.age', { age: <Age iso={observedAt} /> })}
        </Typography>
      )}
    </>
  );

  /** What the engines delivered, where that is still the case. */
  function figure(target: TargetReport): string {
    const ratio = deliveredHitRatio(target);
    if (!CURRENT.includes(stateOfTarget(target))) {
      return MISSING;
    }
    return ratio === undefined
      ? t('card.noSamples')
      : t('path.delivered', { ratio: formatRatio(ratio) });
  }
}
