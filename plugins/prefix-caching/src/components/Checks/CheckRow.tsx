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

import IconButton from '@material-ui/core/IconButton';
import TableCell from '@material-ui/core/TableCell';
import TableRow from '@material-ui/core/TableRow';
import { makeStyles } from '@material-ui/core/styles';
import ExpandLess from '@material-ui/icons/ExpandLess';
import ExpandMore from '@material-ui/icons/ExpandMore';
import type { EntityReport } from 'backstage-plugin-prefix-caching-common';
import { MISSING } from '../../format';
import { useMessages } from '../../hooks/useMessages';
import type { CheckRow as Row } from '../../model';
import { waiverOf } from '../../states';
import { Responsible } from '../Responsible';
import { StateLabel } from '../StateLabel';
import { CheckDetails } from './CheckDetails';
import { rowButtonId } from './rowButtonId';

const useStyles = makeStyles(theme => ({
  check: { whiteSpace: 'nowrap' },
  button: {
    '&:focus-visible': { outline: `2px solid ${theme.palette.primary.main}` },
  },
  id: { fontFamily: 'Menlo, Consolas, "Liberation Mono", monospace' },
  advice: { ...theme.typography.caption, marginLeft: 30 },
  waived: { ...theme.typography.caption },
  details: {
    display: 'grid',
    gap: 24,
    gridTemplateColumns: 'repeat(auto-fit, minmax(320px, 1fr))',
    padding: '4px 0 8px 30px',
  },
}));

/** Says nothing that a team could act on. */
const NOT_CALLED = ['pass', 'skipped'];

/** One check on all targets; its button opens what was expected and found. */
export function CheckRow(props: {
  row: Row;
  report: EntityReport;
  expanded: boolean;
  onToggle(check: string): void;
}) {
  const { row, report, expanded, onToggle } = props;
  const classes = useStyles();
  const { t } = useMessages();
  const { worst } = row;
  const detailsId = `${rowButtonId(row.check)}-details`;
  return (
    <>
      <TableRow>
        <TableCell
          component="th"
          role="rowheader"
          scope="row"
          className={classes.check}
        >
          <IconButton
            id={rowButtonId(row.check)}
            size="small"
            className={classes.button}
            // A deep link focuses the button before its ripple exists.
            focusRipple={false}
            aria-expanded={expanded}
            aria-controls={expanded ? detailsId : undefined}
            aria-label={t('checks.details', { check: row.check })}
            onClick={() => onToggle(row.check)}
          >
            {expanded ? (
              <ExpandLess fontSize="small" />
            ) : (
              <ExpandMore fontSize="small" />
            )}
          </IconButton>
          <span className={classes.id}>{row.check}</span>
          {row.requirement !== 'required' && (
            <div className={classes.advice}>
              {t(`requirement.${row.requirement}`)}
            </div>
          )}
        </TableCell>
        {row.cells.map((cell, index) => (
          <TableCell key={report.targets[index].targetId}>
            {cell ? <StateLabel state={cell.state} size="small" /> : MISSING}
            {cell && waiverOf(cell.target, row.check) && (
              <div className={classes.waived}>{t('waiver.short')}</div>
            )}
          </TableCell>
        ))}
        <TableCell>{worst.finding.summary}</TableCell>
        <TableCell>
          {NOT_CALLED.includes(worst.state) ? (
            MISSING
          ) : (
            <Responsible
              finding={worst.finding}
              targetId={worst.target.targetId}
              responsible={report.responsible}
            />
          )}
        </TableCell>
      </TableRow>
      {expanded && (
        <TableRow id={detailsId}>
          <TableCell colSpan={row.cells.length + 3}>
            <div className={classes.details}>
              {row.cells.map(
                cell =>
                  cell && (
                    <CheckDetails
                      key={cell.target.targetId}
                      cell={cell}
                      responsible={report.responsible}
                    />
                  ),
              )}
            </div>
          </TableCell>
        </TableRow>
      )}
    </>
  );
}
