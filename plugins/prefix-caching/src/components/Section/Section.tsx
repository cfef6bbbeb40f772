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
import Paper from '@material-ui/core/Paper';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { useElementId } from '../../hooks/useElementId';

const useStyles = makeStyles({
  root: { padding: '12px 16px 16px', overflow: 'hidden' },
  heading: {
    alignItems: 'baseline',
    display: 'flex',
    flexWrap: 'wrap',
    columnGap: 12,
    marginBottom: 4,
  },
  title: { fontSize: 20, lineHeight: 1.3, margin: 0 },
  actions: { marginLeft: 'auto' },
});

/** A card with a heading; `caption` says what its figures are and how old. */
export function Section(props: {
  title: string;
  caption?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}) {
  const classes = useStyles();
  const id = useElementId();
  return (
    <Paper component="section" aria-labelledby={id} className={classes.root}>
      <div className={classes.heading}>
        <Typography
          id={id}
          component="h2"
          variant="h6"
          className={classes.title}
        >
          {props.title}
        </Typography>
        {props.caption && (
          <Typography variant="caption">{props.caption}</Typography>
        )}
        {props.actions && (
          <div className={classes.actions}>{props.actions}</div>
        )}
      </div>
      {props.children}
    </Paper>
  );
}
