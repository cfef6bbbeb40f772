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

import { alpha, makeStyles } from '@material-ui/core/styles';
import type { FunnelStep } from 'backstage-plugin-prefix-caching-common';
import { useThresholds } from '../../hooks/useThresholds';

const useStyles = makeStyles(theme => {
  const line = theme.palette.primary.main;
  const predicted = theme.palette.type === 'dark' ? '#d9b8f5' : '#6a4a86';
  return {
    root: {
      backgroundColor: theme.palette.action.hover,
      border: `1px solid ${theme.palette.divider}`,
      height: 16,
      margin: 0,
      position: 'relative',
    },
    fill: { height: '100%', left: 0, position: 'absolute', top: 0 },
    held: { backgroundColor: alpha(line, 0.25), border: `1px solid ${line}` },
    captured: { border: `2px solid ${predicted}` },
    delivered: { backgroundColor: line },
    // What may be held beyond the lower bound.
    open: {
      backgroundImage: `repeating-linear-gradient(45deg, ${alpha(
        line,
        0.5,
      )} 0 1px, transparent 1px 6px)`,
      border: `1px dashed ${line}`,
      borderLeft: 'none',
      height: '100%',
      position: 'absolute',
      right: 0,
      top: 0,
    },
    mark: {
      borderLeft: `2px solid ${theme.palette.text.primary}`,
      bottom: -3,
      position: 'absolute',
      top: -3,
    },
    poor: { borderLeftStyle: 'dotted' },
  };
});

/** One step drawn over the whole of the prompt tokens; its figure stands beside it. */
export function FunnelBar(props: { step: FunnelStep }) {
  const { id, ratio, bound } = props.step;
  const classes = useStyles();
  const { poor, good } = useThresholds();
  return (
    <dd aria-hidden className={classes.root}>
      {ratio !== undefined && (
        <div
          className={`${classes.fill} ${classes[id]}`}
          style={{ boxSizing: 'border-box', width: percent(ratio) }}
        />
      )}
      {ratio !== undefined && bound === 'lower' && (
        <div className={classes.open} style={{ left: percent(ratio) }} />
      )}
      {id === 'delivered' && (
        <>
          <div
            className={`${classes.mark} ${classes.poor}`}
            style={{ left: percent(poor) }}
          />
          <div className={classes.mark} style={{ left: percent(good) }} />
        </>
      )}
    </dd>
  );
}

function percent(ratio: number): string {
  return `${Math.min(1, Math.max(0, ratio)) * 100}%`;
}
