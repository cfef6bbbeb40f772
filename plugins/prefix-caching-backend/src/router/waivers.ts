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

import { waiverCreatePermission } from 'backstage-plugin-prefix-caching-common';
import { audited } from './audited';
import type { PluginRouter, RouterOptions } from './createRouter';
import { requesterOf } from './requester';

export function waiverRoutes(router: PluginRouter, options: RouterOptions) {
  const { access, auditor, reporter, waivers } = options;

  router.post('/entities/:kind/:namespace/:name/waivers', async (req, res) => {
    const accessed = await access.read(req, req.params);
    const { entityRef, credentials } = accessed;
    const { targetId, check, reason, expiresAt } = req.body;
    const event = {
      eventId: 'waiver-create',
      severityLevel: 'medium' as const,
      request: req,
      meta: { entityRef, targetId, check, reason, expiresAt },
    };
    const report = await audited(auditor, event, async () => {
      await access.require(
        accessed,
        waiverCreatePermission,
        'accept findings of',
      );
      const target = await reporter.findTarget(accessed, targetId);
      await waivers.waive(
        { target, entityRef, by: requesterOf(credentials) },
        { check, reason, expiresAt },
      );
      return reporter.report(accessed, await access.permissionsOf(accessed));
    });
    res.json(report);
  });

  router.post(
    '/entities/:kind/:namespace/:name/waivers/withdrawals',
    async (req, res) => {
      const accessed = await access.read(req, req.params);
      const { entityRef } = accessed;
      const { targetId, check } = req.body;
      const event = {
        eventId: 'waiver-withdraw',
        severityLevel: 'medium' as const,
        request: req,
        meta: { entityRef, targetId, check },
      };
      const report = await audited(auditor, event, async () => {
        await access.require(
          accessed,
          waiverCreatePermission,
          'withdraw waivers of',
        );
        const target = await reporter.findTarget(accessed, targetId);
        await waivers.withdraw({ target, entityRef }, check);
        return reporter.report(accessed, await access.permissionsOf(accessed));
      });
      res.json(report);
    },
  );
}
