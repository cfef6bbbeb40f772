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
import { renderInTestApp } from '@backstage/test-utils';
import { fireEvent, screen } from '@testing-library/react';
import { useState } from 'react';
import { ModelConfig } from './ModelConfig';

jest.setTimeout(60_000);

async function show(value?: unknown) {
  const changed = jest.fn();
  function Form() {
    const [formData, setFormData] = useState(value);
    const props = {
      idSchema: { $id: 'root_modelConfig' },
      schema: { title: 'config.json', description: 'Of the repository.' },
      formData,
      onChange: (next: unknown) => {
        changed(next);
        setFormData(next);
      },
    } as unknown as FieldExtensionComponentProps<unknown>;
    return <ModelConfig {...props} />;
  }
  await renderInTestApp(<Form />);
  return changed;
}

function paste(value: string) {
  fireEvent.change(screen.getByLabelText('config.json'), { target: { value } });
}

describe('the field for config.json', () => {
  it('gives what is pasted as an object, and nothing when it is emptied', async () => {
    const changed = await show();
    paste('{ "num_hidden_layers": 32 }\n');
    expect(changed).toHaveBeenLastCalledWith({ num_hidden_layers: 32 });
    expect(screen.getByText('Of the repository.')).toBeVisible();
    paste(' \n');
    expect(changed).toHaveBeenLastCalledWith(undefined);
  });

  it('keeps text that is no JSON, so that the form does not pass with it', async () => {
    const changed = await show();
    paste('{ "num_hidden_layers": ');
    expect(changed).toHaveBeenLastCalledWith('{ "num_hidden_layers": ');
    expect(screen.getByText(/^This is no JSON/)).toBeVisible();
  });

  it('shows what the form holds already', async () => {
    await show({ num_hidden_layers: 32 });
    expect(screen.getByLabelText('config.json')).toHaveValue(
      '{\n  "num_hidden_layers": 32\n}',
    );
  });
});
