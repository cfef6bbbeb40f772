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
import { configure, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type {
  Accelerator,
  FitAssessment,
  ModelFacts,
  RenderedFile,
  Verification,
} from 'prefix-caching-core';
import { prefixCachingApiRef } from '../../api';
import { FilePreview } from './FilePreview';
import type { FormValues } from './planOfForm';

jest.setTimeout(60_000);
configure({ asyncUtilTimeout: 20_000 });

const files = [
  {
    path: 'catalog-info.yaml',
    content: 'kind: Component',
    objects: [{ kind: 'Component' }],
  },
  {
    path: 'deploy/qwen-gpu.yaml',
    content: 'kind: LLMInferenceService',
    objects: [
      {
        kind: 'LLMInferenceService',
        spec: { router: { route: { http: { spec: { rules: [] } } } } },
      },
    ],
  },
] as unknown as RenderedFile[];

function verification(verdict: string): Verification {
  return {
    target: { namespace: 'n', name: 'qwen-gpu' },
    findings: [
      { check: 'engine.arguments', verdict: 'pass', summary: 'They start.' },
      { check: 'engine.replicas', verdict, summary: 'Only one is asked for.' },
    ],
  } as unknown as Verification;
}

const form: FormValues = {
  name: 'qwen',
  namespace: 'llm-serving',
  owner: 'group:default/team-assist',
  system: 'system:default/assistant',
  lifecycle: 'production',
  model: 'm',
  platform: 'kserve-0.20',
  nodePlatform: 'gke',
  accelerators: [{ id: 'nvidia-t4', devices: 2, maxModelLen: 4096 }],
  replicas: 2,
  repoUrl: 'gitlab.com?owner=assist&repo=qwen',
};

function apiWith(changes: {
  verdict?: string;
  fit?: FitAssessment['verdict'];
  render?: () => Promise<RenderedFile[]>;
  verify?: () => Promise<Verification[]>;
}) {
  return {
    render: jest.fn(changes.render ?? (async () => files)),
    verify: jest.fn(
      changes.verify ?? (async () => [verification(changes.verdict ?? 'pass')]),
    ),
    getModels: async () =>
      [{ id: 'm', name: 'Qwen M', maxContext: 8192 }] as ModelFacts[],
    getAccelerators: async () =>
      [
        {
          id: 'nvidia-t4',
          name: 'NVIDIA T4',
          startupSeconds: 900,
          choices: [{ devices: 1 }, { devices: 2 }],
        },
      ] as unknown as Accelerator[],
    assessFit: async () =>
      ({
        verdict: changes.fit ?? 'fits',
        warmPrefixes: { low: 25, high: 161 },
      } as unknown as FitAssessment),
  };
}

async function show(api: ReturnType<typeof apiWith>, values = form) {
  const went = jest.fn();
  const props = {
    idSchema: { $id: 'root_preview' },
    uiSchema: {
      'ui:options': {
        steps: { service: 1, model: 2, routing: 3, repository: 4 },
      },
    },
    formContext: { formData: values },
  } as unknown as FieldExtensionComponentProps<undefined>;
  await renderInTestApp(
    <TestApiProvider apis={[[prefixCachingApiRef, api]] as never}>
      {/* As Backstage's form has them: labels that are clicked. */}
      <div className="MuiStepper-root">
        {[1, 2, 3, 4, 5].map(step => (
          <button
            key={step}
            className="MuiStepLabel-root"
            onClick={() => went(step)}
          >
            {`Step ${step}`}
          </button>
        ))}
      </div>
      <fieldset id="root_accelerators">
        <input aria-label="The first of the accelerators" />
      </fieldset>
      <form>
        <FilePreview {...props} />
      </form>
    </TestApiProvider>,
  );
  return went;
}

describe('the last look before anything is written', () => {
  it('says what the checks say, and what comes next', async () => {
    const api = apiWith({});
    await show(api);
    const band = await screen.findByRole('region', {
      name: '2 files, 2 static checks pass.',
    });
    expect(band).toHaveTextContent('Pass');
    expect(band).toHaveTextContent(
      /Nothing has been written yet\. After Create: repository gitlab\.com\/assist\/qwen, catalog entry qwen owned by team-assist, then a live verification \(replicas may take 15 min/,
    );
    expect(api.render).toHaveBeenCalledWith(
      expect.objectContaining({ name: 'qwen', replicas: 2 }),
    );
    // As the template's own step asks; the catalog's files are none of a cluster's.
    expect(api.verify).toHaveBeenCalledWith({
      objects: files[1].objects,
      expectations: {
        entityRef: 'component:default/qwen',
        lifecycle: 'production',
      },
    });
  });

  it.each([
    [
      { verdict: 'warn' },
      'Warning',
      '2 files, 1 static checks pass, warnings: 1. Only one is asked for.',
    ],
    [
      { fit: 'tight' as const },
      'Warning',
      '2 files, 2 static checks pass, warnings: 1. The engine may refuse to start on NVIDIA T4 × 2.',
    ],
    [
      { verdict: 'fail' },
      'Fail',
      '2 files that will not be published: Only one is asked for.',
    ],
    [
      {
        verify: async () => {
          throw new Error('the back end is away');
        },
      },
      'Inconclusive',
      '2 files, which could not be checked: the back end is away',
    ],
  ])('says so when it is not right: %j', async (changes, word, name) => {
    await show(apiWith(changes));
    const band = await screen.findByRole('region', { name });
    expect(within(band).getByText(word)).toBeInTheDocument();
  });

  it('says that nothing changes in a repository that exists until it is merged', async () => {
    await show(apiWith({}), {
      ...form,
      publishTo: 'existing',
      targetPath: 'services/qwen',
    });
    expect(
      await screen.findByText(
        /a merge or pull request into gitlab\.com\/assist\/qwen, folder services\/qwen; nothing changes until/,
      ),
    ).toBeInTheDocument();
  });

  it('shows what was chosen in a line each, and leads back to where it was', async () => {
    const went = await show(apiWith({}));
    const plan = await screen.findByRole('table', { name: 'Plan' });
    await within(plan).findByText('Fits');
    const lines = within(plan)
      .getAllByRole('row')
      .map(row => row.textContent);
    expect(lines).toEqual([
      'ServiceqwenChange',
      'Owner · systemteam-assist · assistant · productionChange',
      'ModelQwen MChange',
      'Platform · namespacekserve-0.20 · llm-serving · gkeChange',
      'NVIDIA T4 × 2, 2 replicasFits 4,096 tokens, 25–161 warm prefixes of 1,024Change',
      'Gatewaysone for all services, rule names of its own for eachChange',
      'Network policiesleft outChange',
      'Repositorygitlab.com/assist/qwenChange',
    ]);
    await userEvent.click(
      screen.getByRole('button', { name: 'Change NVIDIA T4 × 2, 2 replicas' }),
    );
    expect(went).toHaveBeenLastCalledWith(2);
    await waitFor(() =>
      expect(
        screen.getByLabelText('The first of the accelerators'),
      ).toHaveFocus(),
    );
    await userEvent.click(
      screen.getByRole('button', { name: 'Change Repository' }),
    );
    expect(went).toHaveBeenLastCalledWith(4);
  });

  it('shows each file as it will be committed, with what is in it', async () => {
    await show(apiWith({}));
    expect(await screen.findByText('kind: Component')).toBeInTheDocument();
    const second = screen.getByRole('button', {
      name: /^deploy\/qwen-gpu\.yaml\s*LLMInferenceService$/,
    });
    expect(second).toHaveAttribute('aria-pressed', 'false');
    await userEvent.click(second);
    expect(second).toHaveAttribute('aria-pressed', 'true');
    expect(screen.getByText('kind: LLMInferenceService')).toBeInTheDocument();
  });

  it('says by the field why a plan cannot be rendered', async () => {
    await show(
      apiWith({
        render: async () => {
          throw new Error('accelerators[0].id: is not known');
        },
      }),
    );
    expect(await screen.findByRole('alert')).toHaveTextContent(
      /accelerators\[0\]\.id: is not known/,
    );
  });
});
