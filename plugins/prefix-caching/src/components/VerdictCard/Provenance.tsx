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

import type { ReactNode } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import type { Gap } from 'prefix-caching-core';
import type { EntityReport } from 'backstage-plugin-prefix-caching-common';
import { formatClock } from '../../format';
import type { ReportFeed } from '../../hooks/useEntityReport';
import { useMessages } from '../../hooks/useMessages';
import type { Overall } from '../../model';
import { Age, Moment } from '../Moment';

const useStyles = makeStyles(theme => ({
  root: {
    ...theme.typography.caption,
    display: 'flex',
    flexWrap: 'wrap',
    columnGap: 12,
    marginTop: 8,
  },
}));

/** Where the verdict comes from: phase, age, place, versions, and what could not be read. */
export function Provenance(props: {
  report: EntityReport;
  overall: Overall;
  feed: ReportFeed;
}) {
  const classes = useStyles();
  const { t } = useMessages();
  const { target } = props.overall;
  const { verification } = target;
  const { error, receivedAt } = props.feed;
  return (
    <div className={classes.root}>
      <span>
        {t('provenance.phase')}{' '}
        <b>{t(`phase.${verification?.phase ?? 'progressing'}`)}</b>
      </span>
      {verification && (
        <span>
          {t('provenance.observed')} <Moment iso={verification.observedAt} />,{' '}
          {t('provenance.ago', {
            age: <Age iso={verification.observedAt} />,
            freshness: t(`freshness.${verification.freshness}`),
          })}
        </span>
      )}
      {places(props.report).map(place => (
        <b key={place}>{place}</b>
      ))}
      <Versions versions={target.versions} />
      {verification && verification.gaps.length > 0 && (
        <Gaps gaps={verification.gaps} />
      )}
      {error && receivedAt !== undefined && (
        <b role="alert" title={error.message}>
          {t('provenance.refreshFailed', { time: formatClock(receivedAt) })}
        </b>
      )}
    </div>
  );
}

function places(report: EntityReport): string[] {
  return [
    ...new Set(
      report.targets.map(target => `${target.cluster}/${target.namespace}`),
    ),
  ];
}

function Versions(props: {
  versions?: EntityReport['targets'][number]['versions'];
}) {
  const { kserve, istio, epp, engine } = props.versions ?? {};
  const known = [
    kserve && `KServe ${kserve}`,
    istio && `Istio ${istio}`,
    epp && `EPP ${epp}`,
    engine,
  ].filter(Boolean);
  return known.length === 0 ? null : <span>{known.join(', ')}</span>;
}

function Gaps({ gaps }: { gaps: Gap[] }): ReactNode {
  const { t } = useMessages();
  return (
    <span
      title={gaps
        .map(gap => [gap.message, gap.remedy].filter(Boolean).join(' '))
        .join('\n')}
    >
      <b>{t('provenance.gaps', { count: gaps.length })}</b>{' '}
      {gaps.map(gap => `${gap.what} ${t(`gap.${gap.reason}`)}`).join(', ')}
    </span>
  );
}
