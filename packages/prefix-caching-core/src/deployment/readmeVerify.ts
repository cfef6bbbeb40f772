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

import { generatedNames } from '../kubernetes';
import type { ResolvedPlan, ResolvedService } from './resolvedPlan';
import { serviceAddress } from './serviceAddress';

function commandsFor(resolved: ResolvedPlan, service: ResolvedService): string {
  const { plan, profile, model, ownGateways } = resolved;
  const { namespace } = plan;
  const names = generatedNames(service.name);
  const engines = `app.kubernetes.io/name=${service.name},kserve.io/component=workload`;
  const picker = `app.kubernetes.io/name=${service.name},app.kubernetes.io/component=llminferenceservice-router-scheduler`;
  const scheme = profile.tls ? 'https' : 'http';
  const port = ownGateways ? 80 : 443;
  return `### ${service.name}

\`\`\`sh
# 1 Engine: replicas are ready, and the cache is on (enable_prefix_caching="True")
kubectl -n ${namespace} get pods -l ${engines}
kubectl -n ${namespace} get --raw "/api/v1/namespaces/${namespace}/pods/${scheme}:$(kubectl -n ${namespace} get pods -l ${engines} -o jsonpath='{.items[0].metadata.name}'):8000/proxy/metrics" | grep -E 'cache_config_info|prefix_cache_(queries|hits)'

# 2 Picker: it runs, and these are the weights it runs with
kubectl -n ${namespace} get pods -l ${picker}
kubectl -n ${namespace} get deployment ${
    names.picker
  } -o jsonpath='{.spec.template.spec.containers[?(@.name=="main")].args}'
kubectl -n ${namespace} get inferencepools.${profile.poolGroup} ${
    names.pool
  } -o yaml

# 3 Gateway: the route is accepted, prompt paths go to the pool, and no EnvoyFilter touches ext_proc
kubectl -n ${namespace} get httproutes.gateway.networking.k8s.io ${
    names.route
  } -o yaml
kubectl -n ${service.gateway.namespace} get envoyfilters.networking.istio.io
kubectl -n ${namespace} get destinationrules.networking.istio.io

# 4 Network policies (optional)
kubectl -n ${namespace} get networkpolicies

# 5 Routing: send the same prompt of at least ${Math.max(
    2 * service.accelerator.blockSize,
    512,
  )} tokens twice; the second answer
#   counts cached tokens in usage.prompt_tokens_details
${
  ownGateways
    ? `GATEWAY_IP=$(kubectl -n ${namespace} get gateways.gateway.networking.k8s.io ${service.gateway.name} -o jsonpath='{.status.addresses[0].value}')\n`
    : ''
}curl -sk ${serviceAddress(resolved, service)}/completions${
    service.hostname
      ? ` --resolve ${service.hostname}:${port}:$GATEWAY_IP`
      : ` --connect-to ::$GATEWAY_IP:${port}`
  } \\
  -H 'Content-Type: application/json' -d @request.json   # {"model": "${
    model.name
  }", "max_tokens": 1, "prompt": "…"}
\`\`\``;
}

/** How to see each of the five components by hand. */
export function verifySection(resolved: ResolvedPlan): string {
  return `## Verify

The entity's "Prefix caching" tab runs these checks and says what is wrong. By hand${
    resolved.ownGateways ? '' : ", with GATEWAY_IP set to the gateway's address"
  }:

${resolved.services.map(service => commandsFor(resolved, service)).join('\n\n')}

Conditions of the LLMInferenceService stay True and requests answer 200 while the picker is bypassed: only the counters of engine and picker prove routing.`;
}
