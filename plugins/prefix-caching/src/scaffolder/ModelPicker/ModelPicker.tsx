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
import FormControl from '@material-ui/core/FormControl';
import FormHelperText from '@material-ui/core/FormHelperText';
import InputLabel from '@material-ui/core/InputLabel';
import NativeSelect from '@material-ui/core/NativeSelect';
import type { ModelFacts } from 'prefix-caching-core';
import { useEffect } from 'react';
import { formatCount } from '../../format';
import { useMessages } from '../../hooks/useMessages';
import { OTHER_MODEL } from '../formModel';
import { useOffered } from '../useOffered';

/** What decides where a model fits, in one line. */
function useAbout() {
  const { t } = useMessages();
  return ({ weightsDtype, weightsGib, maxContext, gated }: ModelFacts) =>
    [
      t('form.model.about', {
        dtype: weightsDtype,
        gib: weightsGib.toFixed(1),
        context: formatCount(maxContext),
      }),
      ...(gated ? [t('form.model.gated')] : []),
    ].join(' ');
}

/**
 * The models that the portal offers to whoever asks, and another one by its
 * address. The value is the id, so that a script sends the same.
 */
export function ModelPicker(props: FieldExtensionComponentProps<string>) {
  const { formData, onChange, rawErrors = [], schema, idSchema } = props;
  const { t } = useMessages();
  const about = useAbout();
  const { offered, error } = useOffered();
  const models = offered?.models;
  const first = models?.[0]?.id;
  const id = idSchema.$id;
  const chosen = models?.find(it => it.id === formData);
  const known = chosen !== undefined || formData === OTHER_MODEL;

  useEffect(() => {
    if (formData === undefined && first !== undefined) {
      onChange(first);
    }
  }, [formData, first, onChange]);

  return (
    <FormControl
      fullWidth
      margin="normal"
      required={props.required}
      error={rawErrors.length > 0 || error !== undefined}
    >
      <InputLabel htmlFor={id} shrink>
        {schema.title ?? t('form.model.title')}
      </InputLabel>
      <NativeSelect
        id={id}
        value={formData ?? ''}
        onChange={({ target }) => onChange(target.value || undefined)}
        inputProps={{ 'aria-describedby': `${id}-about` }}
      >
        {formData === undefined && (
          <option value="">{t('form.model.choose')}</option>
        )}
        {formData !== undefined && !known && (
          <option value={formData}>{formData}</option>
        )}
        {models?.map(model => (
          <option key={model.id} value={model.id}>
            {model.name}
          </option>
        ))}
        <option value={OTHER_MODEL}>{t('form.model.other')}</option>
      </NativeSelect>
      <FormHelperText id={`${id}-about`}>
        {chosen ? about(chosen) : schema.description}
      </FormHelperText>
      {error && (
        <FormHelperText error>
          {t('form.model.unknown', { reason: error.message })}
        </FormHelperText>
      )}
      {offered && formData !== undefined && !known && (
        <FormHelperText error>
          {t('form.model.notOffered', { id: formData })}
        </FormHelperText>
      )}
    </FormControl>
  );
}
