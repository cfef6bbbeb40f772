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
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { prefixCachingApiRef } from '../../api';
import { ClusterPicker } from './ClusterPicker';
import { validateCluster } from './validateCluster';

function apiWith(getClusterNames: () => Promise<string[]>) {
  return [prefixCachingApiRef, { getClusterNames }] as never;
}

async function show(getClusterNames: () => Promise<string[]>) {
  const onChange = jest.fn();
  const props = {
    idSchema: { $id: 'root_cluster' },
    schema: { title: 'Cluster', description: 'Where it will run.' },
    onChange,
  } as unknown as FieldExtensionComponentProps<string>;
  await renderInTestApp(
    <TestApiProvider apis={[apiWith(getClusterNames)]}>
      <ClusterPicker {...props} />
    </TestApiProvider>,
  );
  return onChange;
}

describe('the cluster picker', () => {
  it('asks nothing where there is one cluster', async () => {
    await show(async () => ['sandbox']);
    expect(screen.queryByLabelText('Cluster')).not.toBeInTheDocument();
  });

  it('offers every cluster by its name where there are several', async () => {
    const onChange = await show(async () => ['east', 'west']);
    const select = await screen.findByLabelText('Cluster');
    expect(select).toHaveAccessibleDescription('Where it will run.');
    await userEvent.selectOptions(select, 'west');
    expect(onChange).toHaveBeenCalledWith('west');
  });

  it('says why there is no choice where the back end does not answer', async () => {
    await show(async () => {
      throw new Error('the back end is away');
    });
    expect(
      await screen.findByText(/could not be read: the back end is away/),
    ).toBeInTheDocument();
  });

  it.each([
    [['sandbox'], undefined, []],
    [['sandbox'], 'sandbox', []],
    [['east', 'west'], 'west', []],
    [['east', 'west'], undefined, ['Choose one of east, west']],
    [['east', 'west'], 'north', ['Choose one of east, west']],
  ])('of %j accepts %s or says %j', async (names, chosen, errors) => {
    const addError = jest.fn();
    await validateCluster(
      chosen as string,
      { addError } as never,
      {
        apiHolder: { get: () => ({ getClusterNames: async () => names }) },
      } as never,
    );
    expect(addError.mock.calls.flat()).toEqual(errors);
  });
});
