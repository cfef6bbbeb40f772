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

import { PLACEHOLDER_DOMAIN } from './resolvePlan';
import type { ResolvedPlan } from './resolvedPlan';

function isolationText({ plan, profile, services }: ResolvedPlan): string[] {
  const texts: string[] = [];
  if (services.some(({ hostname }) => hostname !== undefined)) {
    texts.push(
      `Each service has a host of its own (${services
        .map(({ hostname }) => `\`${hostname}\``)
        .join(
          ', ',
        )}): Istio up to 1.28.4 merges the routes of one host and asks the picker of the first one only. Point these names at the gateway, and let a listener of the gateway accept them.`,
    );
    if (!plan.gateway?.domain) {
      texts.push(
        `**No domain was given, so the names end in the placeholder \`${plan.namespace}.${PLACEHOLDER_DOMAIN}\`.** They work with \`curl --resolve\`; for anything else replace them in \`deploy/\` with names of a domain you own.`,
      );
    }
  }
  if (profile.isolation === 'rule-names') {
    texts.push(
      `Each route carries the platform's rules under names of its own (\`${services[0].name}.${plan.namespace}.…\`): Istio keeps one picker per rule name, and the platform names them alike for every service. When the platform is upgraded, compare the rules with its new ones.`,
    );
    if (services.length > 1) {
      texts.push(
        "The services share a model name, so the addresses by model name (`/publishers/…` and the header `X-Gateway-Model-Name`) are left out: only one of the services could have them. Use each service's own address.",
      );
    }
  }
  return texts;
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

function tlsText({ profile }: ResolvedPlan): string[] {
  if (profile.writesDestinationRule) {
    return [
      'The platform itself tells the gateway to speak TLS to the picker; nothing is rendered for it.',
    ];
  }
  return [
    '`deploy/destination-rules.yaml` makes the gateway speak TLS to the picker, which serves TLS unless it is told not to.',
    ...(profile.tls
      ? [
          '**TLS is on for the engines.** This release writes no DestinationRule for them either: the Istio Services of the pool (`<pool>-ip-…`) and the workload Service need one each with mode SIMPLE, unless your distribution writes them.',
        ]
      : []),
  ];
}

/** What keeps services apart, how a replica is chosen, and who speaks TLS. */
export function routingSection(resolved: ResolvedPlan): string {
  return [
    '## Routing',
    ...isolationText(resolved),
    weightsText(resolved),
    ...tlsText(resolved),
    'No EnvoyFilter is rendered: Istio hands the request body to the picker by itself, if istiod runs with `ENABLE_GATEWAY_API_INFERENCE_EXTENSION=true`. A filter that sets a body mode by hand takes the picker out of the route.',
  ].join('\n\n');
}
