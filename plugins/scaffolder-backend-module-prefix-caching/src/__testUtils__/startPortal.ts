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

import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { join, resolve } from 'node:path';
import { ManualClock, startSandbox } from 'sandbox';
import request from 'supertest';
import { parse } from 'yaml';
import { scaffolderModulePrefixCaching } from '../module';
import { startGitHub } from './startGitHub';
import { templateText } from './template';

/** How a task ended. */
export interface EndedTask {
  status: string;
  /** Of a task that failed. */
  message?: string;
  output?: { links?: { title: string; url?: string }[] };
}

/** One file of a merge request. */
export interface ChangedFile {
  new_path: string;
  new_file: boolean;
  deleted_file: boolean;
  diff: string;
}

type ConfigData = NonNullable<
  NonNullable<Parameters<typeof mockServices.rootConfig>[0]>['data']
>;

const TOKEN = { 'private-token': 'sandbox-git' };

/**
 * The scaffolder with this module, the real back end, the stock actions for
 * GitLab and GitHub, and the sandbox's git host and cluster for them to talk to. Of the
 * catalog there is only what a task needs: the template, and a note of what
 * was registered.
 *
 * @param prefixCaching - of `app-config.yaml`, beside what the test needs itself
 */
export async function startPortal(prefixCaching: ConfigData = {}) {
  const clock = new ManualClock();
  const sandbox = await startSandbox({
    apiPort: 0,
    gitPort: 0,
    examplesDir: resolve(__dirname, '../../../../examples'),
    clock,
  });
  const host = new URL(sandbox.git.url).host;
  const github = await startGitHub(async (_, name) => {
    await createProject(name);
    return `${sandbox.git.url}/platform/${name}.git`;
  });
  const registered: string[] = [];
  const catalog = Object.assign(
    catalogServiceMock({ entities: [parse(templateText)] }),
    {
      async addLocation({ target }: { target: string }) {
        registered.push(target);
        return { location: { id: '1', type: 'url', target }, entities: [] };
      },
    },
  );

  const { server } = await startTestBackend({
    features: [
      import('@backstage/plugin-scaffolder-backend'),
      import('@backstage/plugin-scaffolder-backend-module-gitlab'),
      import('@backstage/plugin-scaffolder-backend-module-github'),
      scaffolderModulePrefixCaching,
      import('backstage-plugin-prefix-caching-backend'),
      createServiceFactory({
        service: catalogServiceRef,
        deps: {},
        factory: () => catalog,
      }),
      createServiceFactory({
        service: coreServices.urlReader,
        deps: {},
        factory: () => mockServices.urlReader.mock(),
      }),
      mockServices.rootConfig.factory({
        data: {
          backend: { baseUrl: 'http://localhost:0' },
          integrations: {
            gitlab: [
              {
                host,
                baseUrl: sandbox.git.url,
                apiBaseUrl: join(sandbox.git.url, 'api/v4'),
                token: 'sandbox-git',
              },
            ],
            github: [
              {
                host: github.host,
                apiBaseUrl: github.url,
                token: 'sandbox-git',
              },
            ],
          },
          prefixCaching: {
            schedule: { initialDelay: { days: 1 } },
            ...prefixCaching,
          },
        },
      }),
    ],
  });

  const project = (repository: string) =>
    `${sandbox.git.url}/api/v4/projects/${encodeURIComponent(repository)}`;
  const call = async (method: string, url: string, body?: object) => {
    const response = await fetch(url, {
      method,
      headers: { ...TOKEN, 'content-type': 'application/json' },
      body: body && JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) {
      throw new Error(`${method} ${url}: ${response.status} ${text}`);
    }
    return text;
  };

  async function createProject(path: string) {
    const { id } = JSON.parse(
      await call('GET', `${sandbox.git.url}/api/v4/namespaces/platform`),
    );
    await call('POST', `${sandbox.git.url}/api/v4/projects`, {
      namespace_id: id,
      path,
    });
  }

  return {
    host,
    github,
    registered,
    /** What git knows by the API of its host. */
    git: {
      async create(repository: string, files: Record<string, string>) {
        await createProject(repository.split('/')[1]);
        await call('POST', `${project(repository)}/repository/commits`, {
          branch: 'main',
          commit_message: 'Before',
          actions: Object.entries(files).map(([file_path, content]) => ({
            action: 'create',
            file_path,
            content,
          })),
        });
      },
      async paths(repository: string): Promise<string[]> {
        const tree: { path: string; type: string }[] = JSON.parse(
          await call(
            'GET',
            `${project(
              repository,
            )}/repository/tree?recursive=true&per_page=100`,
          ),
        );
        return tree.filter(it => it.type === 'blob').map(it => it.path);
      },
      read: (repository: string, path: string) =>
        call(
          'GET',
          `${project(repository)}/repository/files/${encodeURIComponent(
            path,
          )}/raw?ref=main`,
        ),
      /** What the request at a link of the portal changes. */
      async changes(link: string): Promise<ChangedFile[]> {
        return JSON.parse(
          await call('GET', `${apiOf(link)}/diffs?per_page=100`),
        );
      },
      merge: (link: string) => call('PUT', `${apiOf(link)}/merge`),
    },
    /** An LLMInferenceService of the cluster that the git host deploys to. */
    async service(name: string): Promise<{ spec: { replicas: number } }> {
      const response = await fetch(
        `${sandbox.api.url}/apis/serving.kserve.io/v1alpha2/namespaces/llm-serving/llminferenceservices/${name}`,
        { headers: { authorization: 'Bearer sandbox-reader' } },
      );
      return response.json();
    },
    /** Lets the cluster's time pass, as when engines start. */
    passTime: (seconds: number) => clock.advance(seconds),
    /** Tokens of a prompt that the replica which answers a client had in its cache. */
    async cachedTokens(service: string, prompt: string): Promise<number> {
      const url = `${sandbox.api.url}/gateway/llm-serving/${service}/v1/completions`;
      const { usage } = JSON.parse(await call('POST', url, { prompt }));
      return usage.prompt_tokens_details.cached_tokens;
    },
    /** Runs the template as a signed-in user, through the scaffolder's HTTP API. */
    async run(values: object): Promise<EndedTask> {
      const headers = { Authorization: mockCredentials.user.header() };
      const tasks = '/api/scaffolder/v2/tasks';
      const created = await request(server).post(tasks).set(headers).send({
        templateRef: 'template:default/prefix-caching-deployment',
        values,
      });
      if (created.status !== 201) {
        throw new Error(JSON.stringify(created.body));
      }
      // The stream ends with the task.
      const { text } = await request(server)
        .get(`${tasks}/${created.body.id}/eventstream`)
        .set(headers);
      const [, data] = /^event: completion\ndata: (.*)$/m.exec(text) ?? [];
      const { body } = JSON.parse(data);
      return {
        status: body.error ? 'failed' : 'completed',
        message: body.error?.message,
        output: body.output,
      };
    },
    async stop() {
      await server.stop();
      await github.stop();
      await sandbox.close();
    },
  };

  function apiOf(link: string) {
    const [, repository, iid] =
      /^https?:\/\/[^/]+\/(.+)\/-\/merge_requests\/(\d+)$/.exec(link) ?? [];
    return `${project(repository)}/merge_requests/${iid}`;
  }
}
