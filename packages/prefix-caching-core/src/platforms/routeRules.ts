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

import type { RouteRuleShape } from './types';

function pool(name: string, ...prompts: string[]): RouteRuleShape {
  return { name: `v1-${name}-path`, by: 'path', prompts, to: 'pool' };
}

const COMPLETIONS = '/v1/completions';
const CHAT = '/v1/chat/completions';
const RESPONSES = '/v1/responses';
const MESSAGES = '/v1/messages';

const REST: RouteRuleShape = {
  name: 'v1-catch-all-path',
  by: 'path',
  prompts: [],
  to: 'service',
};

const REST_BY_MODEL: RouteRuleShape = {
  name: 'v1-catch-all-model-routing',
  by: 'header',
  prompts: [],
  to: 'service',
};

/** KServe 0.16: one rule, everything to the pool. */
export const ROUTE_RULES_0_16: readonly RouteRuleShape[] = [
  { name: 'v1-all-path', by: 'path', prompts: [], to: 'pool' },
];

/** KServe 0.17 and Red Hat AI Inference 3.4: unnamed. */
export const ROUTE_RULES_0_17: readonly RouteRuleShape[] = [
  pool('completions', COMPLETIONS),
  pool('chat-completions', CHAT),
  REST,
];

/** KServe 0.18: unnamed, with responses. */
export const ROUTE_RULES_0_18: readonly RouteRuleShape[] = [
  pool('completions', COMPLETIONS),
  pool('chat-completions', CHAT),
  pool('responses', RESPONSES),
  REST,
];

function withModel(name: string, prompt: string): RouteRuleShape[] {
  return [
    pool(name, prompt),
    {
      name: `v1-${name}-model-routing`,
      by: 'header',
      prompts: [prompt],
      to: 'pool',
    },
  ];
}

/** KServe 0.19: named, each path with a rule by the model's header. */
export const ROUTE_RULES_0_19: readonly RouteRuleShape[] = [
  ...withModel('completions', COMPLETIONS),
  ...withModel('chat-completions', CHAT),
  ...withModel('responses', RESPONSES),
  REST,
  REST_BY_MODEL,
];

const PROMPTS: [name: string, path: string][] = [
  ['completions', COMPLETIONS],
  ['chat-completions', CHAT],
  ['responses', RESPONSES],
  ['messages', MESSAGES],
];

/** KServe 0.20: named, with messages, the publisher's paths and one rule by header. */
export const ROUTE_RULES_0_20: readonly RouteRuleShape[] = [
  ...PROMPTS.map(([name, prompt]) => pool(name, prompt)),
  {
    name: 'v1-model-routing',
    by: 'header',
    prompts: PROMPTS.map(([, prompt]) => prompt),
    to: 'pool',
  },
  ...PROMPTS.map(
    ([name, prompt]): RouteRuleShape => ({
      name: `v1-${name}-publisher-path`,
      by: 'publisher',
      prompts: [prompt],
      to: 'pool',
    }),
  ),
  {
    name: 'v1-publisher-path-catch-all',
    by: 'publisher',
    prompts: [],
    to: 'service',
  },
  REST,
  REST_BY_MODEL,
];
