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

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  MODELS,
  PLATFORMS,
  type PlannedAccelerator,
} from 'backstage-plugin-prefix-caching-common/core';
import {
  contentsOf,
  startScaffolder,
  type DryRun,
} from './__testUtils__/startScaffolder';
import { values } from './__testUtils__/values';
import { fieldsOf, readTemplate, templateText } from './__testUtils__/template';

const template = readTemplate();
const [service, modelStep] = template.spec.parameters;

describe('the form', () => {
  it('asks for nothing that no step uses', () => {
    const fields = template.spec.parameters.flatMap(fieldsOf);
    expect(fields.length).toBeGreaterThan(15);
    const used = JSON.stringify(template.spec.steps);
    expect(
      // The preview shows what the other fields come to, and asks for nothing.
      fields.filter(field => !used.includes(`parameters.${field}`)),
    ).toEqual(['preview']);
  });

  it('reads no parameter that it does not ask for', () => {
    const fields = new Set(template.spec.parameters.flatMap(fieldsOf));
    const read = [...templateText.matchAll(/parameters\.(\w+)/g)].map(
      ([, name]) => name,
    );
    expect(read.filter(name => !fields.has(name))).toEqual([]);
  });

  it('leaves models to the picker and the back end, so that no list of them can age', () => {
    const { model } = modelStep.properties!;
    expect(model['ui:field']).toBe('PrefixCachingModelPicker');
    expect(model.enum).toBeUndefined();
    expect(model.default).toBeUndefined();
    for (const { id } of MODELS) {
      expect(templateText).not.toContain(id);
    }
  });

  it('offers the platforms there are, and their gateways', () => {
    const { enum: ids = [], enumNames } = modelStep.properties!.platform;
    expect([...ids].sort()).toEqual(PLATFORMS.map(({ id }) => id).sort());
    expect(enumNames).toHaveLength(ids.length);
  });

  it('leaves accelerators to the picker and the back end, field by field of the plan', () => {
    const { accelerators } = modelStep.properties!;
    expect(accelerators['ui:field']).toBe('PrefixCachingAcceleratorPicker');
    const fields = Object.keys(accelerators.items!.properties!);
    const asked: (keyof PlannedAccelerator)[] = [
      'id',
      'service',
      'devices',
      'topology',
      'tensorParallel',
      'dtype',
      'maxModelLen',
      'gpuMemoryUtilization',
      'maxNumSeqs',
      'args',
    ];
    expect(fields).toEqual(asked);
  });

  it('is shipped with the package as it is, without the sandbox (else run scripts/copy-template.js)', () => {
    const shipped = readFileSync(
      resolve(
        __dirname,
        '../templates/prefix-caching-deployment/template.yaml',
      ),
      'utf8',
    );
    expect(templateText).toContain('allowedHosts: [localhost:7009, ');
    expect(shipped).toBe(
      templateText.replace(
        'allowedHosts: [localhost:7009, ',
        'allowedHosts: [',
      ),
    );
  });

  it('uses YAML that the catalog reads: no merge keys', () => {
    expect(templateText).not.toContain('<<:');
    expect(service.required).toContain('owner');
  });
});

const other = { model: 'other', modelUri: 'pvc://models/x', modelName: 'x' };

describe('a run of the template', () => {
  let scaffolder: Awaited<ReturnType<typeof startScaffolder>>;
  jest.setTimeout(30_000);

  beforeAll(async () => {
    scaffolder = await startScaffolder();
  }, 60_000);
  beforeEach(() => {
    scaffolder.plans.length = 0;
    scaffolder.published.length = 0;
  });
  afterAll(async () => {
    await scaffolder?.server.stop();
  });

  it('carries the values to the plan as they are, and publishes to the sandbox by GitLab', async () => {
    const run = await scaffolder.dryRun(values);
    expect(run.body.error?.message).toBeUndefined();
    const { repoUrl, model, ...same } = values;
    expect(scaffolder.plans).toEqual([
      { ...same, model: { id: model }, networkPolicies: false },
    ]);
    expect(scaffolder.published).toEqual([
      {
        action: 'publish:gitlab',
        input: expect.objectContaining({ repoUrl, defaultBranch: 'main' }),
      },
    ]);
    expect(run.body.directoryContents?.map(({ path }) => path).sort()).toEqual([
      '.prefix-caching/plan.yaml',
      'README.md',
      'catalog-info.yaml',
      'deploy/assistant-gpu-svc.yaml',
    ]);
    expect(inputOf('catalog:register', run)).toEqual({
      repoContentsUrl: 'https://gitlab/x/main',
      catalogInfoPath: '/catalog-info.yaml',
    });
    expect(run.body.output?.links).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ url: 'https://gitlab/x' }),
        expect.objectContaining({
          url: '/catalog/default/component/qwen-3b/prefix-caching',
        }),
      ]),
    );
  });

  it('publishes to GitHub when the repository is there', async () => {
    const run = await scaffolder.dryRun({
      ...values,
      repoUrl: 'github.com?owner=acme&repo=qwen-3b',
    });
    expect(run.body.error?.message).toBeUndefined();
    expect(scaffolder.published.map(({ action }) => action)).toEqual([
      'publish:github',
    ]);
    expect(inputOf('catalog:register', run)).toMatchObject({
      repoContentsUrl: 'https://github/x/main',
    });
  });

  // The same files, the same branch: it is another one for GitLab when they
  // change, where an open request cannot be changed.
  it.each([
    [
      'gitlab',
      'publish:gitlab:merge-request',
      'https://gitlab/x/1',
      /^prefix-caching\/qwen-3b-[0-9a-f]{8}$/,
    ],
    [
      'github',
      'publish:github:pull-request',
      'https://github/x',
      /^prefix-caching\/qwen-3b$/,
    ],
  ])(
    'opens a request against a repository of %s that exists, and registers nothing yet',
    async (type, action, url, branch) => {
      const repoUrl =
        type === 'gitlab'
          ? values.repoUrl
          : 'github.com?owner=acme&repo=gitops';
      const run = await scaffolder.dryRun({
        ...values,
        repoUrl,
        publishTo: 'existing',
        targetPath: 'services/qwen-3b',
        targetBranch: 'main',
        argoCd: true,
      });
      expect(run.body.error?.message).toBeUndefined();
      expect(scaffolder.published).toEqual([
        {
          action,
          input: expect.objectContaining({
            repoUrl,
            branchName: expect.stringMatching(branch),
            targetBranchName: 'main',
            sourcePath: 'services/qwen-3b',
            targetPath: 'services/qwen-3b',
          }),
        },
      ]);
      expect(run.body.directoryContents?.map(({ path }) => path)).toEqual(
        expect.arrayContaining([
          'services/qwen-3b/.prefix-caching/plan.yaml',
          'services/qwen-3b/catalog-info.yaml',
        ]),
      );
      expect(scaffolder.plans).toEqual([
        expect.objectContaining({
          argoCd: expect.objectContaining({ path: 'services/qwen-3b/deploy' }),
        }),
      ]);
      expect(inputOf('catalog:register', run)).toBeUndefined();
      expect(run.body.output?.links?.map(link => link.url)).toEqual([url]);
    },
  );

  it.each([values.repoUrl, 'github.com?owner=acme&repo=gitops'])(
    'means the whole repository by a dot: %s',
    async repoUrl => {
      await scaffolder.dryRun({
        ...values,
        repoUrl,
        publishTo: 'existing',
        targetPath: '.',
      });
      const { input } = scaffolder.published[0];
      expect(input).toMatchObject({ sourcePath: '.' });
      expect(input).not.toHaveProperty('targetPath');
    },
  );

  it('gives the same bytes when it is run again', async () => {
    const [first, second] = [
      await scaffolder.dryRun(values),
      await scaffolder.dryRun({ ...values }),
    ];
    expect(contentsOf(second)).toEqual(contentsOf(first));
  });

  it.each([
    ['auto', {}, false],
    ['auto', { lifecycle: 'production' }, true],
    ['auto', { tenancy: 'multi' }, true],
    ['auto', { dataClass: 'sensitive' }, true],
    ['auto', { dataClass: 'regulated' }, true],
    ['auto', { dataClass: 'public' }, false],
    [undefined, { lifecycle: 'production' }, true],
    ['yes', {}, true],
    ['no', { lifecycle: 'production', tenancy: 'multi' }, false],
  ])(
    'network policies: %s with %j',
    async (networkPolicies, circumstances, written) => {
      await scaffolder.dryRun({ ...values, ...circumstances, networkPolicies });
      expect(scaffolder.plans).toEqual([
        expect.objectContaining({ networkPolicies: written }),
      ]);
    },
  );

  it('takes a model by its address, an Argo CD Application and the rest of the options', async () => {
    const options = {
      system: 'system:default/assistants',
      description: 'Answers questions',
      cluster: 'gke-eu',
      imagePullSecrets: ['registry'],
      isolation: 'gateway',
    };
    await scaffolder.dryRun({
      ...values,
      ...options,
      model: 'other',
      modelUri: 'pvc://models/qwen',
      modelName: 'qwen',
      modelConfig: { num_hidden_layers: 32, layer_types: ['full_attention'] },
      modelWeightsGib: 15.3,
      tokenSecret: 'hf-token',
      serviceAccount: 'model-reader',
      argoCd: true,
    });
    expect(scaffolder.plans).toEqual([
      expect.objectContaining({
        ...options,
        model: {
          uri: 'pvc://models/qwen',
          name: 'qwen',
          config: { num_hidden_layers: 32, layer_types: ['full_attention'] },
          weightsGib: 15.3,
          tokenSecret: 'hf-token',
          serviceAccount: 'model-reader',
        },
        argoCd: {
          repoUrl: 'https://localhost:7009/platform/qwen-3b',
          path: 'deploy',
        },
      }),
    ]);
  });

  it.each([
    [{}, 'kserve-0.20'],
    [{ tls: 'auto' }, 'kserve-0.20'],
    [{ istio: '1.28.3' }, { id: 'kserve-0.20', istio: '1.28.3' }],
    [{ tls: 'on' }, { id: 'kserve-0.20', tls: true }],
    [
      { istio: '1.28.3', tls: 'off' },
      { id: 'kserve-0.20', istio: '1.28.3', tls: false },
    ],
  ])('says how the platform differs: %j', async (differs, platform) => {
    await scaffolder.dryRun({ ...values, ...differs });
    expect(scaffolder.plans).toEqual([expect.objectContaining({ platform })]);
  });

  it('takes weights and environments, and the empty lists of a form for none', async () => {
    const scorers = [{ type: 'prefix-cache-scorer', weight: 3 }];
    await scaffolder.dryRun({ ...values, scorers, overlays: ['staging'] });
    await scaffolder.dryRun({ ...values, scorers: [], overlays: [] });
    const [some, none] = scaffolder.plans;
    expect(some).toMatchObject({ scorers, overlays: ['staging'] });
    expect(none).not.toHaveProperty('scorers');
    expect(none).not.toHaveProperty('overlays');
  });

  it.each([
    ['name', { name: 'Qwen' }],
    ['name', { name: 'q'.repeat(64) }],
    ['namespace', { namespace: 'llm\nserving' }],
    ['namespace', { namespace: '${{ secrets.token }}' }],
    ['accelerators', { accelerators: [{ device: 'nvidia-t4' }] }],
    ['accelerators', { accelerators: [{ id: 'nvidia-t4', devices: 0 }] }],
    ['accelerators', { accelerators: 'nvidia-t4' }],
    ['targetPath', { publishTo: 'existing', targetPath: '../elsewhere' }],
    ['targetPath', { publishTo: 'existing', targetPath: '.git' }],
    ['targetPath', { publishTo: 'existing' }],
    ['model', { model: undefined }],
    ['model', { model: 3 }],
    ['model', { model: '{{ x }}' }],
    ['modelName', { model: 'other', modelUri: 'hf://x/y' }],
    ['modelConfig', { ...other, modelConfig: '{ "layers": ' }],
    ['modelWeightsGib', { ...other, modelConfig: {} }],
    ['modelWeightsGib', { ...other, modelWeightsGib: 0 }],
    ['modelUri', { model: 'other', modelUri: 'http://x/y', modelName: 'y' }],
    ['platform', { platform: 'kserve-0.1' }],
    ['replicas', { replicas: 0 }],
    ['isolation', { isolation: 'namespace' }],
    ['istio', { istio: 'newest' }],
    ['tls', { tls: true }],
    ['overlays', { overlays: ['Not A Name'] }],
    ['scorers', { scorers: [{ type: 'prefix-cache-scorer' }] }],
    ['owner', { owner: undefined }],
  ])('refuses a bad %s at once and by its name: %j', async (field, bad) => {
    const run = await scaffolder.dryRun({ ...values, ...bad });
    expect(run.status).toBe(400);
    expect(JSON.stringify(run.body.errors)).toContain(field);
    expect(scaffolder.plans).toEqual([]);
  });

  it('stops before anything is published when the host is unknown', async () => {
    const run = await scaffolder.dryRun({
      ...values,
      repoUrl: 'git.example.org?owner=a&repo=b',
    });
    expect(JSON.stringify(run.body)).toContain(
      "repoUrl: this portal has no integration for the host 'git.example.org'",
    );
    expect(scaffolder.plans).toEqual([]);
    expect(scaffolder.published).toEqual([]);
  });
});

/** The input an action that cannot run dry would have had. */
function inputOf(action: string, run: DryRun): unknown {
  const line = run.body.log?.find(({ body }) =>
    body.message.includes(`Running ${action} in dry-run mode`),
  );
  return (
    line &&
    JSON.parse(line.body.message.replace(/^[^{]*/, '').replace(/[^}]*$/, ''))
  );
}
