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
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type {
  Accelerator,
  FitAssessment,
  FitRequest,
  ModelFacts,
  PlannedAccelerator,
} from 'prefix-caching-core';
import { useState } from 'react';
import { prefixCachingApiRef } from '../../api';
import type { ModelValues } from '../formModel';
import { AcceleratorPicker } from './AcceleratorPicker';
import { validateAccelerators } from './validateAccelerators';

const accelerators = [
  {
    id: 'nvidia-t4',
    name: 'NVIDIA T4',
    vendor: 'nvidia',
    resource: 'nvidia.com/gpu',
    hbmGb: 16,
    support: 'legacy',
    choices: [{ devices: 1 }, { devices: 2 }],
    nodeSelectors: { gke: {} },
  },
  {
    id: 'tpu-v6e',
    name: 'Google TPU v6e',
    vendor: 'tpu',
    resource: 'google.com/tpu',
    hbmGb: 32,
    support: 'good',
    choices: [
      { devices: 1, topology: '1x1' },
      { devices: 4, topology: '2x2' },
    ],
    nodeSelectors: { gke: {} },
  },
  {
    id: 'amd-mi300x',
    name: 'AMD MI300X',
    vendor: 'amd',
    resource: 'amd.com/gpu',
    support: 'good',
    choices: [{ devices: 1 }],
    nodeSelectors: { generic: {} },
  },
] as unknown as Accelerator[];
const models = [{ id: 'm', maxContext: 32768 }] as ModelFacts[];

/** Fits on more than one device, and tightly up to 4,096 tokens on one T4. */
function assess(request: FitRequest): FitAssessment {
  const { accelerator, devices, maxModelLen } = request;
  let verdict: FitAssessment['verdict'] = 'fits';
  if (accelerator === 'nvidia-t4' && devices === 1) {
    verdict = maxModelLen > 4096 ? 'no' : 'tight';
  }
  return {
    verdict,
    summary: `${accelerator} × ${devices} at ${maxModelLen}: ${verdict}.`,
    kvTokens: { low: 26_500, high: 164_999 },
    largestMaxModelLen: { low: 8192, high: 32768 },
    concurrentRequests: { low: 3, high: 20 },
    warmPrefixes: { low: 25, high: 161 },
    pickerIndex: { blockTokens: 64 },
    fixes:
      verdict === 'fits'
        ? []
        : [
            { text: 'Take 2 devices.', change: { devices: 2 } },
            { text: 'Choose MI300X.', change: { accelerator: 'amd-mi300x' } },
            { text: 'Quantise.' },
          ],
    remedies: [],
    validTensorParallel: [1, 2],
  } as unknown as FitAssessment;
}

const asked = jest.fn();
const api = {
  getAccelerators: async () => accelerators,
  getModels: async () => models,
  assessFit: async (request: FitRequest) => {
    asked(request);
    return assess(request);
  },
};

async function show(options: {
  value?: PlannedAccelerator[];
  form?: ModelValues;
}) {
  const changed = jest.fn();
  function Form() {
    const [value, setValue] = useState(options.value);
    const props = {
      idSchema: { $id: 'root_accelerators' },
      schema: { title: 'Accelerators', description: 'One or more.' },
      formContext: {
        formData: { model: 'm', ...options.form, nodePlatform: 'gke' },
      },
      formData: value,
      onChange: (next: PlannedAccelerator[]) => {
        changed(next);
        setValue(next);
      },
    } as unknown as FieldExtensionComponentProps<PlannedAccelerator[]>;
    return <AcceleratorPicker {...props} />;
  }
  await renderInTestApp(
    <TestApiProvider apis={[[prefixCachingApiRef, api]] as never}>
      <Form />
    </TestApiProvider>,
  );
  await screen.findByRole('checkbox', { name: 'Use NVIDIA T4' });
  return changed;
}

function rowOf(name: string) {
  const row = screen
    .getByRole('checkbox', { name: `Use ${name}` })
    .closest('tr');
  return within(row as HTMLElement);
}

describe('the accelerator picker', () => {
  beforeEach(() => asked.mockClear());

  it('offers what is offered on these nodes, with its memory and the verdict', async () => {
    await show({});
    expect(rowOf('NVIDIA T4').getByText('16 GB · legacy')).toBeInTheDocument();
    expect(
      await rowOf('NVIDIA T4').findByText('Does not fit'),
    ).toBeInTheDocument();
    expect(
      await rowOf('Google TPU v6e').findByText('Fits'),
    ).toBeInTheDocument();
    expect(
      rowOf('Google TPU v6e').getByText('26,000–164,000'),
    ).toBeInTheDocument();
    expect(
      screen.queryByRole('checkbox', { name: 'Use AMD MI300X' }),
    ).toBeNull();
    expect(
      screen.getByText('Not on nodes of this kind: AMD MI300X.'),
    ).toBeInTheDocument();
    expect(screen.getByRole('status')).toHaveTextContent(
      'No accelerator is chosen yet.',
    );
    expect(
      screen.getByText(/Valid tensor parallelism for this model: 1 and 2\.$/),
    ).toBeInTheDocument();
    // One question per row, asked once.
    expect(asked).toHaveBeenCalledTimes(2);
  });

  it('gives the plan its accelerators and nothing else, prefilled with a length', async () => {
    const changed = await show({ value: [{} as PlannedAccelerator] });
    await rowOf('Google TPU v6e').findByText('Fits');
    await userEvent.selectOptions(
      screen.getByLabelText('Topology of Google TPU v6e per replica'),
      '2x2',
    );
    expect(changed).not.toHaveBeenCalled();
    await userEvent.click(
      screen.getByRole('checkbox', { name: 'Use Google TPU v6e' }),
    );
    expect(changed).toHaveBeenLastCalledWith([
      { id: 'tpu-v6e', topology: '2x2', maxModelLen: 8192 },
    ]);
    const length = screen.getByLabelText(
      'Maximum length on Google TPU v6e, tokens',
    );
    await userEvent.clear(length);
    await userEvent.type(length, '2048');
    expect(changed).toHaveBeenLastCalledWith([
      { id: 'tpu-v6e', topology: '2x2', maxModelLen: 2048 },
    ]);
    await waitFor(() =>
      expect(screen.getByRole('status')).toHaveTextContent(
        'Google TPU v6e: the model fits.Google TPU v6e: 25–161 warm prefixes per replica.',
      ),
    );
    await userEvent.click(
      screen.getByRole('checkbox', { name: 'Use Google TPU v6e' }),
    );
    expect(changed).toHaveBeenLastCalledWith([]);
  });

  it('lets what does not fit be mended by a click before it is chosen', async () => {
    const changed = await show({});
    await rowOf('NVIDIA T4').findByText('Does not fit');
    const choose = screen.getByRole('checkbox', { name: 'Use NVIDIA T4' });
    expect(choose).toBeDisabled();
    expect(screen.getByText('nvidia-t4 × 1 at 8192: no.')).toBeInTheDocument();
    const remedies = screen.getByRole('list', {
      name: 'What to do about NVIDIA T4',
    });
    // MI300X is not on these nodes, and quantising is no value of the plan.
    expect(within(remedies).getAllByRole('button')).toHaveLength(1);
    expect(remedies).toHaveTextContent('Quantise.');
    await userEvent.click(
      within(remedies).getByRole('button', { name: 'Take 2 devices.' }),
    );
    expect(await rowOf('NVIDIA T4').findByText('Fits')).toBeInTheDocument();
    await userEvent.click(choose);
    expect(changed).toHaveBeenLastCalledWith([
      { id: 'nvidia-t4', devices: 2, maxModelLen: 8192 },
    ]);
  });

  it('keeps what a script may also say, and names what is not offered', async () => {
    const changed = await show({
      value: [
        { id: 'nvidia-t4', devices: 1, maxModelLen: 4096, dtype: 'half' },
        { id: 'nvidia-b200' },
      ],
    });
    expect(await rowOf('NVIDIA T4').findByText('Tight')).toBeInTheDocument();
    expect(screen.getByRole('status')).toHaveTextContent(
      'the engine may refuse to start on NVIDIA T4',
    );
    await userEvent.click(
      screen.getByRole('button', { name: 'Remove nvidia-b200' }),
    );
    expect(changed).toHaveBeenLastCalledWith([
      { id: 'nvidia-t4', devices: 1, maxModelLen: 4096, dtype: 'half' },
    ]);
  });

  it('asks nothing about a model that is in no table', async () => {
    await show({ form: { model: 'other' } });
    expect(
      rowOf('NVIDIA T4').getByText(/^Not known without config\.json/),
    ).toBeInTheDocument();
    expect(asked).not.toHaveBeenCalled();
  });

  it('asks about a model that is described by its config.json', async () => {
    const config = { max_position_embeddings: 2048 };
    const form = { model: 'other', modelConfig: config, modelWeightsGib: 15 };
    await show({ form });
    expect(
      await rowOf('Google TPU v6e').findByText('Fits'),
    ).toBeInTheDocument();
    expect(asked).toHaveBeenCalledWith(
      expect.objectContaining({
        model: { config, weightsGib: 15 },
        maxModelLen: 2048,
      }),
    );
  });

  it.each([
    [undefined, [/^Choose at least one accelerator$/]],
    [[{}], [/^Choose at least one accelerator$/]],
    [[{ id: 'nvidia-b200' }], [/^'nvidia-b200' is not offered to you/]],
    [
      [{ id: 'nvidia-t4', maxModelLen: 8192 }],
      [/^nvidia-t4 × 1 at 8192: no\./],
    ],
    [[{ id: 'nvidia-t4', maxModelLen: 4096 }], []],
    [[{ id: 'tpu-v6e' }], []],
  ])('validates %j', async (value, messages) => {
    const addError = jest.fn();
    await validateAccelerators(
      value as PlannedAccelerator[],
      { addError } as never,
      { apiHolder: { get: () => api }, formData: { model: 'm' } } as never,
    );
    expect(addError.mock.calls.flat()).toEqual(
      messages.map(message => expect.stringMatching(message)),
    );
  });
});
