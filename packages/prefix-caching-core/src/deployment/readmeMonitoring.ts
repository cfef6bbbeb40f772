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

import { readerName, readerSecret } from './renderMonitoring';
import type { ResolvedPlan } from './resolvedPlan';

/** Who scrapes what, and with which account. */
export function monitoringSection(resolved: ResolvedPlan): string[] {
  const { plan, profile } = resolved;
  if (!plan.monitoring) {
    return [];
  }
  const monitors = profile.writesMonitors
    ? 'The platform writes PodMonitor and ServiceMonitor itself, so none are rendered.'
    : 'A PodMonitor for the engines and a ServiceMonitor for the picker, each for one service; they need the Prometheus Operator.';
  return [
    `## Metrics

${monitors} The picker answers only a token that may read \`/metrics\`: \`deploy/monitoring.yaml\` makes the account \`${readerName(
      resolved,
    )}\` with that one right, and Kubernetes puts its token into the Secret \`${readerSecret(
      resolved,
    )}\`. The portal reads the picker with the same token:

\`\`\`sh
kubectl -n ${plan.namespace} get secret ${readerSecret(
      resolved,
    )} -o jsonpath='{.data.token}' | base64 -d
\`\`\``,
  ];
}
