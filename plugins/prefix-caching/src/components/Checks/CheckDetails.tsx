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
import { Link } from '@backstage/core-components';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import type { EntityReport } from 'backstage-plugin-prefix-caching-common';
import { formatDuration } from '../../format';
import { useCheckLink } from '../../hooks/useCheckLink';
import { useClock } from '../../hooks/useClock';
import { useMessages } from '../../hooks/useMessages';
import { targetLabel } from '../../model';
import type { CheckCell } from '../../model';
import { useStateStyles } from '../../states';
import { Command } from '../Command';
import { Moment } from '../Moment';
import { Responsible } from '../Responsible';
import { StateLabel } from '../StateLabel';
import { CheckHistory } from './CheckHistory';
import { WaiverNote } from './WaiverNote';

const useStyles = makeStyles(theme => ({
  root: { borderLeft: '4px solid', minWidth: 0, paddingLeft: 12 },
  head: { alignItems: 'center', columnGap: 12, display: 'flex' },
  title: { fontSize: 14, fontWeight: 700, margin: 0 },
  pair: {
    display: 'grid',
    gap: 12,
    gridTemplateColumns: 'repeat(auto-fit, minmax(160px, 1fr))',
  },
  part: { margin: '8px 0 0' },
  name: { ...theme.typography.caption },
  text: { fontSize: 13, margin: 0, overflowWrap: 'anywhere' },
  list: { margin: 0, paddingLeft: 18 },
  foot: {
    alignItems: 'baseline',
    display: 'flex',
    flexWrap: 'wrap',
    gap: '0 16px',
    marginTop: 8,
  },
}));

/** One check on one target: expected, actual, evidence, fix, and the command to see it by hand. */
export function CheckDetails(props: {
  cell: CheckCell;
  responsible: EntityReport['responsible'];
}) {
  const { finding, target, state } = props.cell;
  const classes = useStyles();
  const { t } = useMessages();
  const now = useClock();
  const checkLink = useCheckLink();
  const style = useStateStyles()(state);
  return (
    <div className={classes.root} style={{ borderLeftColor: style.edge }}>
      <div className={classes.head}>
        <Typography component="h3" className={classes.title}>
          {targetLabel(target)}
        </Typography>
        <StateLabel state={state} size="small" />
      </div>
      <div className={classes.pair}>
        <Part name={t('details.expected')}>{finding.expected}</Part>
        <Part name={t('details.actual')}>
          <b>{finding.actual}</b>
        </Part>
      </div>
      {finding.evidence.length > 0 && (
        <Part name={t('details.evidence')}>
          <ul className={classes.list}>
            {finding.evidence.map(({ subject, value }) => (
              <li key={`${subject} ${value}`}>
                {subject}: <code>{value}</code>
              </li>
            ))}
          </ul>
        </Part>
      )}
      {finding.remedy && <Part name={t('details.fix')}>{finding.remedy}</Part>}
      {finding.commands.length > 0 && (
        <Part name={t('details.seeItYourself')}>
          {finding.commands.map(({ purpose, command }) => (
            <div key={command}>
              {purpose}
              <Command purpose={purpose} text={command} />
            </div>
          ))}
        </Part>
      )}
      <div className={`${classes.foot} ${classes.text}`}>
        <span>
          {t('fact.responsible')}:{' '}
          <Responsible
            finding={finding}
            targetId={target.targetId}
            responsible={props.responsible}
          />
        </span>
        {finding.since && (
          <span>
            {t('fact.since')} <Moment iso={finding.since.first} />,{' '}
            {formatDuration(now - Date.parse(finding.since.first))}
          </span>
        )}
        <Link to={checkLink(finding.check, target.targetId)} underline="always">
          {t('details.link')}
        </Link>
        <CheckHistory targetId={target.targetId} check={finding.check} />
        <WaiverNote cell={props.cell} />
      </div>
    </div>
  );
}

function Part(props: { name: string; children: ReactNode }) {
  const classes = useStyles();
  return (
    <dl className={classes.part}>
      <dt className={classes.name}>{props.name}</dt>
      <dd className={classes.text}>{props.children}</dd>
    </dl>
  );
}
