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

import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import type { TargetReport } from 'backstage-plugin-prefix-caching-common';
import { useMessages } from '../../hooks/useMessages';
import { replicaCounts, targetLabel } from '../../model';
import { ReplicaRow } from './ReplicaRow';

const COLUMNS = [
  'replica',
  'state',
  'share',
  'delivered',
  'kvUsage',
  'queue',
  'blockSize',
  'source',
] as const;

/** What each replica counts, target by target. */
export function ReplicaTable(props: { targets: TargetReport[] }) {
  const { t } = useMessages();
  return (
    <Table
      size="small"
      style={{ minWidth: 860 }}
      aria-label={t('matrix.replicas')}
    >
      <TableHead>
        <TableRow>
          {COLUMNS.map(column => (
            <TableCell key={column}>{t(`replica.${column}`)}</TableCell>
          ))}
        </TableRow>
      </TableHead>
      {props.targets.map(target => (
        <TableBody key={target.targetId}>
          <TableRow>
            <TableCell
              colSpan={COLUMNS.length}
              component="th"
              role="rowheader"
              scope="rowgroup"
            >
              <b>{targetLabel(target)}</b>{' '}
              {t('replica.ready', replicaCounts(target))}
            </TableCell>
          </TableRow>
          {target.engines.map(engine => (
            <ReplicaRow key={engine.pod} engine={engine} target={target} />
          ))}
        </TableBody>
      ))}
    </Table>
  );
}
