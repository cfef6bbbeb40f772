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

import { Link } from '@backstage/core-components';
import { parseEntityRef } from '@backstage/catalog-model';
import { useRouteRef } from '@backstage/core-plugin-api';
import {
  EntityRefLink,
  entityRouteParams,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import TableCell from '@material-ui/core/TableCell';
import TableRow from '@material-ui/core/TableRow';
import { makeStyles } from '@material-ui/core/styles';
import type { FleetRow } from 'backstage-plugin-prefix-caching-common';
import { Age, Moment } from '../components/Moment';
import { StateLabel } from '../components/StateLabel';
import { formatCount, formatRatio, MISSING } from '../format';
import { useMessages } from '../hooks/useMessages';
import { checkName } from '../model';
import { TAB_PATH } from '../tabPath';
import { remarkOfRow, stateOfRow } from './stateOfRow';

const useStyles = makeStyles(theme => ({
  row: { verticalAlign: 'top' },
  under: {
    // MUI's secondary text is too faint on the page.
    color:
      theme.palette.type === 'dark'
        ? theme.palette.grey[400]
        : theme.palette.grey[700],
    display: 'block',
    fontSize: 12,
    maxWidth: 280,
  },
}));

/** One target of one entity. */
export function FleetTableRow(props: { row: FleetRow }) {
  const classes = useStyles();
  const { t } = useMessages();
  const { row } = props;
  const tab = useTabOf(row);
  const remark = remarkOfRow(row);
  const figure = (text: string, value: number | undefined) => {
    if (row.freshness === 'stale') return t('fleet.stale');
    return value === undefined ? MISSING : text;
  };
  return (
    <TableRow className={classes.row}>
      <TableCell>
        <StateLabel state={stateOfRow(row)} />
        {remark && (
          <span className={classes.under}>
            <StateLabel state={remark} size="small" />
          </span>
        )}
      </TableCell>
      <TableCell component="th" role="rowheader" scope="row">
        <Link to={tab} underline="always">
          <b>{row.title ?? parseEntityRef(row.entityRef).name}</b>
        </Link>
        <span className={classes.under}>
          {`${row.name} · ${row.cluster}/${row.namespace}`}
        </span>
      </TableCell>
      <TableCell>
        {row.owner ? (
          <EntityRefLink entityRef={row.owner} defaultKind="group" />
        ) : (
          t('fleet.noOwner')
        )}
      </TableCell>
      <TableCell>
        {row.fault ? (
          <>
            <Link
              to={`${tab}#check=${row.fault.check}&target=${row.targetId}`}
              underline="always"
            >
              {t(`component.${row.fault.component}`)} ·{' '}
              {checkName(row.fault.check)}
            </Link>
            <span className={classes.under}>{row.summary}</span>
          </>
        ) : (
          MISSING
        )}
      </TableCell>
      <TableCell>
        {row.fault?.responsible ? (
          <EntityRefLink
            entityRef={row.fault.responsible}
            defaultKind="group"
          />
        ) : (
          MISSING
        )}
      </TableCell>
      <TableCell>
        {row.since ? (
          <>
            <Moment iso={row.since} />
            <span className={classes.under}>
              <Age iso={row.since} />
            </span>
          </>
        ) : (
          MISSING
        )}
      </TableCell>
      <TableCell>{row.accelerator?.name ?? MISSING}</TableCell>
      <TableCell align="right">
        {figure(formatRatio(row.deliveredHitRatio), row.deliveredHitRatio)}
      </TableCell>
      <TableCell align="right">
        {figure(formatRatio(row.predictedHitRatio), row.predictedHitRatio)}
      </TableCell>
      <TableCell align="right">
        {figure(formatCount(row.requestsPerMinute), row.requestsPerMinute)}
      </TableCell>
      <TableCell align="right">
        {row.observedAt ? <Age iso={row.observedAt} /> : MISSING}
      </TableCell>
    </TableRow>
  );
}

/** The tab of a row's entity, wherever the portal has its catalog. */
function useTabOf(row: FleetRow): string {
  const entityRoute = useRouteRef(entityRouteRef);
  const params = entityRouteParams(row.entityRef, { encodeParams: true });
  return `${entityRoute(params)}/${TAB_PATH}`;
}
