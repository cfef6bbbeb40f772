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

const useStyles = makeStyles(theme => ({
  root: {
    backgroundColor: theme.palette.action.hover,
    border: `1px solid ${theme.palette.divider}`,
    height: 14,
    position: 'relative',
    width: 128,
  },
  share: { backgroundColor: theme.palette.primary.main, height: '100%' },
  even: {
    borderLeft: `2px dotted ${theme.palette.text.primary}`,
    bottom: -3,
    position: 'absolute',
    top: -3,
  },
}));

/** A share beside the even one; the figure in words stands next to it. */
export function ShareBar(props: { share?: number; even: number }) {
  const classes = useStyles();
  return (
    <div aria-hidden className={classes.root}>
      {props.share !== undefined && (
        <div
          className={classes.share}
          style={{ width: `${Math.min(1, props.share) * 100}%` }}
        />
      )}
      <div className={classes.even} style={{ left: `${props.even * 100}%` }} />
    </div>
  );
}
