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

import { Link } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';
import type { TargetReport } from 'backstage-plugin-prefix-caching-common';
import { useCheckLink } from '../../hooks/useCheckLink';
import { useMessages } from '../../hooks/useMessages';
import type { HopReport } from '../../model';
import { useStateStyles } from '../../states';
import { StateLabel } from '../StateLabel';
import { useHopFact } from './useHopFact';

const useStyles = makeStyles(theme => ({
  cell: {
    position: 'relative',
    // The arrow from the station before.
    '&:not($first)::before': {
      borderTop: `2px solid ${theme.palette.text.hint}`,
      content: '""',
      left: -18,
      position: 'absolute',
      top: 22,
      width: 12,
    },
    '&:not($first)::after': {
      borderBottom: '5px solid transparent',
      borderLeft: `6px solid ${theme.palette.text.hint}`,
      borderTop: '5px solid transparent',
      content: '""',
      left: -6,
      position: 'absolute',
      top: 18,
    },
    [theme.breakpoints.down('md')]: {
      '&:not($first)::before': { left: -12, width: 6 },
    },
    [theme.breakpoints.down('xs')]: {
      '&:not($first)::before, &:not($first)::after': { display: 'none' },
    },
  },
  first: {},
  unused: { '&:not($first)::before': { borderTopStyle: 'dotted' } },
  box: {
    backgroundColor: theme.palette.background.paper,
    border: `1px solid ${theme.palette.divider}`,
    borderRadius: 4,
    color: 'inherit',
    display: 'block',
    fontSize: 12,
    height: '100%',
    lineHeight: 1.3,
    minHeight: 82,
    overflowWrap: 'anywhere',
    padding: '6px 8px',
  },
  name: {
    display: 'block',
    fontSize: 13,
    fontWeight: 700,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
    [theme.breakpoints.down('md')]: { whiteSpace: 'normal' },
  },
  pause: {
    clip: 'rect(0 0 0 0)',
    height: 1,
    overflow: 'hidden',
    position: 'absolute',
    whiteSpace: 'pre',
    width: 1,
  },
  fact: {
    WebkitBoxOrient: 'vertical',
    WebkitLineClamp: 2,
    display: '-webkit-box',
    marginTop: 4,
    overflow: 'hidden',
  },
}));

/** States that the box's own border repeats. */
const LOUD = ['fail', 'bypassed', 'inconclusive', 'noAccess', 'warn'];

/** One station; a link to the worst check that watches it. */
export function Hop(props: {
  hop: HopReport;
  /** The station before; a request does not take the way from or to one that is bypassed. */
  previous?: HopReport;
  target: TargetReport;
}) {
  const { hop, previous, target } = props;
  const classes = useStyles();
  const { t } = useMessages();
  const checkLink = useCheckLink();
  const style = useStateStyles()(hop.state);
  const fact = useHopFact(hop, target);
  const loud = LOUD.includes(hop.state);
  const box = {
    className: classes.box,
    title: hop.worst?.summary ?? fact,
    style: loud
      ? {
          backgroundImage: `linear-gradient(${style.tint}, ${style.tint})`,
          borderColor: style.edge,
          borderStyle:
            style.borderStyle === 'double' ? 'dashed' : style.borderStyle,
          borderWidth: hop.state === 'warn' ? 1 : 2,
        }
      : undefined,
  };
  const content = (
    <>
      <span className={classes.name}>
        {t(`hop.${hop.id}`)}
        <Pause />
      </span>
      <StateLabel state={hop.state} size="small" />
      <Pause />
      <span className={classes.fact}>{fact}</span>
    </>
  );
  return (
    <div
      className={[
        classes.cell,
        ...(previous === undefined ? [classes.first] : []),
        ...([hop.state, previous?.state].includes('bypassed')
          ? [classes.unused]
          : []),
      ].join(' ')}
    >
      {hop.worst ? (
        <Link
          {...box}
          to={checkLink(hop.worst.check, target.targetId)}
          underline="none"
        >
          {content}
        </Link>
      ) : (
        <div {...box}>{content}</div>
      )}
    </div>
  );
}

/** Keeps name, state and fact apart for those who hear them in one breath. */
function Pause() {
  return <span className={useStyles().pause}>, </span>;
}
