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
import { formatDuration } from '../../format';
import { useMessages } from '../../hooks/useMessages';
import { Section } from '../Section';
import { TargetFunnel } from './TargetFunnel';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gap: 24,
    gridTemplateColumns: 'repeat(2, minmax(0, 1fr))',
    [theme.breakpoints.down('md')]: { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
}));

/** Whether too little is shared, the wrong replica is picked, or the cache has lost it. */
export function Funnel(props: { report: EntityReport }) {
  const classes = useStyles();
  const { t } = useMessages();
  const measured = props.report.targets.filter(({ funnel }) => funnel);
  if (measured.length === 0) {
    return null;
  }
  const seconds = measured.find(({ funnel }) => funnel?.seconds)?.funnel
    ?.seconds;
  return (
    <Section
      title={t('funnel.title')}
      caption={
        seconds === undefined
          ? t('funnel.captionNoSamples')
          : t('funnel.caption', { period: formatDuration(seconds * 1000) })
      }
    >
      <div className={classes.root}>
        {measured.map(target => (
          <TargetFunnel key={target.targetId} target={target} />
        ))}
      </div>
    </Section>
  );
}
