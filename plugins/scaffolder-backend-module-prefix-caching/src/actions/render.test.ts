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

import { readdirSync } from 'node:fs';
import {
  createMockDirectory,
  mockCredentials,
  mockServices,
} from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { parse } from 'yaml';
import { plan, renderedFiles } from '../__testUtils__/plan';
import {
  errorAnswer,
  startRenderServer,
  type Answer,
} from '../__testUtils__/renderServer';
import { createRenderAction } from './render';

const integrations = ScmIntegrations.fromConfig(
  new ConfigReader({
    integrations: {
      gitlab: [
        {
          host: 'localhost:7009',
          baseUrl: 'http://localhost:7009',
          apiBaseUrl: 'http://localhost:7009/api/v4',
        },
      ],
    },
  }),
);

describe('prefix-caching:render', () => {
  const workspace = createMockDirectory();
  let stop: () => Promise<void> = async () => {};

  beforeEach(() => workspace.clear());
  afterEach(() => stop());

  async function run(answer: Answer, input: object = {}) {
    const server = await startRenderServer(answer);
    stop = server.stop;
    const action = createRenderAction({
      auth: mockServices.auth(),
      discovery: mockServices.discovery.mock({
        getBaseUrl: async () => server.baseUrl,
      }),
      integrations,
    });
    const context = createMockActionContext({
      input: { plan, ...input },
      workspacePath: workspace.path,
    });
    context.getInitiatorCredentials = async () =>
      mockCredentials.user('user:default/ada');
    const outcome = action.handler(context);
    return { server, context, outcome };
  }

  const ok = { status: 200, body: { files: renderedFiles } };

  it('asks the back end as the initiator, writes its files and says what they are', async () => {
    const { server, context, outcome } = await run(ok);
    await outcome;

    expect(server.calls).toHaveLength(1);
    expect(server.calls[0].url).toBe('/api/prefix-caching/render');
    expect(server.calls[0].body).toEqual(plan);
    expect(server.calls[0].headers.authorization).toBe(
      mockCredentials.service.header({
        onBehalfOf: mockCredentials.user('user:default/ada'),
        targetPluginId: 'prefix-caching',
      }),
    );
    expect(workspace.content()).toEqual({
      'README.md': '# assistant\n',
      'catalog-info.yaml': 'kind: Component\n',
      deploy: { 'assistant-gpu-svc.yaml': 'kind: LLMInferenceService\n' },
    });
    expect(context.output).toHaveBeenCalledWith('files', [
      'catalog-info.yaml',
      'deploy/assistant-gpu-svc.yaml',
      'README.md',
    ]);
    expect(context.output).toHaveBeenCalledWith(
      'catalogInfoPath',
      '/catalog-info.yaml',
    );
    expect(context.output).toHaveBeenCalledWith(
      'entityRef',
      'component:default/assistant',
    );
    expect(context.output).toHaveBeenCalledWith('targets', [
      { namespace: 'llm-serving', name: 'assistant-gpu-svc' },
    ]);
  });

  it('writes the same again when a task is run again, and leaves other files alone', async () => {
    workspace.addContent({ 'mine.txt': 'kept', 'README.md': 'old' });
    const before = await run(ok, { targetPath: 'services/assistant' });
    await before.outcome;
    const first = workspace.content();
    await stop();
    const { context, outcome } = await run(ok, {
      targetPath: 'services/assistant',
    });
    await outcome;

    expect(workspace.content()).toEqual(first);
    expect(first).toMatchObject({ 'mine.txt': 'kept', 'README.md': 'old' });
    const revisionIn = ({ output }: typeof context) =>
      jest.mocked(output).mock.calls.find(([name]) => name === 'revision')?.[1];
    expect(revisionIn(context)).toMatch(/^[0-9a-f]{8}$/);
    expect(revisionIn(context)).toBe(revisionIn(before.context));
    expect(context.output).toHaveBeenCalledWith(
      'catalogInfoPath',
      '/services/assistant/catalog-info.yaml',
    );
  });

  it.each<{ name: string; answer: Answer; input?: object; message: RegExp }>([
    {
      name: 'a refused plan keeps the message, which begins with the field',
      answer: errorAnswer(
        400,
        'InputError',
        'accelerators[0].tensorParallel: 3 does not divide 16 heads.',
      ),
      message:
        /^accelerators\[0\]\.tensorParallel: 3 does not divide 16 heads\.$/,
    },
    {
      name: 'no permission',
      answer: errorAnswer(403, 'NotAllowedError', 'ada may not render'),
      message: /could not render the plan \(403\): ada may not render/,
    },
    {
      name: 'a portal without the back-end plugin',
      answer: errorAnswer(404, 'NotFoundError', 'no handler'),
      message: /Add backstage-plugin-prefix-caching-backend/,
    },
    {
      name: 'a path that leads out of the workspace',
      answer: {
        status: 200,
        body: {
          files: [
            ...renderedFiles,
            { path: '../../x', content: '', objects: [] },
          ],
        },
      },
      message: /not allowed to refer to a directory outside its parent/i,
    },
    {
      name: 'a target folder out of the workspace',
      answer: ok,
      input: { targetPath: '../elsewhere' },
      message: /not allowed to refer to a directory outside its parent/i,
    },
    {
      name: 'a repository on a host without integration',
      answer: ok,
      input: { repoUrl: 'git.example.org?owner=a&repo=b' },
      message:
        /^repoUrl: this portal has no integration for the host 'git\.example\.org'/,
    },
    {
      name: 'a repository that no later step publishes to',
      answer: ok,
      input: {
        repoUrl: 'bitbucket.org?workspace=a&project=b&repo=c',
        publishers: ['gitlab', 'github'],
      },
      message:
        /^repoUrl: this template publishes to gitlab and github, and .* is on bitbucketCloud/,
    },
  ])('fails and writes nothing: $name', async ({ answer, input, message }) => {
    const { context, outcome } = await run(answer, input);
    await expect(outcome).rejects.toThrow(message);
    expect(readdirSync(workspace.path)).toEqual([]);
    expect(context.output).not.toHaveBeenCalled();
  });

  it('says that the back end cannot be reached, and why', async () => {
    const server = await startRenderServer(ok);
    await server.stop();
    stop = async () => {};
    const action = createRenderAction({
      auth: mockServices.auth(),
      discovery: mockServices.discovery.mock({
        getBaseUrl: async () => server.baseUrl,
      }),
      integrations,
    });
    await expect(
      action.handler(
        createMockActionContext({
          input: { plan },
          workspacePath: workspace.path,
        }),
      ),
    ).rejects.toThrow(/could not be reached: .*ECONNREFUSED/);
  });

  it('carries a repository this portal publishes to', async () => {
    const { outcome } = await run(ok, {
      repoUrl: 'localhost:7009?owner=platform&repo=assistant',
      publishers: ['gitlab', 'github'],
    });
    await expect(outcome).resolves.toBeUndefined();
  });

  it('is dry-run capable, and each of its examples names this action and its inputs', () => {
    const action = createRenderAction({
      auth: mockServices.auth(),
      discovery: mockServices.discovery.mock(),
      integrations,
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
