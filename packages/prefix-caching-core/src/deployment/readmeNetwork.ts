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

import type { ResolvedPlan } from './resolvedPlan';

/**
 * How the four policies of the reference document map to what is rendered:
 * an operator who knows that list finds each of its flows again.
 */
export function networkSection({ plan, gateway, services }: ResolvedPlan) {
  if (!plan.networkPolicies) {
    return `## Network policies

None are rendered. Routing by prefix does not need them. Ask for them in production, on a cluster several teams share, where an audit demands isolation, or where customer data is handled; leave them out for a short evaluation with data that is not sensitive.`;
  }
  const engine = services.map(({ name }) => `\`${name}-engine\``).join(', ');
  const picker = services.map(({ name }) => `\`${name}-picker\``).join(', ');
  return `## Network policies

\`deploy/network-policies.yaml\` isolates the engines (${engine}) and the pickers (${picker}), each for one service only. A pod that a policy selects refuses everything the policy does not open.

| Usual name | Flow | Where it is |
|---|---|---|
| allow-gateway-to-vllm | gateway pods of ${gateway.namespace}/${gateway.name} → engine, TCP 8000 | engine policy, ingress |
| allow-vllm-egress | engine → model source, TCP 443; DNS, UDP and TCP 53 | engine policy, egress |
| allow-istio | pods → istiod, TCP 15012, only where a sidecar is injected (none is needed) | both policies, egress |
| allow-epp-scheduler | gateway → picker, TCP 9002; picker → engine, TCP 8000 and 5557; picker → API server, TCP 443 and 6443; monitoring → picker, TCP 9090; probe, TCP 9003; DNS | picker policy, both directions |

Monitoring is admitted from the namespaces monitoring, openshift-monitoring, openshift-user-workload-monitoring, gmp-system, backstage and kube-system. The last one is for the portal, which reads engines through the API server's pod proxy; a managed API server reaches pods from there. Change the list if yours are called otherwise.`;
}
