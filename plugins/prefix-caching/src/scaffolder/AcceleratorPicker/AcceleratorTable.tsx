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
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import type { ReactNode } from 'react';
import { ScrollArea } from '../../components/ScrollArea';
import { formatCount } from '../../format';
import { useMessages } from '../../hooks/useMessages';

const useStyles = makeStyles({
  // Backstage's theme breaks words anywhere.
  head: {
    '& th': { padding: 8, verticalAlign: 'bottom', wordBreak: 'normal' },
  },
});

/** The frame of the accelerators: what each column says. */
export function AcceleratorTable(props: {
  name: string;
  sharedPrefix: number;
  children: ReactNode;
}) {
  const classes = useStyles();
  const { t } = useMessages();
  return (
    <ScrollArea name={props.name}>
      <Table size="small" aria-label={props.name}>
        <TableHead className={classes.head}>
          <TableRow>
            <TableCell padding="checkbox">
              {t('form.accelerators.chosen')}
            </TableCell>
            <TableCell>{t('form.accelerators.accelerator')}</TableCell>
            <TableCell>{t('form.accelerators.devices')}</TableCell>
            <TableCell>{t('form.accelerators.length')}</TableCell>
            <TableCell>{t('form.accelerators.fit')}</TableCell>
            <TableCell align="right">{t('form.accelerators.tokens')}</TableCell>
            <TableCell align="right">
              {t('form.accelerators.largest')}
            </TableCell>
            <TableCell align="right">
              {t('form.accelerators.requests')}
            </TableCell>
            <TableCell align="right">
              {t('form.accelerators.warm', {
                tokens: formatCount(props.sharedPrefix),
              })}
            </TableCell>
            <TableCell align="right">
              {t('form.accelerators.smallest')}
            </TableCell>
          </TableRow>
        </TableHead>
        <TableBody>{props.children}</TableBody>
      </Table>
    </ScrollArea>
  );
}
