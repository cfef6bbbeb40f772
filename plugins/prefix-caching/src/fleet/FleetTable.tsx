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
import TablePagination from '@material-ui/core/TablePagination';
import TableRow from '@material-ui/core/TableRow';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import type { FleetPage } from 'backstage-plugin-prefix-caching-common';
import { ScrollArea } from '../components/ScrollArea';
import { useMessages } from '../hooks/useMessages';
import { FleetTableRow } from './FleetTableRow';

const COLUMNS = [
  { id: 'verdict' },
  { id: 'service' },
  { id: 'owner' },
  { id: 'reason' },
  { id: 'responsible' },
  { id: 'since' },
  { id: 'accelerator' },
  { id: 'delivered', align: 'right' },
  { id: 'predicted', align: 'right' },
  { id: 'requests', align: 'right' },
  { id: 'verified', align: 'right' },
] as const;

const useStyles = makeStyles({
  // Eleven columns: the padding of the theme would break every heading.
  table: {
    '& .MuiTableCell-root': {
      fontSize: 13,
      lineHeight: 1.35,
      overflowWrap: 'break-word',
      padding: '6px 8px',
      verticalAlign: 'top',
      wordBreak: 'normal',
    },
    '& time': { whiteSpace: 'nowrap' },
    '& .MuiTableCell-head': { whiteSpace: 'nowrap' },
    '& .MuiTableCell-alignRight': { whiteSpace: 'nowrap' },
  },
});

/** One target a row, worst first: the order is the back end's. */
export function FleetTable(props: {
  page: FleetPage;
  offset: number;
  limit: number;
  onTurn(page: { offset: number; limit: number }): void;
}) {
  const classes = useStyles();
  const { t } = useMessages();
  const { page, offset, limit } = props;
  if (page.totalItems === 0) {
    return <Typography variant="body2">{t('fleet.noMatch')}</Typography>;
  }
  return (
    <>
      <ScrollArea name={t('fleet.title')}>
        <Table
          size="small"
          aria-label={t('fleet.title')}
          className={classes.table}
        >
          <TableHead>
            <TableRow>
              {COLUMNS.map(column => (
                <TableCell
                  key={column.id}
                  align={'align' in column ? column.align : undefined}
                >
                  {t(`fleet.column.${column.id}`)}
                </TableCell>
              ))}
            </TableRow>
          </TableHead>
          <TableBody>
            {page.items.map(row => (
              <FleetTableRow
                key={`${row.entityRef} ${row.targetId}`}
                row={row}
              />
            ))}
          </TableBody>
        </Table>
      </ScrollArea>
      <TablePagination
        component="div"
        count={page.totalItems}
        page={Math.floor(offset / limit)}
        rowsPerPage={limit}
        rowsPerPageOptions={[10, 25, 50, 100]}
        labelRowsPerPage={t('fleet.perPage')}
        SelectProps={{
          native: true,
          inputProps: { 'aria-label': t('fleet.perPage') },
        }}
        onPageChange={(_, next) =>
          props.onTurn({ offset: next * limit, limit })
        }
        onRowsPerPageChange={event =>
          props.onTurn({ offset: 0, limit: Number(event.target.value) })
        }
      />
    </>
  );
}
