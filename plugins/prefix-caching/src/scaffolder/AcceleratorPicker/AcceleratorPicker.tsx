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

import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import Button from '@material-ui/core/Button';
import FormControl from '@material-ui/core/FormControl';
import FormHelperText from '@material-ui/core/FormHelperText';
import FormLabel from '@material-ui/core/FormLabel';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import type { PlannedAccelerator } from 'prefix-caching-core';
import { useState } from 'react';
import { formatList } from '../../format';
import { useMessages } from '../../hooks/useMessages';
import { AcceleratorRow } from './AcceleratorRow';
import { AcceleratorTable } from './AcceleratorTable';
import { ChoiceStatus } from './ChoiceStatus';
import { useChoices } from './useChoices';
import type { ModelValues } from '../formModel';
import { useOffered } from '../useOffered';

/** What most requests have in common where nobody says: a system prompt. */
const SHARED_PREFIX = 1024;

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: 12, minWidth: 0 },
  prefix: { maxWidth: 360 },
});

/**
 * The accelerators of a plan, one LLMInferenceService each.
 *
 * Offers what the back end offers to this user, and says beside each whether
 * the chosen model fits. The value is the plan's `accelerators` and nothing
 * else, so that the scaffolder's HTTP API takes the same inputs.
 */
export function AcceleratorPicker(
  props: FieldExtensionComponentProps<PlannedAccelerator[]>,
) {
  const { formContext, schema, idSchema } = props;
  const classes = useStyles();
  const { t } = useMessages();
  const { offered, error } = useOffered();
  const [sharedPrefix, setSharedPrefix] = useState(SHARED_PREFIX);
  const form: ModelValues & { nodePlatform?: string } =
    formContext?.formData ?? {};
  const choices = useChoices({
    offered,
    form,
    sharedPrefix,
    value: props.formData,
    onChange: props.onChange,
  });
  const title = schema.title ?? t('form.accelerators.title');

  return (
    <FormControl
      component="fieldset"
      fullWidth
      margin="normal"
      error={(props.rawErrors ?? []).length > 0}
      id={idSchema.$id}
    >
      <FormLabel component="legend">{title}</FormLabel>
      <div className={classes.root}>
        <FormHelperText>{schema.description}</FormHelperText>
        {error && (
          <FormHelperText error>
            {t('form.accelerators.unknown', { reason: error.message })}
          </FormHelperText>
        )}
        <TextField
          id={`${idSchema.$id}-prefix`}
          className={classes.prefix}
          type="number"
          label={t('form.accelerators.prefix')}
          helperText={t('form.accelerators.prefixAbout')}
          value={sharedPrefix}
          onChange={({ target }) =>
            setSharedPrefix(Math.max(0, Math.trunc(Number(target.value))))
          }
          inputProps={{ min: 0 }}
        />
        <AcceleratorTable name={title} sharedPrefix={sharedPrefix}>
          {choices.rows.map(row => (
            <AcceleratorRow
              key={row.accelerator.id}
              {...row}
              known={choices.known}
              isOffered={choices.isOffered}
            />
          ))}
        </AcceleratorTable>
        <FormHelperText>
          {[
            t('form.accelerators.ranges'),
            ...(choices.validTensorParallel.length > 0
              ? [
                  t('form.accelerators.parallel', {
                    sizes: formatList(choices.validTensorParallel.map(String)),
                  }),
                ]
              : []),
          ].join(' ')}
        </FormHelperText>
        {choices.notOffered.map(id => (
          <FormHelperText key={id} error component="div">
            {t('form.accelerators.notOffered', { id })}{' '}
            <Button size="small" onClick={() => choices.remove(id)}>
              {t('form.accelerators.remove', { id })}
            </Button>
          </FormHelperText>
        ))}
        {choices.elsewhere.length > 0 && (
          <FormHelperText>
            {t('form.accelerators.elsewhere', {
              names: formatList(choices.elsewhere),
            })}
          </FormHelperText>
        )}
        <ChoiceStatus chosen={choices.chosen} known={choices.known} />
      </div>
    </FormControl>
  );
}
