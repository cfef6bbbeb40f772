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

import { humanizeEntityRef } from '@backstage/plugin-catalog-react';
import { parseEntityRef } from '@backstage/catalog-model';
import FormControl from '@material-ui/core/FormControl';
import InputLabel from '@material-ui/core/InputLabel';
import NativeSelect from '@material-ui/core/NativeSelect';
import { makeStyles } from '@material-ui/core/styles';
import type { FleetPage } from 'backstage-plugin-prefix-caching-common';
import { useElementId } from '../hooks/useElementId';
import { useMessages } from '../hooks/useMessages';
import type { FleetChoice, FleetFilter } from './useFleetQuery';

const useStyles = makeStyles({
  root: { display: 'flex', flexWrap: 'wrap', gap: 16 },
  field: { minWidth: 128 },
});

/** Narrows the list; every choice is one that something visible has. */
export function FleetFilters(props: {
  choice: FleetChoice;
  choices: FleetPage['choices'];
  onChange(part: Partial<Record<FleetFilter, string | undefined>>): void;
}) {
  const classes = useStyles();
  const { t } = useMessages();
  const { choices } = props;
  const model = props.choice.filters.model;
  const fields: {
    filter: FleetFilter;
    options: { value: string; label: string }[];
  }[] = [
    {
      filter: 'verdict',
      options: (['fail', 'inconclusive', 'warn', 'pass'] as const).map(
        value => ({ value, label: t(`state.${value}`) }),
      ),
    },
    { filter: 'owner', options: choices.owners.map(byRef('group')) },
    { filter: 'system', options: choices.systems.map(byRef('system')) },
    {
      filter: 'cluster',
      options: choices.clusters.map(value => ({ value, label: value })),
    },
    {
      filter: 'accelerator',
      options: choices.accelerators.map(({ id, name }) => ({
        value: id,
        label: name,
      })),
    },
    // Chosen in the matrix above; shown here so that it can be taken back.
    ...(model
      ? [
          {
            filter: 'model' as const,
            options: [{ value: model, label: model }],
          },
        ]
      : []),
  ];
  return (
    <div className={classes.root}>
      {fields.map(({ filter, options }) => (
        <FilterField
          key={filter}
          className={classes.field}
          label={t(`fleet.column.${filter}`)}
          any={t('fleet.any')}
          value={props.choice.filters[filter]}
          options={options}
          onChange={value => props.onChange({ [filter]: value })}
        />
      ))}
    </div>
  );
}

function FilterField(props: {
  className: string;
  label: string;
  any: string;
  value: string | undefined;
  options: { value: string; label: string }[];
  onChange(value: string | undefined): void;
}) {
  const id = useElementId();
  return (
    <FormControl className={props.className}>
      <InputLabel htmlFor={id} shrink>
        {props.label}
      </InputLabel>
      <NativeSelect
        id={id}
        value={props.value ?? ''}
        onChange={event => props.onChange(event.target.value || undefined)}
      >
        <option value="">{props.any}</option>
        {props.options.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </NativeSelect>
    </FormControl>
  );
}

function byRef(defaultKind: string) {
  return (ref: string) => ({
    value: ref,
    label: humanizeEntityRef(parseEntityRef(ref), { defaultKind }),
  });
}
