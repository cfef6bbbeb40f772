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
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import { makeStyles } from '@material-ui/core/styles';
import type {
  FleetCell,
  FleetPage,
} from 'backstage-plugin-prefix-caching-common';
import { ScrollArea } from '../components/ScrollArea';
import { Section } from '../components/Section';
import { StateLabel } from '../components/StateLabel';
import { formatCount, MISSING } from '../format';
import { useMessages } from '../hooks/useMessages';
import { useStateStyles } from '../states';
import type { DisplayState } from '../states';

const useStyles = makeStyles({
  cell: {
    padding: '2px 4px',
    // Backstage's theme breaks words wherever a narrow column ends.
    whiteSpace: 'nowrap',
    wordBreak: 'normal',
    '&:last-child': { paddingRight: 4 },
  },
  button: {
    display: 'flex',
    gap: 8,
    justifyContent: 'space-between',
    minWidth: 108,
    padding: '1px 6px',
    textTransform: 'none',
    width: '100%',
  },
});

/** Which models run on which accelerators, each cell with its worst verdict. */
export function FleetMatrix(props: {
  page: Pick<FleetPage, 'cells' | 'choices'>;
  onChoose(cell: { model: string; accelerator: string }): void;
}) {
  const classes = useStyles();
  const { t } = useMessages();
  const { cells, choices } = props.page;
  const models = sorted(cells.map(cell => cell.model));
  const accelerators = sorted(cells.map(cell => cell.accelerator));
  const nameOf = (id: string) =>
    choices.accelerators.find(each => each.id === id)?.name ?? id;
  return (
    <Section title={t('fleet.matrix.title')} caption={t('fleet.matrix.about')}>
      <ScrollArea name={t('fleet.matrix.title')}>
        <Table size="small" aria-label={t('fleet.matrix.title')}>
          <TableHead>
            <TableRow>
              <TableCell className={classes.cell}>
                {t('fleet.column.model')}
              </TableCell>
              {accelerators.map(id => (
                <TableCell key={id} className={classes.cell}>
                  {nameOf(id)}
                </TableCell>
              ))}
              <TableCell align="right" className={classes.cell}>
                {t('fleet.matrix.total')}
              </TableCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {models.map(model => (
              <TableRow key={model}>
                <TableCell
                  component="th"
                  role="rowheader"
                  scope="row"
                  className={classes.cell}
                >
                  {model}
                </TableCell>
                {accelerators.map(accelerator => {
                  const cell = cells.find(
                    each =>
                      each.model === model && each.accelerator === accelerator,
                  );
                  return (
                    <TableCell key={accelerator} className={classes.cell}>
                      {cell === undefined ? (
                        MISSING
                      ) : (
                        <CellButton
                          cell={cell}
                          name={`${model}, ${nameOf(accelerator)}`}
                          onClick={() => props.onChoose({ model, accelerator })}
                        />
                      )}
                    </TableCell>
                  );
                })}
                <TableCell align="right" className={classes.cell}>
                  {formatCount(
                    cells
                      .filter(each => each.model === model)
                      .reduce((sum, each) => sum + each.targets, 0),
                  )}
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </ScrollArea>
    </Section>
  );
}

function CellButton(props: { cell: FleetCell; name: string; onClick(): void }) {
  const classes = useStyles();
  const { t } = useMessages();
  const { cell } = props;
  const state: DisplayState =
    cell.worst === 'unknown' ? 'progressing' : cell.worst;
  const { edge, borderStyle, word } = useStateStyles()(state);
  const share =
    cell.count === cell.targets
      ? t('fleet.matrix.all')
      : `${formatCount(cell.count)} ${word.toLocaleLowerCase()}`;
  return (
    <Button
      size="small"
      className={classes.button}
      style={{
        border: `1px ${
          borderStyle === 'double' ? 'dashed' : borderStyle
        } ${edge}`,
      }}
      aria-label={t('fleet.matrix.cell', {
        name: props.name,
        targets: formatCount(cell.targets),
        share,
        word,
      })}
      onClick={props.onClick}
    >
      <span>{formatCount(cell.targets)}</span>{' '}
      <StateLabel state={state} size="small" word={share} />
    </Button>
  );
}

function sorted(values: string[]): string[] {
  return [...new Set(values)].sort((a, b) => a.localeCompare(b));
}
