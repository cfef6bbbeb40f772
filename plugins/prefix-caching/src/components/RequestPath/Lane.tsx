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
    lineHeight: 1.3,
    marginTop: 2,
    // Under the endpoint picker, from the request body to the replica.
    gridColumn: '4 / 7',
    position: 'relative',
    textAlign: 'center',
    [theme.breakpoints.down('md')]: { gridColumn: '3 / 6' },
    [theme.breakpoints.down('xs')]: { gridColumn: '1' },
  },
  // From the middle of the request body's box to the middle of the replica's.
  wire: {
    borderRadius: '0 0 4px 4px',
    borderStyle: 'solid',
    borderWidth: '0 2px 2px',
    height: 11,
    left: '16%',
    position: 'absolute',
    right: '16%',
    top: -2,
    // The arrow's head, at the replica.
    '&::after': {
      borderBottom: '6px solid currentcolor',
      borderLeft: '5px solid transparent',
      borderRight: '5px solid transparent',
      content: '""',
      position: 'absolute',
      right: -6,
      top: -2,
    },
    [theme.breakpoints.down('xs')]: { display: 'none' },
  },
  words: {
    backgroundColor: theme.palette.background.paper,
    padding: '0 6px',
    position: 'relative',
  },
}));

/** The way of one target's requests, station by station. */
export function Lane(props: { target: TargetReport }) {
  const { target } = props;
  const classes = useStyles();
  const { t } = useMessages();
  const styleOf = useStateStyles();
  const state = stateOfTarget(target);
  const hops = hopsOf(target);
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
      {hops.map((hop, index) => (
        <Hop
          key={hop.id}
          hop={hop}
          previous={hops[index - 1]}
          target={target}
        />
      ))}
      {isBypassed(target) && (
        <div
          className={classes.bypass}
          style={{ color: styleOf('bypassed').ink }}
        >
          <div
            aria-hidden
            className={classes.wire}
            style={{
              borderColor: styleOf('bypassed').edge,
              color: styleOf('bypassed').edge,
            }}
          />
          <span className={classes.words}>{bypassText()}</span>
        </div>
      )}
    </div>
  );

  function bypassText(): string {
    const requests = requestIncrease(target);
    if (requests === undefined) {
      return t('path.bypass');
    }
    const picks = pickIncrease(target) ?? 0;
    return picks === 0
      ? t('path.bypassAll', { around: formatCount(requests) })
      : t('path.bypassSome', {
          around: formatCount(Math.max(0, requests - picks)),
          requests: formatCount(requests),
        });
  }
}
