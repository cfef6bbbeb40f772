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
  type BackendFeature,
  coreServices,
  createBackendModule,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import {
  createTemplateAction,
  scaffolderActionsExtensionPoint,
} from '@backstage/plugin-scaffolder-node';
import { json } from 'node:stream/consumers';
import request from 'supertest';
import { scaffolderModulePrefixCaching } from '../module';
import { renderedFiles } from './plan';
import { readTemplate } from './template';

/** What a dry run came to. */
export interface DryRun {
  status: number;
  body: {
    errors?: { stack: string }[];
    error?: { message: string };
    directoryContents?: { path: string; base64Content: string }[];
    output?: { links?: { title: string; url?: string }[] };
    log?: { body: { message: string } }[];
  };
}

/** Each file's content by its path, in whatever order the disk listed them. */
export function contentsOf({ body }: DryRun): Record<string, string> {
  return Object.fromEntries(
    (body.directoryContents ?? []).map(({ path, base64Content }) => [
      path,
      base64Content,
    ]),
  );
}

/** A verification of the stand-in, in which files decided one check. */
const passed = {
  target: { cluster: 'manifests', namespace: 'llm-serving', name: 'x' },
  verdict: 'pass',
  findings: [
    {
      check: 'engine.arguments',
      component: 'engine',
      requirement: 'required',
      verdict: 'pass',
      summary: 'They start the engine.',
      expected: '',
      actual: '',
      evidence: [],
      commands: [],
      responsible: 'owner',
    },
  ],
};

/**
 * The scaffolder with this module, and with stand-ins for the back end's
 * `/render` and `/verify` and for the publish actions, which keep what they were given.
 *
 * @param backEnd - the real back-end plugin, instead of its stand-in
 */
export async function startScaffolder(
  backEnd?: Promise<{ default: BackendFeature }>,
) {
  const plans: unknown[] = [];
  const published: { action: string; input: unknown }[] = [];

  const renderPlugin = createBackendPlugin({
    pluginId: 'prefix-caching',
    register(env) {
      env.registerInit({
        deps: { http: coreServices.httpRouter },
        async init({ http }) {
          http.use(async (req, res) => {
            const body = await json(req);
            if (req.path === '/verify') {
              res.json({ verifications: [passed] });
              return;
            }
            plans.push(body);
            res.json({ files: renderedFiles });
          });
        },
      });
    },
  });

  const publisher = (host: string, variant = '') =>
    createTemplateAction({
      id: `publish:${host}${variant}`,
      description: `Stands in for publish:${host}${variant}`,
      supportsDryRun: true,
      schema: {
        input: z => z.object({ repoUrl: z.string() }).passthrough(),
        output: z =>
          z.object({
            remoteUrl: z.string(),
            repoContentsUrl: z.string(),
            mergeRequestUrl: z.string(),
          }),
      },
      async handler(ctx) {
        published.push({
          action: `publish:${host}${variant}`,
          input: ctx.input,
        });
        ctx.output('remoteUrl', `https://${host}/x`);
        ctx.output('repoContentsUrl', `https://${host}/x/main`);
        ctx.output('mergeRequestUrl', `https://${host}/x/1`);
      },
    });

  const publishers = createBackendModule({
    pluginId: 'scaffolder',
    moduleId: 'publishers',
    register(env) {
      env.registerInit({
        deps: { actions: scaffolderActionsExtensionPoint },
        async init({ actions }) {
          actions.addActions(
            publisher('gitlab'),
            publisher('github'),
            publisher('gitlab', ':merge-request'),
            publisher('github', ':pull-request'),
          );
        },
      });
    },
  });

  const { server } = await startTestBackend({
    features: [
      import('@backstage/plugin-scaffolder-backend'),
      scaffolderModulePrefixCaching,
      backEnd ?? renderPlugin,
      publishers,
      mockServices.rootConfig.factory({
        data: {
          integrations: {
            gitlab: [
              {
                host: 'localhost:7009',
                baseUrl: 'http://localhost:7009',
                apiBaseUrl: 'http://localhost:7009/api/v4',
              },
            ],
          },
        },
      }),
    ],
  });

  return {
    server,
    plans,
    published,
    async dryRun(values: object): Promise<DryRun> {
      return request(server)
        .post('/api/scaffolder/v2/dry-run')
        .set('Authorization', mockCredentials.service.header())
        .send({ template: readTemplate(), values, directoryContents: [] });
    },
  };
}
