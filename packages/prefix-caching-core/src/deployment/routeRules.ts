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
import type { RouteRuleShape } from '../platforms';
import type { ResolvedPlan, ResolvedService } from './resolvedPlan';

/** The header by which KServe's gateway tells models apart. */
const MODEL_HEADER = 'X-Gateway-Model-Name';

/** Generation takes as long as it takes: no timeout at the gateway. */
const NO_TIMEOUT = { backendRequest: '0s', request: '0s' };

type Rule = Record<string, unknown>;

/** What a rule's matches and rewrites are made of. */
interface Addresses {
  /** `/<namespace>/<service>`. */
  path: string;
  /** `publishers/<namespace>/models/<model>`. */
  publisher: string;
}

function prefixRule(from: string, to: string): Rule {
  return {
    matches: [{ path: { type: 'PathPrefix', value: from } }],
    filters: [
      {
        type: 'URLRewrite',
        urlRewrite: {
          path: { type: 'ReplacePrefixMatch', replacePrefixMatch: to },
        },
      },
    ],
  };
}

function headerRule(prompts: readonly string[], publisher: string): Rule {
  const headers = [{ type: 'Exact', name: MODEL_HEADER, value: publisher }];
  return {
    matches:
      prompts.length === 0
        ? [{ headers }]
        : prompts.flatMap(prompt =>
            [prompt, `${prompt}/`].map(value => ({
              path: { type: 'Exact', value },
              headers,
            })),
          ),
  };
}

function matching(shape: RouteRuleShape, addresses: Addresses): Rule {
  const [prompt] = shape.prompts;
  switch (shape.by) {
    case 'header':
      return headerRule(shape.prompts, addresses.publisher);
    case 'publisher':
      return prefixRule(
        `/${addresses.publisher}${prompt ?? ''}`,
        prompt ?? '/',
      );
    default:
      return prefixRule(`${addresses.path}${prompt ?? ''}`, prompt ?? '/');
  }
}

function backendsOf(
  { profile }: ResolvedPlan,
  service: ResolvedService,
): Record<RouteRuleShape['to'], Rule[]> {
  const names = generatedNames(service.name);
  const port = profile.targetPort;
  return {
    pool: [
      {
        group: profile.poolGroup,
        kind: 'InferencePool',
        name: names.pool,
        port,
        weight: 1,
      },
    ],
    service: [
      { kind: 'Service', name: names.workloadService, port, weight: 1 },
    ],
  };
}

/** The name of a rule that no other service on the gateway has. */
export function ruleName(
  { plan }: Pick<ResolvedPlan, 'plan'>,
  service: Pick<ResolvedService, 'name'>,
  shape: RouteRuleShape,
): string {
  return `${service.name}.${plan.namespace}.${shape.name}`;
}

/**
 * The rules of the platform's own route, in its order, under names no other
 * service on the gateway has. Istio keeps one picker per rule name, and KServe
 * from 0.19 on names them alike for every service, so the last one's picker
 * would serve all.
 */
export function routeRules(
  resolved: ResolvedPlan,
  service: ResolvedService,
): Rule[] {
  const { plan, profile, model, services } = resolved;
  const backends = backendsOf(resolved, service);
  const addresses = {
    path: `/${plan.namespace}/${service.name}`,
    publisher: `publishers/${plan.namespace}/models/${model.name}`,
  };
  return (
    profile.routeRules
      // Services of one model in one namespace would claim the same publisher
      // address, and all but one would never be reached there.
      .filter(({ by }) => by === 'path' || services.length === 1)
      .map(shape => ({
        name: ruleName(resolved, service, shape),
        backendRefs: backends[shape.to],
        ...matching(shape, addresses),
        timeouts: NO_TIMEOUT,
      }))
  );
}
