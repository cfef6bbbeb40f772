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
import type { ProbeAnswer } from '../../hooks/useProbes';
import { targetLabel } from '../../model';
import { LastProbe } from './LastProbe';

const COLUMNS = [
  'service',
  'outcome',
  'hits',
  'control',
  'firstToken',
] as const;

/** The newest probe of each target. */
export function LastProbes(props: {
  targets: TargetReport[];
  answers: Record<string, ProbeAnswer>;
}) {
  const { t } = useMessages();
  return (
    <Table size="small" aria-label={t('probe.last')}>
      <TableHead>
        <TableRow>
          {COLUMNS.map(column => (
            <TableCell key={column}>{t(`probe.column.${column}`)}</TableCell>
          ))}
        </TableRow>
      </TableHead>
      <TableBody>
        {props.targets.map(target => {
          const { probes, error } = props.answers[target.targetId] ?? {};
          const [result] = probes?.results ?? [];
          return result ? (
            <LastProbe key={target.targetId} target={target} result={result} />
          ) : (
            <TableRow key={target.targetId}>
              <TableCell component="th" role="rowheader" scope="row">
                {targetLabel(target)}
              </TableCell>
              <TableCell colSpan={COLUMNS.length - 1}>
                {error
                  ? t('value.noSamples')
                  : t(probes ? 'probe.never' : 'probe.loading')}
              </TableCell>
            </TableRow>
          );
        })}
      </TableBody>
    </Table>
  );
}
