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

import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableRow from '@material-ui/core/TableRow';
import { makeStyles } from '@material-ui/core/styles';
import type { EntityReport } from 'backstage-plugin-prefix-caching-common';
import { MISSING } from '../../format';
import { useMessages } from '../../hooks/useMessages';
import { needsAttention } from '../../model';
import type { CheckGroup as Group } from '../../model';
import { StateLabel } from '../StateLabel';
import { CheckRow } from './CheckRow';
import { useComponentWords } from './useComponentWords';

const useStyles = makeStyles(theme => ({
  group: { backgroundColor: theme.palette.background.default },
  requirement: { ...theme.typography.caption, display: 'block' },
  quiet: { ...theme.typography.caption },
}));

/** One component of the reference document, its state per target, and its checks. */
export function CheckGroup(props: {
  group: Group;
  report: EntityReport;
  showAll: boolean;
  expanded: ReadonlySet<string>;
  onToggle(check: string): void;
}) {
  const { group, report, showAll, expanded, onToggle } = props;
  const classes = useStyles();
  const { t } = useMessages();
  const words = useComponentWords()(group.component);
  const shown = group.rows.filter(
    row => showAll || needsAttention(row) || expanded.has(row.check),
  );
  const hidden = group.rows.filter(row => !shown.includes(row));
  return (
    <TableBody>
      <TableRow className={classes.group}>
        <TableCell component="th" role="rowheader" scope="rowgroup">
          <b>{words.title}</b>{' '}
          <span className={classes.requirement}>{words.requirement}</span>
        </TableCell>
        {group.states.map((state, index) => (
          <TableCell key={report.targets[index].targetId}>
            {state === undefined ? (
              MISSING
            ) : (
              <StateLabel state={state} size="small" />
            )}
          </TableCell>
        ))}
        <TableCell colSpan={2} className={classes.quiet}>
          {words.details}
        </TableCell>
      </TableRow>
      {shown.map(row => (
        <CheckRow
          key={row.check}
          row={row}
          report={report}
          expanded={expanded.has(row.check)}
          onToggle={onToggle}
        />
      ))}
      {hidden.length > 0 && (
        <TableRow>
          <TableCell
            colSpan={report.targets.length + 3}
            className={classes.quiet}
          >
            {t('checks.quiet', {
              count: hidden.length,
              checks: hidden.map(row => row.check).join(', '),
            })}
          </TableCell>
        </TableRow>
      )}
    </TableBody>
  );
}
