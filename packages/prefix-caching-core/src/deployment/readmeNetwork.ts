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

import { POLICY_FLOWS } from './networkFlows';
import type { ResolvedPlan } from './resolvedPlan';

/**
 * How the four policies of the reference document map to what is rendered:
 * an operator who knows that list finds each of its flows again.
 */
export function networkSection(resolved: ResolvedPlan) {
  const { plan, gateway, services, ownGateways } = resolved;
  if (!plan.networkPolicies) {
    return `## Network policies

None are rendered. Routing by prefix does not need them. Ask for them in production, on a cluster several teams share, where an audit demands isolation, or where customer data is handled; leave them out for a short evaluation with data that is not sensitive.`;
  }
  const engine = services.map(({ name }) => `\`${name}-engine\``).join(', ');
  const picker = services.map(({ name }) => `\`${name}-picker\``).join(', ');
  const rows = POLICY_FLOWS.map(
    ({ usualName, flow, ports, where }) =>
      `| ${usualName} | ${flow} | ${ports} | ${where} |`,
  );
  return `## Network policies

\`deploy/network-policies.yaml\` isolates the engines (${engine}) and the pickers (${picker}), each for one service only. A pod that a policy selects refuses everything the policy does not open. ${
    ownGateways
      ? "The gateway is each service's own, of the same name."
      : `The gateway is ${gateway.namespace}/${gateway.name}.`
  }

| Usual name | Flow | Ports | Where it is |
|---|---|---|---|
${rows.join('\n')}

Monitoring is admitted from the namespaces monitoring, openshift-monitoring, openshift-user-workload-monitoring, gmp-system, backstage and kube-system. The last one is for the portal, which reads engines through the API server's pod proxy; a managed API server reaches pods from there. Change the list if yours are called otherwise.`;
}
