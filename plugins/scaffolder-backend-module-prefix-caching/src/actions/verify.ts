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

import { setTimeout as sleep } from 'node:timers/promises';
import type {
  AuthService,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import { InputError, isError, ResponseError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  PrefixCachingClient,
  type EntityReport,
} from 'backstage-plugin-prefix-caching-common';
import { liveVerdict } from './liveVerdict';
import { examples } from './verify.examples';
import { waitForVerdict } from './waitForVerdict';

/** What the action needs of the portal. */
export interface VerifyActionOptions {
  auth: AuthService;
  discovery: DiscoveryService;
  /** For tests; the global `fetch` without it. */
  fetch?: typeof fetch;
  /** For tests; resolves after so many milliseconds, rejects when aborted. */
  wait?: (ms: number, signal?: AbortSignal) => Promise<void>;
  now?: () => number;
}

const DEFAULT_DEADLINE_MINUTES = 15;

/**
 * `prefix-caching:verify`: waits for what runs in the cluster to have a
 * verdict, and ends with it.
 *
 * It asks the back end to verify on behalf of whoever started the task, and
 * only watches the scheduled runs where that person may not have it verified.
 * It changes nothing, so that a task that is recovered may run it again.
 */
export function createVerifyAction(options: VerifyActionOptions) {
  const { auth, discovery } = options;
  const wait =
    options.wait ??
    ((ms, signal) => sleep(ms, undefined, { signal }) as Promise<void>);
  const now = options.now ?? (() => Date.now());
  const client = new PrefixCachingClient({
    discoveryApi: discovery,
    fetchApi: { fetch: options.fetch ?? fetch },
  });

  return createTemplateAction({
    id: 'prefix-caching:verify',
    description:
      'Waits until prefix caching is verified on the running services of a catalog entity, and fails the task with what is wrong.',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        entityRef: z =>
          z
            .string()
            .describe(
              'The entity that claims the services, such as component:default/qwen-3b-chat',
            ),
        deadlineMinutes: z =>
          z
            .number()
            .positive()
            .max(240)
            .describe(
              `Minutes to wait for a verdict; ${DEFAULT_DEADLINE_MINUTES} without it`,
            )
            .optional(),
        untilProven: z =>
          z
            .boolean()
            .describe(
              'Whether to wait for traffic that proves it; without it, a service that is configured right and has no requests yet is waited for no longer',
            )
            .optional(),
        failOn: z =>
          z
            .enum(['fail', 'inconclusive', 'never'])
            .describe(
              'The mildest verdict that fails the task: fail (without it), inconclusive, which is also what a deadline ends with, or never',
            )
            .optional(),
      },
      output: {
        verdict: z =>
          z
            .string()
            .describe('pass, warn, fail, inconclusive or skipped (stopped)'),
        summary: z => z.string().describe('One line per service'),
        entityRef: z => z.string().describe('The entity that was verified'),
      },
    },
    async handler(ctx) {
      const { logger, signal, input } = ctx;
      const { failOn = 'fail', untilProven = false } = input;
      const ref = readEntityRef(input.entityRef);
      const entityRef = `${ref.kind}:${ref.namespace}/${ref.name}`;
      ctx.output('entityRef', entityRef);
      if (ctx.isDryRun) {
        logger.info(`A dry run verifies nothing; ${entityRef} was not asked.`);
        ctx.output('verdict', 'skipped');
        ctx.output('summary', 'Not verified: this was a dry run.');
        return;
      }

      let mayRun = true;
      const look = async (): Promise<EntityReport> => {
        const { token } = await auth.getPluginRequestToken({
          onBehalfOf: await ctx.getInitiatorCredentials(),
          targetPluginId: 'prefix-caching',
        });
        try {
          return mayRun
            ? await client.runVerification(ref, {}, { token, signal })
            : await client.getEntity(ref, { token, signal });
        } catch (error) {
          if (mayRun && isRefused(error)) {
            logger.info(
              `You may not have ${entityRef} verified now; waiting for the scheduled runs instead.`,
            );
            mayRun = false;
            return client.getEntity(ref, { token, signal });
          }
          throw error;
        }
      };

      const { verdict, lines, faults } = await waitForVerdict({
        entityRef,
        look,
        read: report => liveVerdict(report, { untilProven }),
        logger,
        signal,
        deadlineMs:
          (input.deadlineMinutes ?? DEFAULT_DEADLINE_MINUTES) * 60_000,
        wait,
        now,
      });
      ctx.output('verdict', verdict);
      ctx.output('summary', lines.join('\n'));
      for (const fault of faults) {
        logger.warn(fault);
      }
      const isFailure =
        (verdict === 'fail' && failOn !== 'never') ||
        (verdict === 'inconclusive' && failOn === 'inconclusive');
      if (isFailure) {
        throw new Error(
          [
            verdict === 'fail'
              ? `Prefix caching does not work for ${entityRef}.`
              : `Whether prefix caching works for ${entityRef} was not decided in time.`,
            ...(faults.length > 0 ? faults : lines),
          ].join('\n'),
        );
      }
      logger.info(`Verdict for ${entityRef}: ${verdict}.`);
    },
  });
}

function readEntityRef(entityRef: string) {
  const match = /^(?:([^:/\s]+):)?(?:([^:/\s]+)\/)?([^:/\s]+)$/.exec(entityRef);
  if (!match) {
    throw new InputError(
      `entityRef: '${entityRef}' is no entity ref; expected one such as component:default/qwen-3b-chat`,
    );
  }
  const [, kind = 'component', namespace = 'default', name] = match;
  return { kind: kind.toLowerCase(), namespace, name };
}

/** To run; who may not even see verifications is refused the next question too. */
function isRefused(error: unknown): boolean {
  return (
    isError(error) && error instanceof ResponseError && error.statusCode === 403
  );
}
