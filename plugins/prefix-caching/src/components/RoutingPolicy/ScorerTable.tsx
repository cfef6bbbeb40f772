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
import { findScorer, isPrefixScorer } from 'prefix-caching-core/scoring';
import type { SchedulingProfile } from 'prefix-caching-core';
import { formatRatio, formatWeight, MISSING } from '../../format';
import { useMessages } from '../../hooks/useMessages';

const useStyles = makeStyles({
  table: {
    minWidth: 860,
    '& th, & code': { whiteSpace: 'nowrap' },
  },
});

/** The scorers of a running profile, in its own order. */
export function ScorerTable(props: { profile: SchedulingProfile }) {
  const { profile } = props;
  const { t } = useMessages();
  const all = profile.scorers.reduce((sum, { weight }) => sum + weight, 0);
  return (
    <Table
      size="small"
      className={useStyles().table}
      aria-label={t('policy.profile', {
        profile: profile.name,
        picker: profile.picker ?? MISSING,
      })}
    >
      <TableHead>
        <TableRow>
          <TableCell>{t('policy.scorer')}</TableCell>
          <TableCell align="right">{t('policy.weight')}</TableCell>
          <TableCell align="right">{t('policy.share')}</TableCell>
          <TableCell>{t('policy.purpose')}</TableCell>
          <TableCell>{t('policy.method')}</TableCell>
          <TableCell>{t('policy.score')}</TableCell>
        </TableRow>
      </TableHead>
      <TableBody>
        {profile.scorers.map(({ name, type, weight }) => {
          const known = findScorer(type);
          return (
            <TableRow key={name}>
              <TableCell component="th" role="rowheader" scope="row">
                <code>{isPrefixScorer(type) ? <b>{type}</b> : type}</code>
                {name !== type && ` (${name})`}
              </TableCell>
              <TableCell align="right">{formatWeight(weight)}</TableCell>
              <TableCell align="right">
                {all > 0 ? formatRatio(weight / all, 0) : MISSING}
              </TableCell>
              <TableCell>{known?.purpose ?? t('policy.unknown')}</TableCell>
              <TableCell>{known?.method ?? MISSING}</TableCell>
              <TableCell>{known?.formula ?? MISSING}</TableCell>
            </TableRow>
          );
        })}
      </TableBody>
    </Table>
  );
}
