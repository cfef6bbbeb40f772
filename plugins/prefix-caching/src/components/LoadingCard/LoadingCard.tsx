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

import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import { useMessages } from '../../hooks/useMessages';

const useStyles = makeStyles(theme => ({
  root: {
    borderLeft: `8px solid ${theme.palette.divider}`,
    minHeight: 158,
    padding: '12px 16px',
  },
  bar: {
    backgroundColor: theme.palette.action.hover,
    borderRadius: 4,
    height: 22,
    margin: '8px 0 0 96px',
  },
}));

/** Keeps the place of the first card until the report is here. */
export function LoadingCard() {
  const classes = useStyles();
  const { t } = useMessages();
  return (
    <Paper className={classes.root} role="status" aria-busy>
      {t('page.loading')}
      <div className={classes.bar} style={{ width: '50%' }} />
      <div className={classes.bar} style={{ width: '72%', height: 12 }} />
    </Paper>
  );
}
