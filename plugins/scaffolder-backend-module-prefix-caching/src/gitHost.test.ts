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

import { startPortal, type EndedTask } from './__testUtils__/startPortal';
import { values } from './__testUtils__/values';

/** The link of a task that asked for a merge. */
function requestOf({ message, output }: EndedTask): string {
  expect(message).toBeUndefined();
  expect(output?.links?.map(({ title }) => title)).toEqual([
    'Merge or pull request',
  ]);
  return output?.links?.[0].url ?? '';
}

/** The lines that a diff adds and takes away. */
function linesOf(diff: string): string[] {
  return diff.split('\n').filter(line => /^[+-]/.test(line));
}

describe('the template, the stock actions and a git host', () => {
  let portal: Awaited<ReturnType<typeof startPortal>>;
  let written: typeof values;

  beforeAll(async () => {
    portal = await startPortal({
      models: {
        'deepseek-r1': { hidden: true },
        'acme-3b': {
          name: 'Acme 3B',
          huggingFace: 'acme/acme-3b',
          layers: 36,
          heads: 16,
          kvHeads: 2,
          headDim: 128,
          weightsGib: 5.8,
          maxContext: 8192,
        },
      },
    });
    written = {
      ...values,
      repoUrl: `${portal.host}?owner=platform&repo=qwen-3b`,
    };
  });
  afterAll(() => portal?.stop());

  it('writes a new repository, which the cluster applies and the catalog is told of', async () => {
    const task = await portal.run(written);
    expect(task.message).toBeUndefined();
    expect(await portal.git.paths('platform/qwen-3b')).toEqual(
      expect.arrayContaining([
        '.prefix-caching/plan.yaml',
        'README.md',
        'catalog-info.yaml',
        'deploy/kustomization.yaml',
        'deploy/qwen-3b-gpu-svc.yaml',
        'deploy/qwen-3b-tpu-svc.yaml',
      ]),
    );
    expect(portal.registered).toContain(
      `http://${portal.host}/platform/qwen-3b/-/blob/main/catalog-info.yaml`,
    );
    expect(await portal.service('qwen-3b-gpu-svc')).toMatchObject({
      spec: { replicas: 2 },
    });
  });

  it('writes the same files to a new repository on GitHub, by the same inputs', async () => {
    const { github } = portal;
    const task = await portal.run({
      ...written,
      name: 'qwen-hub',
      repoUrl: `${github.host}?owner=acme&repo=qwen-hub`,
    });
    expect(task.message).toBeUndefined();
    expect(github.requests).toEqual([
      'GET /users/acme',
      'POST /orgs/acme/repos',
      'PUT /repos/acme/qwen-hub/branches/main/protection',
    ]);
    expect(await portal.git.paths('platform/qwen-hub')).toEqual(
      expect.arrayContaining([
        '.prefix-caching/plan.yaml',
        'catalog-info.yaml',
        'deploy/qwen-hub-gpu-svc.yaml',
      ]),
    );
    expect(portal.registered).toContain(
      `${github.url}/acme/qwen-hub/tree/main/catalog-info.yaml`,
    );
  });

  it('run again on its own repository, changes nothing', async () => {
    const again = { ...written, publishTo: 'existing', targetPath: '.' };
    const link = requestOf(await portal.run(again));
    expect(await portal.git.changes(link)).toEqual([]);
  });

  it('run again with other values, changes those lines and no others', async () => {
    const more = {
      ...written,
      replicas: 3,
      publishTo: 'existing',
      targetPath: '.',
    };
    const link = requestOf(await portal.run(more));
    const changes = await portal.git.changes(link);
    const lines = new Map(
      changes.map(({ new_path, diff }) => [new_path, linesOf(diff)]),
    );
    expect([...lines.keys()]).toEqual([
      '.prefix-caching/plan.yaml',
      'README.md',
      'deploy/qwen-3b-gpu-svc.yaml',
      'deploy/qwen-3b-tpu-svc.yaml',
    ]);
    for (const [before, after, ...others] of lines.values()) {
      expect(before).toMatch(/^-.*[Rr]eplicas.*: 2\.?$/);
      expect(after).toBe(before.replace(/^-/, '+').replace(': 2', ': 3'));
      expect(others).toEqual([]);
    }
    await portal.git.merge(link);
    expect(await portal.service('qwen-3b-tpu-svc')).toMatchObject({
      spec: { replicas: 3 },
    });

    // The request is merged and its branch gone: the next one is another.
    const back = requestOf(await portal.run({ ...more, replicas: 4 }));
    expect(back).not.toBe(link);
    expect(await portal.git.changes(back)).toHaveLength(4);
  });

  it('adds a folder to a GitOps repository, and touches nothing else there', async () => {
    await portal.git.create('platform/gitops', {
      'README.md': 'Everything we run.\n',
      'services/other/kustomization.yaml': 'resources: []\n',
    });
    const into = {
      ...values,
      name: 'qwen-ops',
      repoUrl: `${portal.host}?owner=platform&repo=gitops`,
      publishTo: 'existing',
      targetPath: 'services/qwen-ops',
      targetBranch: 'main',
      argoCd: true,
    };
    const link = requestOf(await portal.run(into));
    const changes = await portal.git.changes(link);
    expect(changes.map(({ new_path }) => new_path)).toEqual(
      expect.arrayContaining([
        'services/qwen-ops/.prefix-caching/plan.yaml',
        'services/qwen-ops/argocd/application.yaml',
        'services/qwen-ops/catalog-info.yaml',
        'services/qwen-ops/deploy/qwen-ops-gpu-svc.yaml',
      ]),
    );
    for (const { new_path, new_file } of changes) {
      expect([new_path, new_file]).toEqual([
        expect.stringMatching(/^services\/qwen-ops\//),
        true,
      ]);
    }
    expect(portal.registered.join()).not.toContain('gitops');

    // Nothing is deployed by asking; the same inputs do not ask twice.
    expect(await portal.service('qwen-ops-gpu-svc')).toMatchObject({
      code: 404,
    });
    const twice = await portal.run(into);
    expect(twice.message).toContain(`Merge Request for this branch: ${link}`);

    await portal.git.merge(link);
    expect(await portal.service('qwen-ops-gpu-svc')).toMatchObject({
      spec: { replicas: 2 },
    });
    expect(await portal.git.read('platform/gitops', 'README.md')).toBe(
      'Everything we run.\n',
    );
    expect(await portal.git.changes(requestOf(await portal.run(into)))).toEqual(
      [],
    );
  });

  it('serves a model of the platform team, and none that it hides', async () => {
    const own = {
      ...written,
      name: 'acme',
      model: 'acme-3b',
      repoUrl: `${portal.host}?owner=platform&repo=acme`,
    };
    expect((await portal.run(own)).message).toBeUndefined();
    expect(
      await portal.git.read('platform/acme', 'deploy/acme-gpu-svc.yaml'),
    ).toContain('uri: hf://acme/acme-3b');
    const hidden = await portal.run({ ...own, model: 'deepseek-r1' });
    expect(hidden.message).toMatch(/^model\.id: .*Expected one of.*acme-3b/);
  });

  it.each(['auto', 'gateway'])(
    'deploys services that are each asked for by a picker of their own, with isolation %s',
    async isolation => {
      const name = `own-${isolation}`;
      const task = await portal.run({
        ...written,
        name,
        isolation,
        repoUrl: `${portal.host}?owner=platform&repo=${name}`,
      });
      expect(task.message).toBeUndefined();
      portal.passTime(90);
      for (const service of [`${name}-gpu-svc`, `${name}-tpu-svc`]) {
        // Without its picker a prompt comes back to the same replica half of the time.
        for (let index = 0; index < 8; index += 1) {
          const prompt = `${index} `.repeat(1_000);
          expect(await portal.cachedTokens(service, prompt)).toBe(0);
          expect(await portal.cachedTokens(service, prompt)).toBeGreaterThan(0);
        }
      }
    },
  );

  it('opens nothing when a value cannot be used', async () => {
    const before = await portal.git.paths('platform/gitops');
    const task = await portal.run({
      ...written,
      name: 'qwen-bad',
      accelerators: [{ id: 'nvidia-t4', devices: 4, tensorParallel: 3 }],
      repoUrl: `${portal.host}?owner=platform&repo=gitops`,
      publishTo: 'existing',
      targetPath: 'services/qwen-bad',
    });
    expect(task.status).toBe('failed');
    expect(task.message).toMatch(/^accelerators\[0\]\.tensorParallel: /);
    expect(await portal.git.paths('platform/gitops')).toEqual(before);
  });
});
