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

import { expect, type Page, test } from '@playwright/test';
import { conditionsOf, signIn } from './portal';

const GIT = 'http://localhost:7009';
const NAMESPACE = 'llm-serving';
const REPOSITORY = 'platform/gitops';

/** As a script or a link may prefill the form. */
const FORM = {
  name: 'qwen-gitops',
  owner: 'group:default/team-assist',
  lifecycle: 'experimental',
  model: 'qwen2.5-3b-instruct',
  platform: 'kserve-0.20',
  namespace: NAMESPACE,
  nodePlatform: 'gke',
  accelerators: [{ id: 'nvidia-t4', devices: 1, maxModelLen: 4096 }],
  replicas: 2,
  publishTo: 'existing',
  repoUrl: 'localhost:7009?owner=platform&repo=gitops',
  targetPath: 'services/qwen-gitops',
  targetBranch: 'main',
};

/** Asks the git host's API as the portal's own token may. */
async function git(method: string, path: string, body?: object) {
  const response = await fetch(`${GIT}/api/v4${path}`, {
    method,
    headers: {
      'PRIVATE-TOKEN': 'sandbox-git',
      'Content-Type': 'application/json',
    },
    body: body && JSON.stringify(body),
  });
  expect(response.ok, `${method} ${path}: ${response.status}`).toBe(true);
  return response.json();
}

/** Walks through the prefilled form; gives the address of the merge request. */
async function request(page: Page): Promise<string> {
  const values = encodeURIComponent(JSON.stringify(FORM));
  await page.goto(
    `/create/templates/default/prefix-caching-deployment?formData=${values}`,
  );
  await expect(page.getByRole('textbox', { name: 'Name' })).toHaveValue(
    FORM.name,
    { timeout: 30_000 },
  );
  await page.getByRole('button', { name: 'Next' }).click();
  await expect(
    page.getByRole('checkbox', { name: 'Use NVIDIA T4' }),
  ).toBeChecked();
  await page.getByRole('button', { name: 'Next' }).click();
  await expect(page.getByText('Network policies').first()).toBeVisible();
  await page.getByRole('button', { name: 'Next' }).click();
  await expect(page.getByRole('textbox', { name: 'Folder' })).toHaveValue(
    FORM.targetPath,
  );
  await page.getByRole('button', { name: 'Next' }).click();
  await expect(
    page.getByRole('region', { name: /static checks pass/ }),
  ).toContainText(
    'a merge or pull request into localhost:7009/platform/gitops, folder services/qwen-gitops',
  );
  await page.getByRole('button', { name: 'Review' }).click();
  await page.getByRole('button', { name: 'Create' }).click();
  const link = page.getByRole('link', { name: /merge or pull request/i });
  await expect(link).toBeVisible({ timeout: 60_000 });
  return (await link.getAttribute('href')) ?? '';
}

test('a merge request into a GitOps repository, merged, and asked for again', async ({
  page,
}) => {
  const { id } = await git('GET', '/namespaces/platform');
  await git('POST', '/projects', { namespace_id: id, path: 'gitops' });
  const project = `/projects/${encodeURIComponent(REPOSITORY)}`;
  await git('POST', `${project}/repository/commits`, {
    branch: 'main',
    commit_message: 'Before',
    actions: [
      { action: 'create', file_path: 'README.md', content: 'All we run.\n' },
    ],
  });
  await signIn(page);

  await test.step('the request holds the folder, and nothing is deployed yet', async () => {
    await page.goto(await request(page));
    await expect(
      page.getByRole('heading', {
        name: 'services/qwen-gitops/deploy/qwen-gitops-gpu-svc.yaml (added)',
      }),
    ).toBeVisible();
    await expect(
      page.getByRole('heading', { name: /README\.md \(changed\)/ }),
    ).toHaveCount(0);
  });

  await test.step('merged, the cluster has it', async () => {
    await page.getByRole('button', { name: 'Merge' }).click();
    await expect(page.getByText(/into main: merged/)).toBeVisible();
    await expect(async () => {
      const conditions = await conditionsOf(
        NAMESPACE,
        'qwen-gitops-gpu-svc',
      ).catch(() => []);
      expect(conditions.length).toBeGreaterThan(0);
    }).toPass({ timeout: 30_000 });
  });

  await test.step('asked for again, nothing is to be changed', async () => {
    await page.goto(await request(page));
    await expect(page.getByText('No file is changed.')).toBeVisible();
  });
});
