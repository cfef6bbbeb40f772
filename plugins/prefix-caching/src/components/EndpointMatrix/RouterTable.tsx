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
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import type { TargetReport } from 'backstage-plugin-prefix-caching-common';
import { useMessages } from '../../hooks/useMessages';
import { targetLabel } from '../../model';
import { useMatrixStyles } from './useMatrixStyles';
import { useRouterFigures } from './useRouterFigures';

/** What each target's endpoint picker counts: figures as rows, targets as columns. */
export function RouterTable(props: { targets: TargetReport[] }) {
  const classes = useMatrixStyles();
  const { t } = useMessages();
  const figures = useRouterFigures();
  return (
    <Table
      size="small"
      className={classes.table}
      aria-label={t('matrix.router')}
    >
      <TableHead>
        <TableRow>
          <TableCell className={classes.name}>
            {t('matrix.routerFigure')}
          </TableCell>
          {props.targets.map(target => (
            <TableCell key={target.targetId}>{targetLabel(target)}</TableCell>
          ))}
        </TableRow>
      </TableHead>
      <TableBody>
        {figures.map(({ name, value }) => (
          <Row
            key={name}
            name={name}
            values={props.targets.map(target => [
              target.targetId,
              value(target),
            ])}
          />
        ))}
      </TableBody>
    </Table>
  );
}

function Row(props: { name: string; values: [string, ReactNode][] }) {
  return (
    <TableRow>
      <TableCell component="th" role="rowheader" scope="row">
        {props.name}
      </TableCell>
      {props.values.map(([targetId, value]) => (
        <TableCell key={targetId}>{value}</TableCell>
      ))}
    </TableRow>
  );
}
