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

import { startScaffolder } from './__testUtils__/startScaffolder';
import { readTemplate } from './__testUtils__/template';
import { values } from './__testUtils__/values';

const [, { properties }] = readTemplate().spec.parameters;

/** Each accelerator as the form has it before anything is changed. */
const untouched = properties!.accelerators.items!.oneOf!.map(option =>
  Object.fromEntries(
    Object.entries(option.properties!)
      .filter(([, field]) => field.default !== undefined)
      .map(([name, field]) => [name, field.default]),
  ),
);

describe('the template with the real back end', () => {
  jest.setTimeout(30_000);
  let scaffolder: Awaited<ReturnType<typeof startScaffolder>>;

  beforeAll(async () => {
    scaffolder = await startScaffolder(
      import('backstage-plugin-prefix-caching-backend'),
    );
  }, 60_000);
  beforeEach(() => {
    scaffolder.published.length = 0;
  });
  afterAll(async () => {
    await scaffolder?.server.stop();
  });

  it('writes a service per accelerator, and what the catalog and a person need', async () => {
    const { body } = await scaffolder.dryRun({
      ...values,
      networkPolicies: 'yes',
      argoCd: true,
    });
    expect(body.error?.message).toBeUndefined();
    const files = new Map(
      body.directoryContents?.map(({ path, base64Content }) => [
        path,
        Buffer.from(base64Content, 'base64').toString('utf8'),
      ]),
    );
    expect([...files.keys()]).toEqual(
      expect.arrayContaining([
        'README.md',
        'argocd/application.yaml',
        'catalog-info.yaml',
        'deploy/kustomization.yaml',
        'deploy/qwen-3b-gpu-svc.yaml',
        'deploy/qwen-3b-tpu-svc.yaml',
      ]),
    );
    expect(files.get('deploy/qwen-3b-gpu-svc.yaml')).toContain('4096');
    expect(files.get('deploy/qwen-3b-tpu-svc.yaml')).toContain('2048');
    expect(files.get('catalog-info.yaml')).toContain(
      'group:default/team-assist',
    );
    expect(scaffolder.published).toHaveLength(1);
  });

  it.each(
    properties!.platform.enum!.flatMap(platform =>
      untouched.map(accelerator => ({ platform, accelerator })),
    ),
  )(
    'renders what the form is prefilled with: $platform, $accelerator.id',
    async ({ platform, accelerator }) => {
      const { body } = await scaffolder.dryRun({
        ...values,
        platform,
        accelerators: [accelerator],
      });
      expect(body.error?.message).toBeUndefined();
      expect(body.directoryContents?.length).toBeGreaterThan(3);
    },
  );

  it.each([
    [
      'accelerators[0].tensorParallel',
      { accelerators: [{ id: 'nvidia-t4', devices: 4, tensorParallel: 3 }] },
    ],
    ['name', { name: `q${'w'.repeat(60)}` }],
    ['description', { description: 'Says {{ .Name }}' }],
    ['cluster', { cluster: 'a\nb' }],
    [
      'accelerators[0].service',
      { accelerators: [{ id: 'nvidia-t4', service: 'Not A Name' }] },
    ],
  ])(
    'a bad %s fails the task by its path, and nothing is published: %j',
    async (path, bad) => {
      const { status, body } = await scaffolder.dryRun({ ...values, ...bad });
      expect(status).not.toBe(200);
      expect(body.error?.message.slice(0, path.length + 1)).toBe(`${path}:`);
      expect(scaffolder.published).toEqual([]);
    },
  );
});
