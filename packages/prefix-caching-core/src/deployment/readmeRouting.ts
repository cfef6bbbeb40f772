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

import { envoyFilterName } from './renderEnvoyFilter';
import { needsDestinationRules } from './renderDestinationRules';
import { PLACEHOLDER_DOMAIN, mergesRoutes } from './isolation';
import { GATEWAYS_PATH, gatewayClassOf } from './renderGateways';
import type { ResolvedPlan } from './resolvedPlan';

const MERGED =
  'Istio up to 1.28.4 merges the routes of one host on a gateway and asks the picker of the first one only';

/** What to say in the plan when Istio is newer than the one it was written for. */
function upgradeText({ profile }: ResolvedPlan, spared: string): string {
  return profile.isolation === 'rule-names' && mergesRoutes(profile)
    ? ` On 1.28.5 or newer, say so in the plan (\`platform.istio\`) and ${spared}.`
    : '';
}

function gatewaysText(resolved: ResolvedPlan): string[] {
  const { profile, plan, ownGateways } = resolved;
  if (!ownGateways) {
    return [];
  }
  const why = mergesRoutes(profile)
    ? `${MERGED}, and this deployment is written for Istio ${profile.istio}`
    : `it was asked for, so that no route of another service is near it; on Istio ${profile.istio} rule names of its own would do as well, on one gateway for all`;
  return [
    `Each service has a Gateway of its own, of the same name, in \`${GATEWAYS_PATH}\`: ${why}. Each brings a proxy and an address (a load balancer) of its own: \`kubectl -n ${
      plan.namespace
    } get gateways\` shows them. The class is \`${gatewayClassOf(
      profile,
    )}\`; change it if your cluster calls Istio's otherwise. The listener is plain HTTP on port 80: give it a certificate before anybody outside of the cluster uses it.${upgradeText(
      resolved,
      'leave `isolation` out, for one gateway and no hosts',
    )}`,
  ];
}

function hostText(resolved: ResolvedPlan): string[] {
  const { plan, profile, services, ownGateways } = resolved;
  const hosts = services.flatMap(({ hostname }) => hostname ?? []);
  if (hosts.length === 0) {
    return [];
  }
  const names = hosts.map(host => `\`${host}\``).join(', ');
  if (ownGateways) {
    return [
      `Each Gateway takes the requests of one host only (${names}). Point each name at the address of its Gateway.`,
    ];
  }
  const why = mergesRoutes(profile)
    ? `${MERGED}, and this deployment is written for Istio ${profile.istio}`
    : 'it was asked for';
  return [
    `Each service has a host of its own (${names}): ${why}. Point these names at the gateway, and let a listener of the gateway accept them.${upgradeText(
      resolved,
      'the hosts are left out',
    )}`,
    ...(plan.gateway?.domain
      ? []
      : [
          `**No domain was given, so the names end in the placeholder \`${plan.namespace}.${PLACEHOLDER_DOMAIN}\`.** They work with \`curl --resolve\`; for anything else replace them in \`deploy/\` with names of a domain you own.`,
        ]),
  ];
}

function namesText({ plan, profile, services }: ResolvedPlan): string[] {
  if (profile.isolation !== 'rule-names') {
    return [];
  }
  const why = profile.namesRules
    ? 'Istio keeps one picker per rule name, and the platform names them alike for every service'
    : 'this release leaves them unnamed, but KServe from 0.19 on names them alike for every service, and Istio keeps one picker per rule name: written out, they survive that upgrade';
  return [
    `Each route carries the platform's rules under names of its own (\`${services[0].name}.${plan.namespace}.…\`): ${why}. When the platform is upgraded, compare the rules with its new ones.`,
    ...(services.length > 1 &&
    profile.routeRules.some(({ by }) => by !== 'path')
      ? [
          "The services share a model name, so the addresses by model name (`/publishers/…` and the header `X-Gateway-Model-Name`) are left out: only one of the services could have them. Use each service's own address.",
        ]
      : []),
  ];
}

function weightsText({ plan, profile }: ResolvedPlan): string {
  const scorers = plan.scorers ?? profile.defaultScorers;
  const sum = scorers
    .map(({ type, weight }) => `${weight} × ${type}`)
    .join(' + ');
  const how =
    profile.schedulerConfig === 'inline' || plan.scorers
      ? 'They are written out in the service.'
      : "They are the platform's own: its LLMInferenceService has no field for weights, and the picker's container would have to be written out whole. Set `scorers` in the plan to do so.";
  return `A request goes to the replica with the highest sum: ${sum}. Each score is between 0 and 1. ${how} The running picker's arguments are the only truth.`;
}

function tlsText({ profile }: ResolvedPlan): string {
  if (needsDestinationRules(profile)) {
    return profile.tls
      ? "`deploy/destination-rules.yaml` makes the gateway speak TLS, since this release writes no such rule: to each picker, to the Service Istio makes for each pool (`<pool>-ip-…`), and to the workload Service. The certificates are the platform's own, so they are not verified."
      : '`deploy/destination-rules.yaml` makes the gateway speak TLS to the picker, which serves TLS unless it is told not to, although TLS is off for the engines.';
  }
  return profile.tls
    ? 'The platform itself tells the gateway to speak TLS to pickers and engines; nothing is rendered for it.'
    : 'TLS is off, and the platform tells its pickers so (`--secure-serving=false`): the gateway speaks plain text to pickers and engines, and nothing is rendered for it.';
}

function poolText({ profile }: ResolvedPlan): string[] {
  return profile.poolGroup === 'inference.networking.x-k8s.io' &&
    profile.apiVersion === 'serving.kserve.io/v1alpha2'
    ? [
        `Istio ${profile.istio} reads InferencePools of \`inference.networking.x-k8s.io\` only; KServe writes each pool in both groups, so the CRD of that group has to be installed as well.`,
      ]
    : [];
}

function filterText(resolved: ResolvedPlan): string {
  const needed =
    'Istio hands the request body to the picker by itself, if istiod runs with `ENABLE_GATEWAY_API_INFERENCE_EXTENSION=true`.';
  return resolved.plan.envoyFilter
    ? `**\`deploy/envoy-filter.yaml\` was asked for and is not needed.** ${needed} The filter (\`${envoyFilterName(
        resolved,
      )}\` in ${
        resolved.gateway.namespace
      }) says the same once more, for each route of each service by the name Istio gives it, keeps the service's own picker, and acts on this gateway's proxies alone. It stops matching as soon as an upgrade names the routes otherwise. To be rid of it, remove the file and its line in \`kustomization.yaml\`.`
    : `No EnvoyFilter is rendered: ${needed} A filter that sets a body mode by hand takes the picker out of the route.`;
}

/** What keeps services apart, how a replica is chosen, and who speaks TLS. */
export function routingSection(resolved: ResolvedPlan): string {
  return [
    '## Routing',
    ...gatewaysText(resolved),
    ...hostText(resolved),
    ...namesText(resolved),
    ...poolText(resolved),
    weightsText(resolved),
    tlsText(resolved),
    filterText(resolved),
  ].join('\n\n');
}
