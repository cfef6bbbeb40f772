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
  ISTIO_MERGED_ROUTES_FIXED,
  isOlderThan,
  resolvePlatform,
} from '../platforms';
import type { PlatformProfile } from '../platforms';
import { DEFAULT_TABLES } from '../models';
import { modelAddress, plannedFacts } from './plannedModel';
import { resolveService } from './resolveService';
import type { ResolvedPlan } from './resolvedPlan';
import { serviceNames } from './serviceName';
import type { DeploymentPlan, RenderTables } from './types';

/** The domain hostnames get when the plan names none: reserved, so it is nobody's. */
export const PLACEHOLDER_DOMAIN = 'example.internal';

/** Whether each service needs a host of its own on the shared gateway: where Istio merges the routes of one host. */
export function needsHostname(profile: PlatformProfile): boolean {
  return isOlderThan(profile.istio, ISTIO_MERGED_ROUTES_FIXED);
}

/** The host of a service, below the gateway's domain. */
export function hostnameOf(plan: DeploymentPlan, service: string): string {
  const domain =
    plan.gateway?.domain ?? `${plan.namespace}.${PLACEHOLDER_DOMAIN}`;
  return `${service}.${domain}`;
}

/** Joins a valid plan with the tables it refers to. */
export function resolvePlan(
  plan: DeploymentPlan,
  tables: RenderTables = DEFAULT_TABLES,
  profile: PlatformProfile = resolvePlatform(plan.platform, tables.platforms),
): ResolvedPlan {
  const facts = plannedFacts(plan, tables.models);
  const withHost = needsHostname(profile);
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
    gateway: plan.gateway ?? profile.gateway,
    entityRef: `component:${plan.entityNamespace ?? 'default'}/${plan.name}`,
    services: plan.accelerators.map((planned, index) => ({
      ...resolveService(planned, names[index], facts, tables),
      hostname: withHost ? hostnameOf(plan, names[index]) : undefined,
    })),
  };
}
