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

import { useApi } from '@backstage/core-plugin-api';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import FormControl from '@material-ui/core/FormControl';
import FormHelperText from '@material-ui/core/FormHelperText';
import InputLabel from '@material-ui/core/InputLabel';
import NativeSelect from '@material-ui/core/NativeSelect';
import useAsync from 'react-use/lib/useAsync';
import { prefixCachingApiRef } from '../../api';
import { useMessages } from '../../hooks/useMessages';

/**
 * The cluster a deployment is meant for.
 *
 * Shows nothing where the portal knows a single cluster: there is no question
 * then, and the annotation needs no cluster either.
 */
export function ClusterPicker(props: FieldExtensionComponentProps<string>) {
  const { formData, onChange, rawErrors = [], schema, idSchema } = props;
  const api = useApi(prefixCachingApiRef);
  const { t } = useMessages();
  const { value: names = [], error } = useAsync(() => api.getClusterNames());
  const id = idSchema.$id;

  if (error) {
    return (
      <FormHelperText error>
        {t('form.cluster.unknown', { reason: error.message })}
      </FormHelperText>
    );
  }
  if (names.length < 2) {
    return null;
  }
  return (
    <FormControl fullWidth margin="normal" error={rawErrors.length > 0}>
      <InputLabel htmlFor={id} shrink>
        {schema.title ?? t('form.cluster.title')}
      </InputLabel>
      <NativeSelect
        id={id}
        value={formData ?? ''}
        onChange={event => onChange(event.target.value || undefined)}
        inputProps={{ 'aria-describedby': `${id}-about` }}
      >
        <option value="">{t('form.cluster.choose')}</option>
        {names.map(name => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </NativeSelect>
      <FormHelperText id={`${id}-about`}>{schema.description}</FormHelperText>
    </FormControl>
  );
}
