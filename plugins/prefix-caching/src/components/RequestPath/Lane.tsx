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
import type { TargetReport } from 'backstage-plugin-prefix-caching-common';
import { formatCount } from '../../format';
import { useMessages } from '../../hooks/useMessages';
import {
  hopsOf,
  isBypassed,
  pickIncrease,
  requestIncrease,
  targetLabel,
} from '../../model';
import { stateOfTarget, useStateStyles } from '../../states';
import { StateLabel } from '../StateLabel';
import { Hop } from './Hop';

const useStyles = makeStyles(theme => ({
  lane: {
    display: 'grid',
    columnGap: 18,
    gridTemplateColumns: '112px repeat(7, minmax(0, 1fr))',
    padding: '4px 0',
    [theme.breakpoints.down('md')]: {
      gridTemplateColumns: 'repeat(7, minmax(0, 1fr))',
      columnGap: 12,
    },
    [theme.breakpoints.down('xs')]: {
      gridTemplateColumns: 'minmax(0, 1fr)',
      rowGap: 12,
    },
  },
  label: {
    [theme.breakpoints.down('md')]: {
      alignItems: 'baseline',
      columnGap: 12,
      display: 'flex',
      flexWrap: 'wrap',
      gridColumn: '1 / -1',
    },
  },
  name: { fontSize: 14, fontWeight: 700, margin: 0 },
  service: { fontSize: 12, overflowWrap: 'anywhere' },
  bypass: {
    fontSize: 12,
    fontWeight: 700,
    // Under the endpoint picker, from the request body to the replica.
    gridColumn: '4 / 7',
    position: 'relative',
    textAlign: 'center',
    [theme.breakpoints.down('md')]: { gridColumn: '3 / 6' },
    [theme.breakpoints.down('xs')]: { gridColumn: '1' },
  },
  wire: {
    borderStyle: 'solid',
    borderWidth: '0 2px 2px',
    borderRadius: '0 0 4px 4px',
    height: 10,
    margin: '0 16%',
  },
}));

/** The way of one target's requests, station by station. */
export function Lane(props: { target: TargetReport }) {
  const { target } = props;
  const classes = useStyles();
  const { t } = useMessages();
  const styleOf = useStateStyles();
  const state = stateOfTarget(target);
  return (
    <div
      role="group"
      aria-label={t('path.lane', {
        target: targetLabel(target),
        state: styleOf(state).word,
      })}
      className={classes.lane}
    >
      <div className={classes.label}>
        <Typography component="h3" className={classes.name}>
          {targetLabel(target)}
        </Typography>
        <StateLabel state={state} />
        <div className={classes.service}>{target.name}</div>
      </div>
      {hopsOf(target).map((hop, index) => (
        <Hop key={hop.id} hop={hop} target={target} first={index === 0} />
      ))}
      {isBypassed(target) && (
        <div
          className={classes.bypass}
          style={{ color: styleOf('bypassed').ink }}
        >
          <div
            aria-hidden
            className={classes.wire}
            style={{ borderColor: styleOf('bypassed').edge }}
          />
          {bypassText()}
        </div>
      )}
    </div>
  );

  function bypassText(): string {
    const requests = requestIncrease(target);
    return requests === undefined
      ? t('path.bypass')
      : t('path.bypassCount', {
          around: formatCount(
            Math.max(0, requests - (pickIncrease(target) ?? 0)),
          ),
        });
  }
}
