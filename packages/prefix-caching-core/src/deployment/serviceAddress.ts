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

import { gatewayServiceName } from './renderGateways';
import type { ResolvedPlan, ResolvedService } from './resolvedPlan';

/** Where a service's gateway is asked, as far as the plan tells it. */
function gatewayAddress(
  { plan, profile, ownGateways }: ResolvedPlan,
  { hostname, gateway }: ResolvedService,
): string {
  if (ownGateways) {
    // Its listener is plain HTTP; without a domain it is known by its Service.
    const service = gatewayServiceName(profile, gateway.name);
    return `http://${
      hostname ?? `${service}.${gateway.namespace}.svc.cluster.local`
    }`;
  }
  return `https://${
    hostname ??
    plan.gateway?.domain ??
    `gateway.${plan.namespace}.example.internal`
  }`;
}

/** The OpenAI-compatible base address of a service. */
export function serviceAddress(
  resolved: ResolvedPlan,
  service: ResolvedService,
): string {
  const { namespace } = resolved.plan;
  return `${gatewayAddress(resolved, service)}/${namespace}/${service.name}/v1`;
}
