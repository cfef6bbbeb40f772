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
  routerLogReadPermission,
  type RouterLogEvent,
  type RouterLogReport,
} from 'backstage-plugin-prefix-caching-common';
import { audited } from './audited';
import type { PluginRouter, RouterOptions } from './createRouter';

/** What waits to be sent, in bytes; a reader that is further behind misses lines. */
const MAX_WAITING = 256 * 1024;

export function routerLogRoutes(router: PluginRouter, options: RouterOptions) {
  const { access, auditor, reporter, routerLog } = options;
  router.get(
    '/entities/:kind/:namespace/:name/router-log',
    async (req, res) => {
      const accessed = await access.read(req, req.params);
      const { entityRef, credentials } = accessed;
      const { targetId, lines = 100, follow = false } = req.query;
      const gone = new AbortController();
      const event = {
        eventId: 'router-log-read',
        severityLevel: 'medium' as const,
        request: req,
        meta: { entityRef, targetId, lines, follow },
      };
      await audited(auditor, event, async () => {
        await access.require(
          accessed,
          routerLogReadPermission,
          'read the router log of',
        );
        const target = await reporter.findTarget(accessed, targetId);
        const request = {
          target,
          entityRef,
          credentials,
          lines,
          signal: gone.signal,
        };
        if (!follow) {
          const report: RouterLogReport = await routerLog.read(request);
          res.json(report);
          return;
        }
        res.on('close', () => gone.abort());
        const tell = (told: RouterLogEvent) => {
          if (!res.headersSent) {
            res.set({
              'Content-Type': 'application/x-ndjson; charset=utf-8',
              // Held back to be compressed, no line would be seen in time.
              'Cache-Control': 'no-store, no-transform',
              'X-Accel-Buffering': 'no',
            });
          }
          res.write(`${JSON.stringify(told)}\n`);
        };
        await routerLog.follow(
          request,
          tell,
          () => res.writableLength > MAX_WAITING,
        );
        res.end();
      });
    },
  );
}
