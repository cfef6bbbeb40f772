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

import { probeRunPermission } from 'backstage-plugin-prefix-caching-common';
import type { Request } from 'express';
import { audited } from './audited';
import type { PluginRouter, RouterOptions } from './createRouter';
import type { EntityParams } from './EntityAccess';
import { requesterOf } from './requester';

export function probeRoutes(router: PluginRouter, options: RouterOptions) {
  const { access, auditor, reporter, probes } = options;

  async function requestOf(
    req: Pick<Request, 'headers'>,
    params: EntityParams,
    targetId: string,
  ) {
    const accessed = await access.read(req, params);
    const target = await reporter.findTarget(accessed, targetId);
    const by = requesterOf(accessed.credentials);
    return { accessed, request: { ...accessed, target, by } };
  }

  router.get('/entities/:kind/:namespace/:name/probes', async (req, res) => {
    const { accessed, request } = await requestOf(
      req,
      req.params,
      req.query.targetId,
    );
    const mayRun = await access.may(accessed, probeRunPermission);
    res.json(await probes.report(request, mayRun));
  });

  router.post('/entities/:kind/:namespace/:name/probes', async (req, res) => {
    const { targetId } = req.body;
    const { accessed, request } = await requestOf(req, req.params, targetId);
    const event = {
      eventId: 'probe-run',
      severityLevel: 'medium' as const,
      request: req,
      meta: { entityRef: accessed.entityRef, targetId },
    };
    const gone = new AbortController();
    res.on('close', () => gone.abort());
    const report = await audited(auditor, event, async () => {
      await access.require(accessed, probeRunPermission, 'probe');
      return probes.run(request, gone.signal);
    });
    res.json(report);
  });
}
