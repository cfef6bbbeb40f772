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

/** The paths whose requests carry a prompt, and so belong to the picker. */
const PROMPT_PATHS = {
  completions: '/v1/completions',
  'chat-completions': '/v1/chat/completions',
  responses: '/v1/responses',
  messages: '/v1/messages',
};

/** The header by which KServe's gateway tells models apart. */
const MODEL_HEADER = 'X-Gateway-Model-Name';

/** Generation takes as long as it takes: no timeout at the gateway. */
const NO_TIMEOUT = { backendRequest: '0s', request: '0s' };

type Rule = Record<string, unknown>;

interface Backends {
  pool: Rule[];
  service: Rule[];
}

function rewrite(to: string): Rule[] {
  return [
    {
      type: 'URLRewrite',
      urlRewrite: {
        path: { type: 'ReplacePrefixMatch', replacePrefixMatch: to },
      },
    },
  ];
}

function prefixRule(
  name: string,
  backendRefs: Rule[],
  from: string,
  to: string,
): Rule {
  return {
    name,
    backendRefs,
    matches: [{ path: { type: 'PathPrefix', value: from } }],
    filters: rewrite(to),
    timeouts: NO_TIMEOUT,
  };
}

function promptRules(suffix: string, base: string, backends: Backends): Rule[] {
  return Object.entries(PROMPT_PATHS).map(([name, path]) =>
    prefixRule(`v1-${name}-${suffix}`, backends.pool, `${base}${path}`, path),
  );
}

function modelHeader(publisher: string): Rule[] {
  return [{ type: 'Exact', name: MODEL_HEADER, value: publisher }];
}

function headerRule(publisher: string, backends: Backends): Rule {
  return {
    name: 'v1-model-routing',
    backendRefs: backends.pool,
    matches: Object.values(PROMPT_PATHS).flatMap(path =>
      [path, `${path}/`].map(value => ({
        path: { type: 'Exact', value },
        headers: modelHeader(publisher),
      })),
    ),
    timeouts: NO_TIMEOUT,
  };
}

/** What KServe 0.20's own route holds, in its order, under its names. */
function presetRules(
  { plan, profile, model, services }: ResolvedPlan,
  service: ResolvedService,
): Rule[] {
  const names = generatedNames(service.name);
  const port = profile.targetPort;
  const backends: Backends = {
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
  const own = `/${plan.namespace}/${service.name}`;
  const publisher = `publishers/${plan.namespace}/models/${model.name}`;
  // Services of one model in one namespace would claim the same publisher
  // address, and all but one would never be reached there.
  const byModel = services.length === 1;
  return [
    ...promptRules('path', own, backends),
    ...(byModel
      ? [
          headerRule(publisher, backends),
          ...promptRules('publisher-path', `/${publisher}`, backends),
          prefixRule(
            'v1-publisher-path-catch-all',
            backends.service,
            `/${publisher}`,
            '/',
          ),
        ]
      : []),
    prefixRule('v1-catch-all-path', backends.service, own, '/'),
    ...(byModel
      ? [
          {
            name: 'v1-catch-all-model-routing',
            backendRefs: backends.service,
            matches: [{ headers: modelHeader(publisher) }],
            timeouts: NO_TIMEOUT,
          },
        ]
      : []),
  ];
}

/**
 * The route's rules under names no other service on the gateway has. Istio
 * keeps one picker per rule name, and KServe from 0.19 on names them alike
 * for every service, so the last one's picker would serve all.
 */
export function routeRules(
  resolved: ResolvedPlan,
  service: ResolvedService,
): Rule[] {
  return presetRules(resolved, service).map(rule => ({
    ...rule,
    name: `${service.name}.${resolved.plan.namespace}.${rule.name}`,
  }));
}
