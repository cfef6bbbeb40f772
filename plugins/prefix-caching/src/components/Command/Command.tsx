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

import { CopyTextButton } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';
import { useMessages } from '../../hooks/useMessages';

const useStyles = makeStyles(theme => ({
  root: {
    alignItems: 'flex-start',
    backgroundColor: theme.palette.background.default,
    border: `1px solid ${theme.palette.divider}`,
    borderRadius: 4,
    display: 'flex',
    marginTop: 4,
  },
  code: {
    flex: 1,
    fontFamily: 'Menlo, Consolas, "Liberation Mono", monospace',
    fontSize: 12,
    margin: 0,
    minWidth: 0,
    padding: 8,
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
  },
}));

/** Text to copy as it stands; a command here only ever reads. */
export function Command(props: { purpose: string; text: string }) {
  const classes = useStyles();
  const { t } = useMessages();
  return (
    <div className={classes.root}>
      <pre className={classes.code} role="group" aria-label={props.purpose}>
        {props.text}
      </pre>
      <CopyTextButton
        text={props.text}
        tooltipText={t('command.copied')}
        aria-label={t('command.copy', { purpose: props.purpose })}
      />
    </div>
  );
}
