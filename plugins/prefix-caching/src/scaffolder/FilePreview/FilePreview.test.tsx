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
import type { DeploymentPlan, RenderedFile } from 'prefix-caching-core';
import { prefixCachingApiRef } from '../../api';
import { FilePreview } from './FilePreview';

async function show(render: (plan: DeploymentPlan) => Promise<RenderedFile[]>) {
  const props = {
    idSchema: { $id: 'root_preview' },
    formContext: { formData: { name: 'qwen-3b', model: 'other', replicas: 2 } },
  } as unknown as FieldExtensionComponentProps<undefined>;
  await renderInTestApp(
    <TestApiProvider apis={[[prefixCachingApiRef, { render }]] as never}>
      <FilePreview {...props} />
    </TestApiProvider>,
  );
}

describe('the preview of the files', () => {
  it('shows each file as the back end renders it', async () => {
    const render = jest.fn(async () => [
      { path: 'catalog-info.yaml', content: 'kind: Component', objects: [] },
      { path: 'deploy/a.yaml', content: 'kind: Service', objects: [] },
    ]);
    await show(render);
    expect(await screen.findByText('kind: Component')).toBeInTheDocument();
    expect(screen.getByText(/2 files/)).toBeInTheDocument();
    expect(render).toHaveBeenCalledWith(
      expect.objectContaining({ name: 'qwen-3b', replicas: 2 }),
    );
    await userEvent.selectOptions(
      screen.getByLabelText('File'),
      'deploy/a.yaml',
    );
    expect(screen.getByText('kind: Service')).toBeInTheDocument();
  });

  it('says by the field why a plan cannot be rendered', async () => {
    await show(async () => {
      throw new Error('accelerators[0].id: is not known');
    });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      /accelerators\[0\]\.id: is not known/,
    );
  });
});
