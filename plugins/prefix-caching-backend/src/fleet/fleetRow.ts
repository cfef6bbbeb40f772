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

import type { FleetRow, Waiver } from 'backstage-plugin-prefix-caching-common';
import type {
  Freshness,
  Target,
} from 'backstage-plugin-prefix-caching-common/core';
import type { BackReferenceRule } from '../config';
import type { TargetSummary } from '../database';
import {
  faultOf,
  namesEntity,
  overallWithout,
  targetIdOf,
  type ClaimingEntity,
} from '../verification';

export interface FleetRowOptions {
  target: Target;
  entity: ClaimingEntity;
  /** Absent until the first run has finished. */
  summary?: TargetSummary;
  waivers: readonly Waiver[];
  requireBackReference: BackReferenceRule;
  responsible: { platform?: string };
  freshness?: Freshness;
}

/** One target as the fleet page shows it to those who may see the entity. */
export function fleetRow(options: FleetRowOptions): FleetRow {
  const { target, entity, summary, waivers, requireBackReference } = options;
  const { entityRef, title, owner, system, lifecycle } = entity;
  const identity: FleetRow = {
    entityRef,
    title,
    owner,
    system,
    lifecycle,
    targetId: targetIdOf(target),
    ...target,
  };
  if (!summary) {
    return identity;
  }
  const isOwn = namesEntity(summary.entityRef, entityRef);
  if (summary.found && !isOwn && requireBackReference === 'all') {
    return identity;
  }
  const overall = overallWithout(summary, waivers);
  const fault = faultOf(summary, waivers);
  const isQuotable =
    isOwn || requireBackReference === 'none' || !summary.quotesSensitive;
  return {
    ...identity,
    accelerator: summary.accelerator,
    model: summary.model,
    verdict: overall.verdict,
    summary: isQuotable ? overall.summary : undefined,
    fault: fault && {
      check: fault.check,
      component: fault.component,
      responsible:
        fault.responsible === 'owner' ? owner : options.responsible.platform,
    },
    phase: summary.phase,
    freshness: options.freshness,
    since: overall.since,
    predictedHitRatio: summary.predictedHitRatio,
    deliveredHitRatio: summary.deliveredHitRatio,
    requestsPerMinute: summary.requestsPerMinute,
    observedAt: summary.observedAt,
  };
}
