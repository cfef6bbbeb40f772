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

import { NotAllowedError, NotFoundError } from '@backstage/errors';
import { verificationRunPermission } from 'backstage-plugin-prefix-caching-common';
import { targetIdOf } from '../verification';
import type { PluginRouter, RouterOptions } from './createRouter';
import { requesterOf } from './requester';

export function verificationRoutes(
  router: PluginRouter,
  options: RouterOptions,
) {
  const { access, auditor, reporter, verifications } = options;
  router.post(
    '/entities/:kind/:namespace/:name/verifications',
    async (req, res) => {
      const accessed = await access.read(req, req.params);
      const { entityRef, credentials } = accessed;
      const targetId = req.body?.targetId;
      const event = await auditor.createEvent({
        eventId: 'verification-run',
        severityLevel: 'medium',
        request: req,
        meta: { entityRef, ...(targetId && { targetId }) },
      });
      try {
        if (!(await access.mayRun(accessed))) {
          throw new NotAllowedError(
            `You may not verify ${entityRef}: ask for the permission ${verificationRunPermission.name}`,
          );
        }
        const { targets } = await reporter.resolve(accessed.entity);
        const wanted = targetId
          ? targets.filter(target => targetIdOf(target) === targetId)
          : targets;
        if (targetId && wanted.length === 0) {
          throw new NotFoundError(
            `${entityRef} has no target '${targetId}'. Use a targetId that its report gives.`,
          );
        }
        if (wanted.length > 0) {
          await verifications.runTargets(wanted, {
            credentials,
            by: requesterOf(credentials),
          });
        }
        const report = await reporter.report(accessed, { run: true });
        await event.success();
        res.json(report);
      } catch (error) {
        await event.fail({
          error: error instanceof Error ? error : new Error(String(error)),
        });
        throw error;
      }
    },
  );
}
