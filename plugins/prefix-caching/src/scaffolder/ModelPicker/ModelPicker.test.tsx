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

import { TestApiProvider } from '@backstage/frontend-test-utils';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { renderInTestApp } from '@backstage/test-utils';
import { configure, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ModelFacts } from 'prefix-caching-core';
import { useState } from 'react';
import { prefixCachingApiRef } from '../../api';
import { ModelPicker } from './ModelPicker';
import { validateModel } from './validateModel';

jest.setTimeout(60_000);
configure({ asyncUtilTimeout: 20_000 });

const models = [
  {
    id: 'acme-8b',
    name: 'Acme 8B',
    weightsDtype: 'bf16',
    weightsGib: 15.34,
    maxContext: 32768,
    gated: false,
  },
  {
    id: 'llama',
    name: 'Llama 8B',
    weightsDtype: 'fp8',
    weightsGib: 8,
    maxContext: 131072,
    gated: true,
  },
] as ModelFacts[];
const api = {
  getModels: async () => models,
  getAccelerators: async () => [],
};

async function show(value?: string, getModels = api.getModels) {
  const changed = jest.fn();
  function Form() {
    const [formData, setFormData] = useState(value);
    const props = {
      idSchema: { $id: 'root_model' },
      schema: { title: 'Model', description: 'What is served.' },
      formData,
      onChange: (next: string | undefined) => {
        changed(next);
        setFormData(next);
      },
    } as unknown as FieldExtensionComponentProps<string>;
    return <ModelPicker {...props} />;
  }
  await renderInTestApp(
    <TestApiProvider
      apis={[[prefixCachingApiRef, { ...api, getModels }]] as never}
    >
      <Form />
    </TestApiProvider>,
  );
  return changed;
}

describe('the model picker', () => {
  it('offers what the portal offers and another one, and starts with the first', async () => {
    const changed = await show();
    expect(
      await screen.findByText('Weights 15.3 GiB (bf16), up to 32,768 tokens.'),
    ).toBeInTheDocument();
    expect(changed).toHaveBeenLastCalledWith('acme-8b');
    const options = screen.getAllByRole('option');
    expect(options.map(({ textContent }) => textContent)).toEqual([
      'Acme 8B',
      'Llama 8B',
      'Another model, by its address',
    ]);
    await userEvent.selectOptions(screen.getByLabelText('Model'), 'llama');
    expect(changed).toHaveBeenLastCalledWith('llama');
    expect(screen.getByText(/Downloaded only with a token/)).toBeVisible();
    await userEvent.selectOptions(screen.getByLabelText('Model'), 'other');
    expect(changed).toHaveBeenLastCalledWith('other');
    expect(screen.getByText('What is served.')).toBeVisible();
  });

  it('names a model that is not, or no longer, offered, and keeps it until another is chosen', async () => {
    const changed = await show('deepseek-r1');
    expect(
      await screen.findByText(/^deepseek-r1 is not offered to you/),
    ).toBeInTheDocument();
    expect(screen.getByLabelText('Model')).toHaveValue('deepseek-r1');
    expect(changed).not.toHaveBeenCalled();
  });

  it('says why the models could not be read, and still takes one by its address', async () => {
    const changed = await show(undefined, async () => {
      throw new Error('503 from the back end');
    });
    expect(
      await screen.findByText(/could not be read: 503 from the back end/),
    ).toBeInTheDocument();
    await userEvent.selectOptions(screen.getByLabelText('Model'), 'other');
    expect(changed).toHaveBeenLastCalledWith('other');
  });

  it.each([
    [undefined, {}, [/^Choose a model$/]],
    ['acme-8b', {}, []],
    ['other', {}, []],
    [
      'deepseek-r1',
      {},
      [/^'deepseek-r1' is not offered to you.*acme-8b, llama, or other/],
    ],
    ['llama', {}, [/^Llama 8B is downloaded only with a token/]],
    ['llama', { tokenSecret: 'hf' }, []],
    ['llama', { serviceAccount: 'reader' }, []],
  ])('validates %j with %j', async (value, formData, messages) => {
    const addError = jest.fn();
    await validateModel(
      value as string,
      { addError } as never,
      { apiHolder: { get: () => api }, formData } as never,
    );
    expect(addError.mock.calls.flat()).toEqual(
      messages.map(message => expect.stringMatching(message)),
    );
  });
});
