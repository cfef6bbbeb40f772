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

import { resolvePlatform } from '../platforms';
import type { PlatformProfile } from '../platforms';
import { DEFAULT_TABLES } from '../models';
import { hasOwnGateways, hostOf } from './isolation';
import { modelAddress, plannedFacts } from './plannedModel';
import { resolveService } from './resolveService';
import type { ResolvedPlan } from './resolvedPlan';
import { serviceNames } from './serviceName';
import type { DeploymentPlan, RenderTables } from './types';

/** Joins a valid plan with the tables it refers to. */
export function resolvePlan(
  plan: DeploymentPlan,
  tables: RenderTables = DEFAULT_TABLES,
  profile: PlatformProfile = resolvePlatform(plan.platform, tables.platforms),
): ResolvedPlan {
  const facts = plannedFacts(plan, tables.models);
  const gateway = plan.gateway ?? profile.gateway;
  const ownGateways = hasOwnGateways(plan);
  const names = serviceNames(plan, tables.accelerators);
  return {
    plan,
    profile,
    nodePlatform: plan.nodePlatform ?? 'gke',
    facts,
    model: modelAddress(plan, tables.models),
    serviceAccount:
      plan.model.serviceAccount ??
      (plan.model.tokenSecret ? `${plan.name}-model` : undefined),
    gateway,
    ownGateways,
    entityRef: `component:${plan.entityNamespace ?? 'default'}/${plan.name}`,
    services: plan.accelerators.map((planned, index) => ({
      ...resolveService(planned, names[index], facts, tables),
      hostname: hostOf(plan, profile, names[index]),
      gateway: ownGateways
        ? { namespace: plan.namespace, name: names[index] }
        : gateway,
    })),
  };
}
