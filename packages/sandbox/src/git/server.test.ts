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

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ManualClock } from '../clock';
import { listAt, numberAt, textAt } from '../json';
import { startSandbox, type Sandbox } from '../sandbox';
import { git } from './gitCommand';

const examplesDir = resolve(__dirname, '../../../../examples');

const DEPLOYMENT = `apiVersion: serving.kserve.io/v1alpha2
kind: LLMInferenceService
metadata:
  name: fresh
  namespace: new-team
spec:
  model: { uri: hf://Qwen/Qwen2.5-3B-Instruct, name: fresh }
  replicas: 2
  router: { gateway: {}, route: {}, scheduler: {} }
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: fresh-epp
  namespace: new-team
spec:
  host: fresh-epp-service
  trafficPolicy: { tls: { mode: SIMPLE, insecureSkipVerify: true } }
`;
const ENTITY = `apiVersion: backstage.io/v1alpha1
kind: Component
metadata: { name: fresh }
`;

describe('the git host', () => {
  let clock: ManualClock;
  let sandbox: Sandbox;
  let workspace: string;

  beforeAll(async () => {
    clock = new ManualClock();
    sandbox = await startSandbox({
      apiPort: 0,
      gitPort: 0,
      examplesDir,
      clock,
    });
    workspace = await mkdtemp(join(tmpdir(), 'publish-'));
  });
  afterAll(async () => {
    await sandbox.close();
    await rm(workspace, { recursive: true, force: true });
  });

  async function rest(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = { 'private-token': 'sandbox-git' },
  ) {
    const response = await fetch(`${sandbox.git.url}/api/v4${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      body: body ? JSON.stringify(body) : undefined,
    });
    return { code: response.status, body: (await response.json()) as unknown };
  }
  const inCluster = async (path: string): Promise<unknown> =>
    (
      await fetch(`${sandbox.api.url}${path}`, {
        headers: { authorization: 'Bearer sandbox-reader' },
      })
    ).json();

  it('wants its token, in any of the forms GitLab takes', async () => {
    expect((await rest('GET', '/user', undefined, {})).code).toBe(401);
    const basic = Buffer.from('oauth2:sandbox-git').toString('base64');
    const forms: Record<string, string>[] = [
      { 'private-token': 'sandbox-git' },
      { authorization: 'Bearer sandbox-git' },
      { authorization: `Basic ${basic}` },
    ];
    for (const headers of forms) {
      const { body } = await rest('GET', '/user', undefined, headers);
      expect(textAt(body, 'username')).toBe('sandbox');
    }
  });

  it('takes what publish:gitlab does, and the cluster applies what was pushed', async () => {
    const namespace = await rest('GET', '/namespaces/platform');
    expect(namespace.body).toMatchObject({ kind: 'group', path: 'platform' });
    expect((await rest('GET', '/namespaces/nobody')).code).toBe(404);
    const none = await rest('GET', '/groups/platform/projects?search=fresh');
    expect(none.body).toEqual([]);
    const project = await rest('POST', '/projects', {
      namespace_id: numberAt(namespace.body, 'id'),
      name: 'fresh',
      path: 'fresh',
      visibility: 'private',
    });
    expect(project.code).toBe(201);
    const remote = textAt(project.body, 'http_url_to_repo') ?? '';
    expect(remote).toBe(`${sandbox.git.url}/platform/fresh.git`);

    await writeFile(join(workspace, 'deployment.yaml'), DEPLOYMENT);
    await writeFile(join(workspace, 'catalog-info.yaml'), ENTITY);
    await git(workspace, ['init', '--quiet', '-b', 'main']);
    await git(workspace, ['add', '.']);
    await git(workspace, ['commit', '--quiet', '-m', 'Initial commit']);
    const authorized = remote.replace('http://', 'http://oauth2:sandbox-git@');
    await git(workspace, ['push', '--quiet', authorized, 'HEAD:main']);

    const path =
      '/apis/serving.kserve.io/v1alpha2/namespaces/new-team/llminferenceservices/fresh';
    expect(await inCluster(path)).toMatchObject({
      metadata: {
        annotations: {
          'sandbox/applied-from': 'platform/fresh:deployment.yaml',
        },
      },
    });
    const requests = async () => {
      const pods = await inCluster(
        '/api/v1/namespaces/new-team/pods?labelSelector=kserve.io/component%3Dworkload',
      );
      const name = textAt(listAt(pods, 'items')[0], 'metadata', 'name');
      const page = await fetch(
        `${sandbox.api.url}/api/v1/namespaces/new-team/pods/${name}:8000/proxy/metrics`,
        { headers: { authorization: 'Bearer sandbox-reader' } },
      );
      return /prompt_tokens_total\{[^}]*\} (\S+)/.exec(await page.text())?.[1];
    };
    clock.advance(8);
    expect(await requests()).toBe('0.0');
    clock.advance(20);
    expect(Number(await requests())).toBeGreaterThan(0);
  });

  it('lets the catalog read a file, and a reader the archive', async () => {
    const blob = `${sandbox.git.url}/platform/fresh/-/blob/main/catalog-info.yaml`;
    const api = `${sandbox.git.url}/api/v4/projects/platform%2Ffresh/repository`;
    const headers = { authorization: 'Bearer sandbox-git' };
    const raw = `${api}/files/catalog-info.yaml/raw?ref=main`;
    const file = await fetch(raw, { headers });
    expect(await file.text()).toBe(ENTITY);
    const etag = file.headers.get('etag') ?? '';
    const again = await fetch(raw, {
      headers: { ...headers, 'if-none-match': etag },
    });
    expect(again.status).toBe(304);
    const commits = await fetch(`${api}/commits?ref_name=main`, { headers });
    expect(await commits.json()).toMatchObject([{ title: 'Initial commit' }]);
    const archive = await fetch(`${api}/archive?sha=main`, { headers });
    const bytes = Buffer.from(await archive.arrayBuffer());
    expect([bytes[0], bytes[1]]).toEqual([0x1f, 0x8b]);

    const page = await fetch(blob);
    expect(await page.text()).toContain('kind: Component');
    const tree = await fetch(`${sandbox.git.url}/platform/fresh`);
    expect(await tree.text()).toContain('deployment.yaml');
    expect((await fetch(`${sandbox.git.url}/platform/none`)).status).toBe(404);
  });

  it('takes what publish:gitlab:merge-request does; merging applies it', async () => {
    const project = '/projects/platform%2Ffresh';
    const entries = await rest(
      'GET',
      `${project}/repository/tree?ref=main&recursive=true`,
    );
    expect(
      listAt({ items: entries.body }, 'items').map(entry =>
        textAt(entry, 'path'),
      ),
    ).toEqual(['catalog-info.yaml', 'deployment.yaml']);
    const nowhere = `${project}/repository/tree?ref=main&path=services`;
    expect((await rest('GET', nowhere)).code).toBe(404);
    expect(
      (await rest('GET', `${project}/repository/branches/more`)).code,
    ).toBe(404);
    await rest('POST', `${project}/repository/branches?branch=more&ref=main`);
    const commit = (actions: unknown[]) =>
      rest('POST', `${project}/repository/commits`, {
        branch: 'more',
        commit_message: 'Three replicas',
        actions,
      });
    const clash = await commit([
      { action: 'create', file_path: 'deployment.yaml', content: 'x' },
    ]);
    expect(clash.code).toBe(400);
    const update = await commit([
      {
        action: 'update',
        file_path: 'deployment.yaml',
        encoding: 'base64',
        content: Buffer.from(
          DEPLOYMENT.replace('replicas: 2', 'replicas: 3'),
        ).toString('base64'),
      },
    ]);
    expect(update.code).toBe(201);
    const request = await rest('POST', `${project}/merge_requests`, {
      source_branch: 'more',
      target_branch: 'main',
      title: 'Three replicas',
      remove_source_branch: true,
    });
    const address = `${sandbox.git.url}/platform/fresh/-/merge_requests/1`;
    expect(textAt(request.body, 'web_url')).toBe(address);
    const diffs = await rest('GET', `${project}/merge_requests/1/diffs`);
    const change = {
      new_path: 'deployment.yaml',
      new_file: false,
      diff: expect.stringMatching(
        /^@@[^]*\n- {2}replicas: 2\n\+ {2}replicas: 3\n/,
      ),
    };
    expect(diffs.body).toEqual([expect.objectContaining(change)]);
    const merged = await rest('PUT', `${project}/merge_requests/1/merge`);
    expect(textAt(merged.body, 'state')).toBe('merged');
    // Its branch goes with it; what it changed can still be read.
    expect(
      (await rest('GET', `${project}/repository/branches/more`)).code,
    ).toBe(404);
    const after = await rest('GET', `${project}/merge_requests/1/diffs`);
    expect(after.body).toEqual(diffs.body);
    expect(await (await fetch(address)).text()).toContain('+  replicas: 3');
    const path =
      '/apis/serving.kserve.io/v1alpha2/namespaces/new-team/llminferenceservices/fresh';
    expect(await inCluster(path)).toMatchObject({ spec: { replicas: 3 } });
  });

  it('shows a request that changes nothing as one, and does not merge it', async () => {
    const project = '/projects/platform%2Ffresh';
    const branch = 'prefix-caching/fresh';
    await rest(
      'POST',
      `${project}/repository/branches?branch=${encodeURIComponent(
        branch,
      )}&ref=main`,
    );
    const request = await rest('POST', `${project}/merge_requests`, {
      source_branch: branch,
      target_branch: 'main',
      title: 'Nothing new',
    });
    const one = `${project}/merge_requests/${numberAt(request.body, 'iid')}`;
    expect((await rest('GET', `${one}/diffs`)).body).toEqual([]);
    expect((await rest('GET', one)).body).toMatchObject({
      changes_count: null,
    });
    const page = await fetch(textAt(request.body, 'web_url') ?? '');
    expect(await page.text()).toContain('No file is changed.');
    const tree = `${sandbox.git.url}/platform/fresh/-/tree/${branch}`;
    expect(await (await fetch(tree)).text()).toContain('deployment.yaml');
    const merged = await rest('PUT', `${one}/merge`);
    expect(merged.code).toBe(405);
    expect(textAt(merged.body, 'message')).toContain('no commit that main');
    const encoded = encodeURIComponent(branch);
    const removed = `${sandbox.git.url}/api/v4${project}/repository/branches/${encoded}`;
    const headers = { 'private-token': 'sandbox-git' };
    expect((await fetch(removed, { method: 'DELETE', headers })).status).toBe(
      204,
    );
    expect((await fetch(removed, { method: 'DELETE', headers })).status).toBe(
      404,
    );
  });

  it('clones without a token, and refuses a push without one', async () => {
    const url = `${sandbox.git.url}/platform/fresh.git`;
    const copy = join(workspace, 'copy');
    await git(workspace, ['clone', '--quiet', url, copy]);
    await git(copy, ['commit', '--quiet', '--allow-empty', '-m', 'nothing']);
    await expect(
      git(copy, ['push', 'origin', 'main'], {
        env: { GIT_TERMINAL_PROMPT: '0' },
      }),
    ).rejects.toThrow('git push failed');
  });
});
