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

import Checkbox from '@material-ui/core/Checkbox';
import Input from '@material-ui/core/Input';
import NativeSelect from '@material-ui/core/NativeSelect';
import { makeStyles } from '@material-ui/core/styles';
import TableCell from '@material-ui/core/TableCell';
import TableRow from '@material-ui/core/TableRow';
import type {
  Accelerator,
  FitFix,
  PlannedAccelerator,
} from 'prefix-caching-core';
import { useMessages } from '../../hooks/useMessages';
import { choiceOf, choiceValue, withChoice } from './choice';
import { FitCells } from './FitCells';
import { RowNote } from './RowNote';
import type { FitAnswer } from './useFits';

/** Columns of the table, for the line below a row. */
export const COLUMNS = 10;

const useStyles = makeStyles(theme => ({
  name: { fontWeight: 700 },
  named: { minWidth: 130 },
  choice: { minWidth: '6.5em' },
  about: {
    display: 'block',
    color: theme.palette.type === 'dark' ? '#c3c3c3' : '#5e5e5e',
    fontSize: theme.typography.caption.fontSize,
  },
  length: { width: '7em' },
  // Not MUI's `selected`, whose colour is that of a warning in Backstage's theme.
  chosen: { backgroundColor: `${theme.palette.action.selected} !important` },
  noted: { '& > td': { borderBottom: 'none' } },
}));

function useMemoryText(accelerator: Accelerator): string | undefined {
  const { t } = useMessages();
  const { hbmGb, usableGib } = accelerator;
  if (hbmGb !== undefined) {
    return t('form.accelerators.memoryGb', { gb: String(hbmGb) });
  }
  return usableGib === undefined
    ? undefined
    : t('form.accelerators.memoryGib', { gib: String(usableGib) });
}

/** One accelerator: whether it is chosen, how many devices, how long, and whether the model fits. */
export function AcceleratorRow(props: {
  accelerator: Accelerator;
  planned: PlannedAccelerator;
  chosen: boolean;
  /** Whether the model's facts are known. */
  known: boolean;
  answer?: FitAnswer;
  /** What a choice starts with. */
  suggestedLength?: number;
  isOffered(accelerator: string): boolean;
  onToggle(): void;
  onChange(planned: PlannedAccelerator): void;
  onFix(fix: FitFix): void;
}) {
  const { accelerator, planned, chosen, known, answer, suggestedLength } =
    props;
  const { isOffered, onToggle, onChange, onFix } = props;
  const { name, choices, support, vendor } = accelerator;
  const classes = useStyles();
  const { t } = useMessages();
  const memory = useMemoryText(accelerator);
  const unfit = answer?.fit?.verdict === 'no';
  const noted =
    answer?.error !== undefined ||
    (answer?.fit !== undefined && answer.fit.verdict !== 'fits');
  const about = [memory, support === 'good' ? undefined : support];
  return (
    <>
      <TableRow
        className={[chosen && classes.chosen, noted && classes.noted]
          .filter(Boolean)
          .join(' ')}
      >
        <TableCell padding="checkbox">
          <Checkbox
            checked={chosen}
            // What does not fit may still be left, and be mended by a remedy.
            disabled={unfit && !chosen}
            onChange={onToggle}
            color="primary"
            inputProps={{
              'aria-label': t('form.accelerators.choose', { name }),
            }}
          />
        </TableCell>
        <TableCell className={classes.named}>
          <span className={classes.name}>{name}</span>
          <span className={classes.about}>
            {about.filter(Boolean).join(' · ')}
          </span>
        </TableCell>
        <TableCell>
          <NativeSelect
            className={classes.choice}
            value={choiceValue(choiceOf(accelerator, planned))}
            disabled={choices.length === 1}
            onChange={({ target }) => {
              const choice = choices.find(
                it => choiceValue(it) === target.value,
              );
              if (choice) {
                onChange(withChoice(planned, choice));
              }
            }}
            inputProps={{
              'aria-label': t(
                vendor === 'tpu'
                  ? 'form.accelerators.topologyOf'
                  : 'form.accelerators.devicesOf',
                { name },
              ),
            }}
          >
            {choices.map(choice => (
              <option key={choiceValue(choice)} value={choiceValue(choice)}>
                {choice.topology
                  ? `${choice.topology} (${choice.devices})`
                  : choice.devices}
              </option>
            ))}
          </NativeSelect>
        </TableCell>
        <TableCell>
          <Input
            type="number"
            className={classes.length}
            value={planned.maxModelLen ?? ''}
            placeholder={suggestedLength?.toString()}
            onChange={({ target }) =>
              onChange({
                ...planned,
                maxModelLen:
                  target.value === ''
                    ? undefined
                    : Math.max(1, Math.trunc(Number(target.value))),
              })
            }
            inputProps={{
              min: 1,
              'aria-label': t('form.accelerators.lengthOf', { name }),
            }}
          />
        </TableCell>
        <FitCells answer={answer} known={known} />
      </TableRow>
      {noted && answer && (
        <RowNote
          name={name}
          answer={answer}
          columns={COLUMNS}
          isOffered={isOffered}
          onFix={onFix}
        />
      )}
    </>
  );
}
