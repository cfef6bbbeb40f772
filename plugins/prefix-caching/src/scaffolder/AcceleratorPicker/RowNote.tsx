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

import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import TableCell from '@material-ui/core/TableCell';
import TableRow from '@material-ui/core/TableRow';
import type { FitFix } from 'prefix-caching-core';
import { useMessages } from '../../hooks/useMessages';
import { useStateStyles } from '../../states';
import { FIT_STATES } from './FitCells';
import type { FitAnswer } from './useFits';

const useStyles = makeStyles(theme => ({
  cell: { paddingTop: 0, fontSize: theme.typography.caption.fontSize },
  fixes: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: 8,
    listStyle: 'none',
    margin: '4px 0 0',
    padding: 0,
  },
  fix: { textTransform: 'none', textAlign: 'left' },
}));

/** Why a row does not surely fit, and what to do: at once, where a value does it. */
export function RowNote(props: {
  name: string;
  answer: FitAnswer;
  columns: number;
  /** Whether a remedy that names this accelerator can be taken here. */
  isOffered(accelerator: string): boolean;
  onFix(fix: FitFix): void;
}) {
  const { name, answer, columns, isOffered, onFix } = props;
  const classes = useStyles();
  const { t } = useMessages();
  const styleOf = useStateStyles();
  const { fit, error } = answer;
  const fixes = (fit?.fixes ?? []).filter(
    ({ change }) => !change?.accelerator || isOffered(change.accelerator),
  );
  const state = fit ? FIT_STATES[fit.verdict] : 'inconclusive';
  return (
    <TableRow>
      <TableCell />
      <TableCell colSpan={columns - 1} className={classes.cell}>
        <span style={{ color: styleOf(state).ink }}>
          {fit?.summary ?? error?.message}
        </span>
        {fixes.length > 0 && (
          <ul
            className={classes.fixes}
            aria-label={t('form.fit.remedies', { name })}
          >
            {fixes.map(fix => (
              <li key={fix.text}>
                {fix.change ? (
                  <Button
                    size="small"
                    variant="outlined"
                    className={classes.fix}
                    onClick={() => onFix(fix)}
                  >
                    {fix.text}
                  </Button>
                ) : (
                  fix.text
                )}
              </li>
            ))}
          </ul>
        )}
      </TableCell>
    </TableRow>
  );
}
