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
import { makeStyles } from '@material-ui/core/styles';
import type { TargetReport } from 'backstage-plugin-prefix-caching-common';
import { formatScore } from '../../format';
import { useMessages } from '../../hooks/useMessages';
import { hottestOverMean, replicaCounts, targetLabel } from '../../model';
import { Source } from '../Figure';
import { ReplicaRow } from './ReplicaRow';

/** Those whose cells are figures, and those whose are not. */
const COLUMNS = [
  ['replica', 'left'],
  ['state', 'left'],
  ['share', 'left'],
  ['requests', 'right'],
  ['delivered', 'right'],
  ['kvUsage', 'right'],
  ['queue', 'right'],
  ['capacity', 'right'],
] as const;

const useStyles = makeStyles({
  row: { '& > td': { whiteSpace: 'nowrap' } },
});

/** What each replica counts, target by target. */
export function ReplicaTable(props: { targets: TargetReport[] }) {
  const classes = useStyles();
  const { t } = useMessages();
  return (
    <Table
      size="small"
      style={{ minWidth: 860 }}
      aria-label={t('matrix.replicas')}
    >
      <TableHead>
        <TableRow>
          {COLUMNS.map(([column, align]) => (
            <TableCell key={column} align={align}>
              {t(`replica.${column}`)}
            </TableCell>
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
              {[
                t('replica.ready', replicaCounts(target)),
                ...hottest(target),
              ].join(' · ')}
              {sampled(target)}
            </TableCell>
          </TableRow>
          {target.engines.map(engine => (
            <ReplicaRow
              key={engine.pod}
              engine={engine}
              target={target}
              className={classes.row}
            />
          ))}
        </TableBody>
      ))}
    </Table>
  );

  /** One replica's sample stands for all: they are read in one go. */
  function sampled({ engines }: TargetReport) {
    const engine = engines.find(({ at }) => at !== undefined);
    return (
      engine && (
        <>
          {' · '}
          <Source at={engine.at} source={engine.source} />
        </>
      )
    );
  }

  /** How far the busiest replica is from the mean; 1 is even. */
  function hottest(target: TargetReport): string[] {
    const imbalance = hottestOverMean(target);
    return imbalance === undefined
      ? []
      : [t('replicas.hottest', { ratio: formatScore(imbalance) })];
  }
}
