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

import { useState } from 'react';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { routerLogReadPermission } from 'backstage-plugin-prefix-caching-common';
import type { EntityReport } from 'backstage-plugin-prefix-caching-common';
import { formatCount } from '../../format';
import { useMessages } from '../../hooks/useMessages';
import { LOG_LINES, useRouterLog } from '../../hooks/useRouterLog';
import { targetLabel } from '../../model';
import { ChoiceGroup } from '../ChoiceGroup';
import { ResponsibleTeam } from '../Responsible';
import { Section } from '../Section';
import { StateLabel } from '../StateLabel';
import { LogLines } from './LogLines';

const useStyles = makeStyles({ unread: { marginTop: 8 } });

/** An endpoint picker's last lines and those to come; each reading is audited, so none happens unasked. */
export function RouterLog(props: { report: EntityReport }) {
  const { report } = props;
  const classes = useStyles();
  const { t } = useMessages();
  const [targetId, setTargetId] = useState(report.targets[0].targetId);
  const { log, error, state, read, follow, stop } = useRouterLog(targetId);

  return (
    <Section
      title={t('log.title')}
      caption={t('log.caption', { lines: formatCount(LOG_LINES) })}
      actions={
        report.permissions.routerLog && (
          <>
            <Button
              size="small"
              color="primary"
              variant="outlined"
              disabled={state !== 'idle'}
              onClick={read}
            >
              {t(log ? 'log.again' : 'log.read')}
            </Button>{' '}
            <Button
              size="small"
              color="primary"
              variant="outlined"
              disabled={state === 'reading'}
              onClick={state === 'following' ? stop : follow}
            >
              {t(state === 'following' ? 'log.stop' : 'log.follow')}
            </Button>
          </>
        )
      }
    >
      {report.permissions.routerLog ? (
        <>
          {report.targets.length > 1 && (
            <ChoiceGroup
              name={t('log.service')}
              chosen={targetId}
              choices={report.targets.map(target => ({
                id: target.targetId,
                label: targetLabel(target),
              }))}
              onChoose={setTargetId}
            />
          )}
          {error && (
            <Typography variant="body2" role="alert">
              {t('log.failed', { message: error.message })}
            </Typography>
          )}
          {log ? (
            <LogLines log={log} isFollowed={state === 'following'} />
          ) : (
            !error && (
              <Typography variant="body2" className={classes.unread}>
                {t('log.unread')}
              </Typography>
            )
          )}
        </>
      ) : (
        <>
          <StateLabel state="noAccess" />
          <Typography variant="body2">
            {t('log.notAllowed', { permission: routerLogReadPermission.name })}{' '}
            {t('noPermission.ask')}{' '}
            <ResponsibleTeam who="owner" responsible={report.responsible} />
          </Typography>
        </>
      )}
    </Section>
  );
}
