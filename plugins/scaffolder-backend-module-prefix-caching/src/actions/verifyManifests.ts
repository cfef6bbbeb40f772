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
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { PrefixCachingClient } from 'backstage-plugin-prefix-caching-common';
import { explainFailure } from './explainFailure';
import { decidedFindings, objections } from './judgeManifests';
import { readManifests } from './readManifests';
import { examples } from './verifyManifests.examples';

/** What the action needs of the portal. */
export interface VerifyManifestsActionOptions {
  auth: AuthService;
  discovery: DiscoveryService;
  /** For tests; the global `fetch` without it. */
  fetch?: typeof fetch;
}

/**
 * `prefix-caching:verify-manifests`: fails the task when the manifests in the
 * workspace would not give a working prefix cache.
 *
 * The same rules judge here as on the running service, as far as files can
 * answer them; nothing is sent to a cluster and nothing is written, so that it
 * may run again and in a dry run.
 */
export function createVerifyManifestsAction(
  options: VerifyManifestsActionOptions,
) {
  const { auth, discovery } = options;
  const client = new PrefixCachingClient({
    discoveryApi: discovery,
    fetchApi: { fetch: options.fetch ?? fetch },
  });

  return createTemplateAction({
    id: 'prefix-caching:verify-manifests',
    description:
      'Checks the LLMInferenceServices in the workspace and what belongs to them, as far as files can tell, and fails the task with what is wrong before anything is published.',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        targetPath: z =>
          z
            .string()
            .describe(
              'Folder of the workspace whose YAML files are checked; all of it without it',
            )
            .optional(),
        failOn: z =>
          z
            .enum(['fail', 'warn'])
            .describe(
              'The mildest verdict that fails the task; fail without it',
            )
            .optional(),
        entityRef: z =>
          z
            .string()
            .describe('The entity that each service has to name back')
            .optional(),
        lifecycle: z =>
          z
            .string()
            .describe('Of the entity; advice on network policies follows it')
            .optional(),
        dataClass: z =>
          z.string().describe('What data requests carry').optional(),
        tenancy: z =>
          z.string().describe('Who else uses the cluster').optional(),
        istio: z =>
          z
            .string()
            .describe('Release of Istio; the oldest of the platform without it')
            .optional(),
      },
      output: {
        verdict: z =>
          z.string().describe('The worst verdict over all services'),
        findings: z =>
          z
            .array(
              z.object({
                check: z.string(),
                target: z.string(),
                verdict: z.string(),
                summary: z.string(),
              }),
            )
            .describe('Every finding that files could decide'),
      },
    },
    async handler(ctx) {
      const { targetPath = '.', failOn = 'fail', ...expectations } = ctx.input;
      const files = await readManifests(ctx.workspacePath, targetPath);
      const { token } = await auth.getPluginRequestToken({
        onBehalfOf: await ctx.getInitiatorCredentials(),
        targetPluginId: 'prefix-caching',
      });
      const verifications = await client
        .verify({ files, expectations }, { token, signal: ctx.signal })
        .catch(error => {
          throw explainFailure(error, {
            path: '/verify',
            purpose: 'verify the manifests',
          });
        });
      if (verifications.length === 0) {
        throw new InputError(
          `targetPath: none of the ${files.length} YAML files in '${targetPath}' holds an LLMInferenceService. Name the folder that the render step wrote to.`,
        );
      }

      const found = decidedFindings(verifications);
      for (const { check, target, verdict, summary } of found) {
        ctx.logger.info(`${verdict}: ${check} on ${target}: ${summary}`);
      }
      const against = objections(verifications, failOn);
      if (against.length > 0) {
        throw new InputError(
          `${against.length} of ${
            found.length
          } findings are against these manifests. Nothing was published.\n${against.join(
            '\n',
          )}`,
        );
      }
      ctx.output('verdict', worst(found.map(({ verdict }) => verdict)));
      ctx.output('findings', found);
    },
  });
}

/** Files prove nothing about traffic, so undecided findings do not count here. */
function worst(verdicts: readonly string[]): string {
  return (
    ['fail', 'warn', 'pass'].find(verdict => verdicts.includes(verdict)) ??
    'inconclusive'
  );
}
