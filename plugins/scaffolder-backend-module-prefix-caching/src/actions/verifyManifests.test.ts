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

import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import {
  createMockDirectory,
  mockCredentials,
  mockServices,
} from '@backstage/backend-test-utils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { parse } from 'yaml';
import {
  errorAnswer,
  startRenderServer,
  type Answer,
} from '../__testUtils__/renderServer';
import { createVerifyManifestsAction } from './verifyManifests';

function finding(change: object = {}) {
  return {
    check: 'engine.prefix-caching',
    component: 'engine',
    requirement: 'required',
    verdict: 'pass',
    summary: 'It is on.',
    expected: 'on',
    actual: 'on',
    evidence: [],
    commands: [],
    responsible: 'owner',
    ...change,
  };
}

function verified(...findings: object[]): Answer {
  return {
    status: 200,
    body: {
      verifications: [
        {
          target: { cluster: 'c', namespace: 'llm', name: 'qwen-gpu-svc' },
          verdict: 'inconclusive',
          findings,
        },
      ],
    },
  };
}

const observed = finding({ check: 'routing.bypass', verdict: 'skipped' });
const failing = finding({
  check: 'router.scorers',
  verdict: 'fail',
  summary: 'No prefix scorer.',
  expected: 'a prefix scorer',
  actual: 'queue-scorer 2',
  remedy: 'Add it.',
});
const warning = finding({ check: 'engine.block-size', verdict: 'warn' });
const advice = finding({
  check: 'router.failure-mode',
  verdict: 'fail',
  requirement: 'advice',
});

describe('prefix-caching:verify-manifests', () => {
  const workspace = createMockDirectory();
  let stop: () => Promise<void> = async () => {};

  beforeEach(() =>
    workspace.setContent({
      'catalog-info.yaml': 'kind: Component\n',
      'README.md': '# no manifest\n',
      '.git': { 'config.yaml': 'not: read\n' },
      deploy: { 'b.yml': 'b: 1\n', 'a.yaml': 'a: 1\n' },
    }),
  );
  afterEach(() => stop());

  async function run(answer: Answer, input: object = {}) {
    const server = await startRenderServer(answer);
    stop = server.stop;
    const action = createVerifyManifestsAction({
      auth: mockServices.auth(),
      discovery: mockServices.discovery.mock({
        getBaseUrl: async () => server.baseUrl,
      }),
    });
    const context = createMockActionContext({
      input,
      workspacePath: workspace.path,
    });
    context.getInitiatorCredentials = async () =>
      mockCredentials.user('user:default/ada');
    return { server, context, outcome: action.handler(context) };
  }

  it('asks the back end as the initiator about every YAML file, and says what was decided', async () => {
    const { server, context, outcome } = await run(
      verified(finding(), warning, observed, advice),
      { lifecycle: 'production', istio: '1.28.2' },
    );
    await outcome;
    const [call] = server.calls;
    expect(call.url).toBe('/api/prefix-caching/verify');
    expect(call.body).toEqual({
      files: [
        { path: 'catalog-info.yaml', content: 'kind: Component\n' },
        { path: 'deploy/a.yaml', content: 'a: 1\n' },
        { path: 'deploy/b.yml', content: 'b: 1\n' },
      ],
      expectations: { lifecycle: 'production', istio: '1.28.2' },
    });
    expect(call.headers.authorization).toBe(
      mockCredentials.service.header({
        onBehalfOf: mockCredentials.user('user:default/ada'),
        targetPluginId: 'prefix-caching',
      }),
    );
    expect(context.output).toHaveBeenCalledWith('findings', [
      {
        check: 'engine.prefix-caching',
        target: 'llm/qwen-gpu-svc',
        verdict: 'pass',
        summary: 'It is on.',
      },
      expect.objectContaining({ check: 'engine.block-size', verdict: 'warn' }),
      expect.objectContaining({ check: 'router.failure-mode' }),
    ]);
  });

  it('looks into one folder where one is named', async () => {
    const { server, outcome } = await run(verified(finding()), {
      targetPath: 'deploy',
    });
    await outcome;
    expect(server.calls[0].body).toMatchObject({
      files: [{ path: 'deploy/a.yaml' }, { path: 'deploy/b.yml' }],
    });
  });

  it.each<{ name: string; answer: Answer; input?: object; message: RegExp }>([
    {
      name: 'a failing check is listed with what was expected and what to do',
      answer: verified(finding(), failing, warning),
      message:
        /^1 of 3 findings are against .*\nrouter\.scorers \(fail\) on llm\/qwen-gpu-svc: No prefix scorer\.\n {2}expected: a prefix scorer\n {2}actual: queue-scorer 2\n {2}to do: Add it\.$/,
    },
    {
      name: 'a warning fails where warnings count',
      answer: verified(finding(), warning),
      input: { failOn: 'warn' },
      message: /engine\.block-size \(warn\)/,
    },
    {
      name: 'no service among the files',
      answer: { status: 200, body: { verifications: [] } },
      message: /^targetPath: none of the 3 YAML files .* LLMInferenceService/,
    },
    {
      name: 'a file that is no manifest',
      answer: errorAnswer(
        400,
        'InputError',
        'deploy/a.yaml: document 1 is not',
      ),
      message: /^deploy\/a\.yaml: document 1/,
    },
    {
      name: 'a portal without the back-end plugin',
      answer: errorAnswer(404, 'NotFoundError', 'no handler'),
      message: /did not answer at \/verify \(404\)/,
    },
    {
      name: 'a folder that is not there',
      answer: verified(finding()),
      input: { targetPath: 'deplyo' },
      message: /^targetPath: there is no folder 'deplyo'/,
    },
    {
      name: 'a folder out of the workspace',
      answer: verified(finding()),
      input: { targetPath: '../..' },
      message: /not allowed to refer to a directory outside its parent/i,
    },
  ])('fails the task: $name', async ({ answer, input, message }) => {
    const { context, outcome } = await run(answer, input);
    await expect(outcome).rejects.toThrow(message);
    expect(context.output).not.toHaveBeenCalled();
  });

  it('does not follow a link out of the workspace', async () => {
    const elsewhere = createMockDirectory();
    elsewhere.setContent({ 'secret.yaml': 'token: x\n' });
    symlinkSync(
      join(elsewhere.path, 'secret.yaml'),
      join(workspace.path, 'deploy', 'c.yaml'),
    );
    const { server, outcome } = await run(verified(finding()));
    await expect(outcome).rejects.toThrow(/c\.yaml leads out|outside/);
    expect(server.calls).toEqual([]);
  });

  it('is dry-run capable, and each of its examples names this action and its inputs', () => {
    const action = createVerifyManifestsAction({
      auth: mockServices.auth(),
      discovery: mockServices.discovery.mock(),
    });
    expect(action.supportsDryRun).toBe(true);
    const inputs = Object.keys(action.schema?.input?.properties ?? {});
    expect(action.examples?.length).toBeGreaterThan(1);
    for (const { example } of action.examples ?? []) {
      const [step] = parse(example).steps;
      expect(step.action).toBe(action.id);
      expect(inputs).toEqual(expect.arrayContaining(Object.keys(step.input)));
    }
  });
});
