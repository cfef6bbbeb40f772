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

import type {
  AuthService,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import type { ScmIntegrationRegistry } from '@backstage/integration';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { PrefixCachingClient } from 'backstage-plugin-prefix-caching-common';
import type { DeploymentPlan } from 'backstage-plugin-prefix-caching-common/core';
import { readIntegrationType } from '../integrationType';
import { explainFailure } from './explainFailure';
import { planRecord } from './planRecord';
import { planSchema } from './planSchema';
import { examples } from './render.examples';
import { revisionOf } from './revision';
import { findCatalogInfo, findTargets } from './summary';
import { writeFiles } from './writeFiles';

/** What the action needs of the portal. */
export interface RenderActionOptions {
  auth: AuthService;
  discovery: DiscoveryService;
  integrations: ScmIntegrationRegistry;
  /** For tests; the global `fetch` without it. */
  fetch?: typeof fetch;
}

/**
 * `prefix-caching:render`: a plan in, the files of its deployment in the
 * workspace out.
 *
 * It knows nothing about Kubernetes: the prefix-caching back end renders, on
 * behalf of whoever started the task, so that form, template and API obey one
 * registry. Files are written when the whole answer is there, or not at all;
 * running it again writes the same files.
 */
export function createRenderAction(options: RenderActionOptions) {
  const { auth, discovery, integrations } = options;
  const client = new PrefixCachingClient({
    discoveryApi: discovery,
    fetchApi: { fetch: options.fetch ?? fetch },
  });

  return createTemplateAction({
    id: 'prefix-caching:render',
    description:
      'Writes a KServe deployment with prefix-cache-aware routing into the workspace: one LLMInferenceService per accelerator, its catalog entities and a README.',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        plan: planSchema,
        targetPath: z =>
          z
            .string()
            .describe(
              'Folder of the workspace to write to; its root without it',
            )
            .optional(),
        repoUrl: z =>
          z
            .string()
            .describe(
              'Where a later step publishes to. Given, its host is checked before anything is written',
            )
            .optional(),
        templateVersion: z =>
          z
            .string()
            .describe(
              'Version of the template, to be recorded beside the files; no record is written without it',
            )
            .optional(),
        publishers: z =>
          z
            .array(z.string())
            .describe(
              'Types of git host that later steps publish to, such as gitlab and github; any without it',
            )
            .optional(),
      },
      output: {
        files: z => z.array(z.string()).describe('Paths in the workspace'),
        catalogInfoPath: z =>
          z
            .string()
            .describe(
              'Path of the catalog file, with a leading slash, for catalog:register',
            ),
        entityRef: z => z.string().describe('The component that was described'),
        revision: z =>
          z
            .string()
            .describe(
              'Eight characters that stand for the content of all files, such as for the name of a branch',
            ),
        targets: z =>
          z
            .array(z.object({ namespace: z.string(), name: z.string() }))
            .describe('The LLMInferenceServices that were written'),
      },
    },
    async handler(ctx) {
      const { targetPath = '.', repoUrl, publishers } = ctx.input;
      // The back end is the judge of a plan: see planSchema.
      const plan = ctx.input.plan as DeploymentPlan;
      if (repoUrl !== undefined) {
        checkPublishable(repoUrl, publishers, integrations);
      }

      const { token } = await auth.getPluginRequestToken({
        onBehalfOf: await ctx.getInitiatorCredentials(),
        targetPluginId: 'prefix-caching',
      });
      const rendered = await client
        .render(plan, { token, signal: ctx.signal })
        .catch(error => {
          throw explainFailure(error, {
            path: '/render',
            purpose: 'render the plan',
          });
        });

      const version = ctx.input.templateVersion;
      const entityRef = ctx.templateInfo?.entityRef;
      const written = [
        ...rendered,
        ...(version ? [planRecord(plan, { entityRef, version })] : []),
      ];
      const files = await writeFiles(ctx.workspacePath, targetPath, written);
      const targets = findTargets(rendered);
      const catalogInfo = findCatalogInfo(rendered);
      ctx.logger.info(
        `Wrote ${files.length} files for ${targets
          .map(({ namespace, name }) => `${namespace}/${name}`)
          .join(', ')}`,
      );

      ctx.output('files', files);
      ctx.output('revision', revisionOf(written));
      ctx.output('targets', targets);
      if (catalogInfo) {
        const path = files[rendered.indexOf(catalogInfo.file)];
        ctx.output('catalogInfoPath', `/${path}`);
        ctx.output('entityRef', catalogInfo.entityRef);
      }
    },
  });
}

function checkPublishable(
  repoUrl: string,
  publishers: string[] | undefined,
  integrations: ScmIntegrationRegistry,
) {
  const type = readIntegrationType(repoUrl, integrations);
  if (publishers && !publishers.includes(type)) {
    throw new InputError(
      `repoUrl: this template publishes to ${publishers.join(
        ' and ',
      )}, and '${repoUrl}' is on ${type}. Choose another repository host, or add a publish step for ${type} to the template.`,
    );
  }
}
