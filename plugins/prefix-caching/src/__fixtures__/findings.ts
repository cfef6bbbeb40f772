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

import type { Finding } from 'prefix-caching-core';

type Draft = Partial<Finding> & Pick<Finding, 'check' | 'component'>;

/** A finding that passed, but for what a draft says otherwise. */
export function finding(draft: Draft): Finding {
  return {
    requirement: 'required',
    verdict: 'pass',
    summary: `${draft.check} is as it should be.`,
    expected: `What ${draft.check} expects`,
    actual: `What ${draft.check} found`,
    evidence: [],
    commands: [
      {
        purpose: `See ${draft.check}`,
        command: `kubectl get ${draft.check.replace('.', '/')}`,
      },
    ],
    responsible: 'owner',
    ...draft,
  };
}

/** Every check of this release, all passed. */
export const allPassed: Finding[] = [
  finding({ check: 'engine.prefix-caching', component: 'engine' }),
  finding({ check: 'engine.arguments', component: 'engine' }),
  finding({ check: 'engine.replicas', component: 'engine' }),
  finding({ check: 'router.available', component: 'router' }),
  finding({ check: 'router.scorers', component: 'router' }),
  finding({ check: 'router.pool', component: 'router' }),
  finding({ check: 'router.metrics', component: 'router' }),
  finding({ check: 'gateway.routes', component: 'gateway' }),
  finding({ check: 'gateway.request-body', component: 'gateway' }),
  finding({ check: 'gateway.picker-tls', component: 'gateway' }),
  finding({ check: 'gateway.shared-picker', component: 'gateway' }),
  finding({
    check: 'network.policies',
    component: 'network',
    requirement: 'optional',
    verdict: 'skipped',
    summary: 'There are no NetworkPolicies in the namespace.',
  }),
  finding({ check: 'routing.bypass', component: 'routing' }),
  finding({ check: 'routing.delivered-hits', component: 'routing' }),
  finding({
    check: 'status.conditions',
    component: 'status',
    requirement: 'advice',
  }),
];

/** The same findings with some of them replaced, by check. */
export function withFindings(...changed: Draft[]): Finding[] {
  return allPassed.map(passed => {
    const draft = changed.find(({ check }) => check === passed.check);
    return draft ? { ...passed, ...draft } : passed;
  });
}

/** An EnvoyFilter that removes the call to the endpoint picker, and what follows from it. */
export function bypassFindings(since: string): Finding[] {
  return withFindings(
    {
      check: 'gateway.request-body',
      component: 'gateway',
      verdict: 'fail',
      responsible: 'platform',
      summary:
        'EnvoyFilter prefix-body-gpu removes the call to the endpoint picker.',
      expected: 'Istio itself hands the body to the endpoint picker',
      actual: 'EnvoyFilter istio-ingress/prefix-body-gpu replaces the entry',
      evidence: [
        {
          subject: 'EnvoyFilter istio-ingress/prefix-body-gpu',
          value: 'request_body_mode: BUFFERED',
        },
      ],
      remedy: 'Remove EnvoyFilter prefix-body-gpu. No restart is needed.',
      commands: [
        {
          purpose: 'Show the EnvoyFilter',
          command:
            'kubectl -n istio-ingress get envoyfilter prefix-body-gpu -o yaml',
        },
      ],
      since: { first: since, confirmed: since },
    },
    {
      check: 'routing.bypass',
      component: 'routing',
      verdict: 'fail',
      responsible: 'platform',
      summary: 'The engines serve requests that the endpoint picker never saw.',
      causedBy: 'gateway.request-body',
    },
    {
      check: 'routing.delivered-hits',
      component: 'routing',
      verdict: 'fail',
      summary: 'Only 26.6 % of prompt tokens come from cache.',
      causedBy: 'gateway.request-body',
    },
  );
}
