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
import { useStateStyles } from '../../states';
import type { DisplayState } from '../../states';

const useStyles = makeStyles(theme => ({
  root: {
    borderLeftWidth: 8,
    display: 'flex',
    gap: 18,
    padding: '12px 16px 10px 8px',
    [theme.breakpoints.down('xs')]: { flexDirection: 'column', gap: 8 },
  },
  state: {
    alignItems: 'center',
    display: 'flex',
    flex: 'none',
    flexDirection: 'column',
    fontSize: 12,
    fontWeight: 700,
    textAlign: 'center',
    width: 76,
  },
  icon: {
    fontSize: 32,
  },
  body: { flex: 1, minWidth: 0 },
  top: {
    display: 'flex',
    gap: 24,
    justifyContent: 'space-between',
    [theme.breakpoints.down('md')]: { flexWrap: 'wrap', gap: 8 },
  },
  sentence: {
    WebkitBoxOrient: 'vertical',
    WebkitLineClamp: 2,
    display: '-webkit-box',
    fontSize: 20,
    lineHeight: 1.3,
    margin: 0,
    overflow: 'hidden',
    overflowWrap: 'anywhere',
    textWrap: 'balance',
    [theme.breakpoints.down('md')]: { WebkitLineClamp: 4 },
  },
  actions: { flex: 'none' },
}));

/** A card whose border, icon and word say a state, and whose heading explains it. */
export function StateCard(props: {
  state: DisplayState;
  sentence: string;
  /** Announces the sentence when it comes up. */
  live?: 'polite' | 'off';
  actions?: ReactNode;
  children?: ReactNode;
}) {
  const classes = useStyles();
  const id = useElementId();
  const style = useStateStyles()(props.state);
  const heading = (
    <Typography
      id={id}
      component="h2"
      variant="h6"
      className={classes.sentence}
      title={props.sentence}
    >
      {props.sentence}
    </Typography>
  );
  return (
    <Paper
      component="section"
      aria-labelledby={id}
      className={classes.root}
      style={{
        backgroundImage: `linear-gradient(${style.tint}, ${style.tint})`,
        borderLeftColor: style.edge,
        borderLeftStyle: style.borderStyle,
      }}
    >
      <div className={classes.state} style={{ color: style.ink }}>
        <style.Icon aria-hidden className={classes.icon} />
        <span>{style.word}</span>
      </div>
      <div className={classes.body}>
        <div className={classes.top}>
          {props.live === undefined ? (
            heading
          ) : (
            <div role="status" aria-live={props.live}>
              {heading}
            </div>
          )}
          {props.actions && (
            <div className={classes.actions}>{props.actions}</div>
          )}
        </div>
        {props.children}
      </div>
    </Paper>
  );
}
