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

const useStyles = makeStyles(theme => ({
  list: { display: 'flex', flexWrap: 'wrap', gap: '8px 14px', margin: 0 },
  grid: {
    display: 'grid',
    gap: '8px 24px',
    // The last one is the longest: it takes what the others leave.
    gridTemplateColumns:
      'fit-content(30%) fit-content(20%) fit-content(20%) minmax(0, 1fr)',
    margin: '8px 0 0',
    '& $value > *': {
      overflow: 'hidden',
      textOverflow: 'ellipsis',
      whiteSpace: 'nowrap',
    },
    [theme.breakpoints.down('md')]: {
      gridTemplateColumns: 'repeat(2, minmax(0, 1fr))',
      '& $value > *': { whiteSpace: 'normal' },
    },
    [theme.breakpoints.down('xs')]: { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  fact: { minWidth: 0 },
  term: { ...theme.typography.caption, lineHeight: 1.3 },
  value: {
    fontSize: 14,
    lineHeight: 1.35,
    margin: 0,
    overflowWrap: 'anywhere',
  },
  strong: { fontWeight: 700 },
  note: { ...theme.typography.caption, lineHeight: 1.3 },
}));

/** Some facts with their names, in a row (`list`) or in columns (`grid`). */
export function Facts(props: {
  variant: 'list' | 'grid';
  children: ReactNode;
}) {
  const classes = useStyles();
  return <dl className={classes[props.variant]}>{props.children}</dl>;
}

/** One of them; `note` is a second, smaller line. */
export function Fact(props: {
  name: string;
  strong?: boolean;
  note?: ReactNode;
  children: ReactNode;
}) {
  const classes = useStyles();
  return (
    <div className={classes.fact}>
      <dt className={classes.term}>{props.name}</dt>
      <dd className={classes.value}>
        <div
          className={props.strong ? classes.strong : undefined}
          title={
            typeof props.children === 'string' ? props.children : undefined
          }
        >
          {props.children}
        </div>
        {props.note && <div className={classes.note}>{props.note}</div>}
      </dd>
    </div>
  );
}
