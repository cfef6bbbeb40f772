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
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import type { TargetReport } from 'backstage-plugin-prefix-caching-common';
import { MISSING } from '../../format';
import { useCheckLink } from '../../hooks/useCheckLink';
import { useMessages } from '../../hooks/useMessages';
import { hopsOf, targetLabel } from '../../model';
import type { HopReport } from '../../model';
import { compareStates } from '../../states';
import { StateLabel } from '../StateLabel';
import { useMatrixStyles } from './useMatrixStyles';

/** The two endpoints whose prompt the endpoint picker reads. */
const ENDPOINTS = ['/v1/chat/completions', '/v1/completions'];

/**
 * Whether the requests of each endpoint reach the endpoint picker with their
 * body, per accelerator. The checks behind it judge all endpoints of a service
 * at once, so a fault shows in both rows; the check itself names the route.
 */
export function RoutesTable(props: { targets: TargetReport[] }) {
  const classes = useMatrixStyles();
  const { t } = useMessages();
  const checkLink = useCheckLink();
  return (
    <Table
      size="small"
      className={classes.table}
      aria-label={t('matrix.routes')}
    >
      <TableHead>
        <TableRow>
          <TableCell className={classes.name}>{t('matrix.endpoint')}</TableCell>
          {props.targets.map(target => (
            <TableCell key={target.targetId}>{targetLabel(target)}</TableCell>
          ))}
        </TableRow>
      </TableHead>
      <TableBody>
        {ENDPOINTS.map(endpoint => (
          <TableRow key={endpoint}>
            <TableCell component="th" role="rowheader" scope="row">
              <code>{endpoint}</code>
            </TableCell>
            {props.targets.map(target => {
              const hop = worstHop(target);
              return (
                <TableCell key={target.targetId}>
                  {hop?.worst ? (
                    <Link
                      to={checkLink(hop.worst.check, target.targetId)}
                      underline="always"
                      title={hop.worst.summary}
                    >
                      <StateLabel state={hop.state} />
                    </Link>
                  ) : (
                    MISSING
                  )}
                </TableCell>
              );
            })}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

function worstHop(target: TargetReport): HopReport | undefined {
  return hopsOf(target)
    .filter(
      ({ id, worst }) =>
        (id === 'gateway' || id === 'requestBody') && worst !== undefined,
    )
    .sort((a, b) => compareStates(a.state, b.state))[0];
}
