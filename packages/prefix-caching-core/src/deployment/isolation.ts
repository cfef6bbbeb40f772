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

import { ISTIO_MERGED_ROUTES_FIXED, isOlderThan } from '../platforms';
import type { PlatformProfile } from '../platforms';
import type { DeploymentPlan } from './types';

/** The domain hostnames get when the plan names none: reserved, so it is nobody's. */
export const PLACEHOLDER_DOMAIN = 'example.internal';

/** Whether Istio merges the routes of one host on one gateway, and keeps the picker of the first. */
export function mergesRoutes({ istio }: Pick<PlatformProfile, 'istio'>) {
  return isOlderThan(istio, ISTIO_MERGED_ROUTES_FIXED);
}

/** Whether each service comes with a Gateway of its own. */
export function hasOwnGateways({
  isolation,
}: Pick<DeploymentPlan, 'isolation'>) {
  return isolation === 'gateway';
}

/**
 * The host of a service: one of its own where routes of one host are merged or
 * where it is asked for. A Gateway of its own takes every host, unless the plan
 * names a domain.
 */
export function hostOf(
  plan: Pick<DeploymentPlan, 'isolation' | 'gateway' | 'namespace'>,
  profile: Pick<PlatformProfile, 'istio'>,
  service: string,
): string | undefined {
  const needed = hasOwnGateways(plan)
    ? plan.gateway?.domain !== undefined
    : plan.isolation === 'hostname' || mergesRoutes(profile);
  const domain =
    plan.gateway?.domain ?? `${plan.namespace}.${PLACEHOLDER_DOMAIN}`;
  return needed ? `${service}.${domain}` : undefined;
}
