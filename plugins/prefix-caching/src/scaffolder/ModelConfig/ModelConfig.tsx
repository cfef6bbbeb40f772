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
import FormHelperText from '@material-ui/core/FormHelperText';
import TextField from '@material-ui/core/TextField';
import { useState } from 'react';
import { useMessages } from '../../hooks/useMessages';

/** The content of a `config.json`; text that is none stays text, and fails as such. */
function parse(text: string): unknown {
  if (text.trim() === '') {
    return undefined;
  }
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function textOf(value: unknown): string {
  if (value === undefined || typeof value === 'string') {
    return value ?? '';
  }
  return JSON.stringify(value, undefined, 2);
}

/** Takes the `config.json` of a model that is in no table, as it is pasted. */
export function ModelConfig(props: FieldExtensionComponentProps<unknown>) {
  const { formData, onChange, rawErrors = [], schema, idSchema } = props;
  const { t } = useMessages();
  // What was typed, with its own line breaks; the form holds what it means.
  const [text, setText] = useState(textOf(formData));
  const id = idSchema.$id;
  const broken = typeof formData === 'string';
  return (
    <>
      <TextField
        id={id}
        label={schema.title ?? t('form.config.title')}
        value={text}
        onChange={({ target }) => {
          setText(target.value);
          onChange(parse(target.value));
        }}
        multiline
        rowsMax={10}
        fullWidth
        margin="normal"
        error={broken || rawErrors.length > 0}
        InputLabelProps={{ shrink: true }}
        inputProps={{
          'aria-describedby': `${id}-about`,
          spellCheck: false,
          style: { fontFamily: 'monospace' },
        }}
      />
      <FormHelperText id={`${id}-about`} error={broken}>
        {broken ? t('form.config.broken') : schema.description}
      </FormHelperText>
    </>
  );
}
