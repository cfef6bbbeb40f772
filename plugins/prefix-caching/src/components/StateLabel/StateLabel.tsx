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
import { useStateStyles } from '../../states';
import type { DisplayState } from '../../states';

const useStyles = makeStyles({
  root: {
    alignItems: 'center',
    display: 'inline-flex',
    fontWeight: 700,
    gap: 4,
    whiteSpace: 'nowrap',
  },
});

/** A state as icon and word; the word carries it, the colour only repeats it. */
export function StateLabel(props: {
  state: DisplayState;
  /** Where a state has a better word in its place. */
  word?: string;
  size?: 'small' | 'medium';
}) {
  const classes = useStyles();
  const { ink, Icon, word } = useStateStyles()(props.state);
  const size = props.size === 'small' ? 14 : 18;
  return (
    <span className={classes.root} style={{ color: ink }}>
      <Icon aria-hidden style={{ fontSize: size }} />
      {props.word ?? word}
    </span>
  );
}
