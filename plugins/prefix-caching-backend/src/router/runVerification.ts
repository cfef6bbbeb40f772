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

import type { AuditorServiceCreateEventOptions } from '@backstage/backend-plugin-api';
import {
  verificationRunPermission,
  type EntityReport,
} from 'backstage-plugin-prefix-caching-common';
import { audited } from './audited';
import type { RouterOptions } from './createRouter';
import type { AccessedEntity } from './EntityAccess';
import { requesterOf } from './requester';

export type VerificationRunner = Pick<
  RouterOptions,
  'access' | 'auditor' | 'reporter' | 'verifications'
>;

/**
 * Verifies an entity's targets, or one of them, for the one who asks: the same
 * by HTTP and as an action.
 *
 * @throws NotAllowedError without the permission to run.
 * @throws NotFoundError for a target the entity does not have.
 */
export async function runVerification(
  runner: VerificationRunner,
  accessed: AccessedEntity,
  options: {
    targetId?: string;
    request?: AuditorServiceCreateEventOptions['request'];
  },
): Promise<EntityReport> {
  const { access, auditor, reporter, verifications } = runner;
  const { entityRef, credentials } = accessed;
  const { targetId, request } = options;
  const event = {
    eventId: 'verification-run',
    severityLevel: 'medium' as const,
    request,
    meta: { entityRef, ...(targetId && { targetId }) },
  };
  return audited(auditor, event, async () => {
    await access.require(accessed, verificationRunPermission, 'verify');
    const targets = targetId
      ? [await reporter.findTarget(accessed, targetId)]
      : (await reporter.resolve(accessed.entity)).targets;
    if (targets.length > 0) {
      await verifications.runTargets(targets, {
        credentials,
        by: requesterOf(credentials),
      });
    }
    return reporter.report(accessed, await access.permissionsOf(accessed));
  });
}
