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
import FormHelperText from '@material-ui/core/FormHelperText';
import NativeSelect from '@material-ui/core/NativeSelect';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { useState } from 'react';
import useAsync from 'react-use/lib/useAsync';
import { prefixCachingApiRef } from '../../api';
import { CopyButton } from '../../components/CopyButton';
import { useMessages } from '../../hooks/useMessages';
import { planOfForm } from './planOfForm';
import type { FormValues } from './planOfForm';

const useStyles = makeStyles(theme => ({
  bar: { display: 'flex', alignItems: 'center', gap: 12, flexWrap: 'wrap' },
  text: {
    maxHeight: 480,
    overflow: 'auto',
    margin: '12px 0 0',
    padding: 12,
    border: `1px solid ${theme.palette.divider}`,
    fontSize: 12,
  },
}));

/**
 * The files as they will be committed, of the plan the form has so far. Asks
 * the back end to render, which writes nothing; holds no value of its own.
 */
export function FilePreview(props: FieldExtensionComponentProps<undefined>) {
  const api = useApi(prefixCachingApiRef);
  const classes = useStyles();
  const { t } = useMessages();
  const [chosen, setChosen] = useState<string>();
  const form: FormValues = props.formContext?.formData ?? {};
  const plan = JSON.stringify(planOfForm(form));
  const { value: files, error } = useAsync(
    () => api.render(JSON.parse(plan)),
    [api, plan],
  );
  const file = files?.find(({ path }) => path === chosen) ?? files?.[0];
  if (error) {
    return (
      <FormHelperText error role="alert" id={props.idSchema.$id}>
        {t('form.preview.failed', { reason: error.message })}
      </FormHelperText>
    );
  }
  return (
    <section aria-label={t('form.preview.title')} id={props.idSchema.$id}>
      <Typography role="status" variant="body2">
        {files
          ? t('form.preview.count', { count: files.length })
          : t('form.preview.loading')}
      </Typography>
      {files && file && (
        <>
          <div className={classes.bar}>
            <NativeSelect
              value={file.path}
              onChange={({ target }) => setChosen(target.value)}
              inputProps={{ 'aria-label': t('form.preview.file') }}
            >
              {files.map(({ path }) => (
                <option key={path} value={path}>
                  {path}
                </option>
              ))}
            </NativeSelect>
            <CopyButton text={() => file.content}>
              {t('form.preview.copy')}
            </CopyButton>
          </div>
          <pre
            className={classes.text}
            role="group"
            aria-label={file.path}
            // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable
            tabIndex={0}
          >
            {file.content}
          </pre>
        </>
      )}
    </section>
  );
}
