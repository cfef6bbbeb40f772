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

import { useEffect, useRef } from 'react';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import type { RouterLogLine } from 'backstage-plugin-prefix-caching-common';
import { formatClock, formatCount, formatScore } from '../../format';
import { useMessages } from '../../hooks/useMessages';
import type { ShownLog } from '../../hooks/useRouterLog';
import { shortPodName } from '../../model';

const useStyles = makeStyles(theme => ({
  root: {
    backgroundColor: theme.palette.background.default,
    border: `1px solid ${theme.palette.divider}`,
    fontFamily: 'Menlo, Consolas, "Liberation Mono", monospace',
    fontSize: 12,
    margin: '8px 0',
    maxHeight: 320,
    overflow: 'auto',
    padding: 8,
  },
}));

/** Of one line, in pixels: nearer to the end counts as at the end. */
const LINE_HEIGHT = 20;

/** Log lines as they are, the oldest first, with what each decided. */
export function LogLines(props: { log: ShownLog; isFollowed: boolean }) {
  const { isFollowed } = props;
  const { pod, lines, truncated, skipped, advice, ended } = props.log;
  const classes = useStyles();
  const { t } = useMessages();
  const region = useRef<HTMLPreElement>(null);
  const isAtEnd = useRef(true);

  // What is new is seen, unless somebody reads further up.
  useEffect(() => {
    const { current } = region;
    if (current && isAtEnd.current) current.scrollTop = current.scrollHeight;
  }, [lines]);

  return (
    <>
      {lines.length > 0 && (
        <pre
          ref={region}
          className={classes.root}
          onScroll={({ currentTarget: box }) => {
            isAtEnd.current =
              box.scrollTop + box.clientHeight >=
              box.scrollHeight - LINE_HEIGHT;
          }}
          role="region"
          aria-label={t('log.of', { pod: pod ?? '' })}
          // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable
          tabIndex={0}
        >
          {lines.map(lineText).join('\n')}
        </pre>
      )}
      <Typography variant="caption" display="block">
        {[
          ...(lines.length === 0
            ? [t(isFollowed ? 'log.waiting' : 'log.none')]
            : []),
          ...(truncated ? [t('log.truncated')] : []),
          ...(skipped > 0
            ? [t('log.skipped', { lines: formatCount(skipped) })]
            : []),
          ...(ended ? [ended] : []),
          ...(advice ? [advice] : []),
        ].join(' ')}
      </Typography>
    </>
  );
}

function lineText({ at, level, text, decision }: RouterLogLine): string {
  const scores = Object.entries(decision?.scores ?? {}).map(
    ([pod, score]) => `${shortPodName(pod)} ${formatScore(score)}`,
  );
  return [
    at && formatClock(Date.parse(at)),
    level,
    text,
    decision?.endpoint && `→ ${shortPodName(decision.endpoint)}`,
    scores.length > 0 && `(${scores.join(', ')})`,
    decision?.requestId && `[${decision.requestId}]`,
  ]
    .filter(Boolean)
    .join('  ');
}
