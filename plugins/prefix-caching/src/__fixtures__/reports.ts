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

import type { EntityReport } from 'backstage-plugin-prefix-caching-common';
import { bypassFindings, finding, withFindings } from './findings';
import { gpuTarget, judged, OBSERVED_AT, tpuTarget } from './targets';

/** Both services work. */
export const healthyReport: EntityReport = {
  entityRef: 'component:default/qwen-3b-chat',
  targets: [gpuTarget, tpuTarget],
  problems: [],
  responsible: {
    owner: 'group:default/team-assist',
    platform: 'group:default/ml-platform',
  },
  intervalSeconds: 10,
  generatedAt: '2026-08-18T12:32:50.000Z',
  permissions: { run: true, probe: true, routerLog: true, waive: true },
};

/** An EnvoyFilter takes the endpoint picker out of the GPU service's path. */
export const brokenReport: EntityReport = {
  ...healthyReport,
  targets: [
    {
      ...judged(gpuTarget, 'fail', bypassFindings('2026-08-18T12:05:10.000Z')),
      router: gpuTarget.router && {
        ...gpuTarget.router,
        increase: { seconds: 900, requests: 0, picksByEndpoint: {} },
      },
      engines: gpuTarget.engines.map(engine => ({
        ...engine,
        increase: engine.increase && {
          ...engine.increase,
          hitTokens: 133_000,
          deliveredHitRatio: 0.266,
        },
      })),
      funnel: {
        seconds: 900,
        steps: [
          { id: 'held', reason: 'Nothing asks which replica holds a prefix.' },
          {
            id: 'captured',
            reason: 'The endpoint picker saw 0 of 1,260 requests.',
          },
          { id: 'delivered', ratio: 0.266, bound: 'exact' },
        ],
      },
    },
    tpuTarget,
  ],
};

/** Nothing is wrong, and nothing was asked of it yet. */
export const inconclusiveReport: EntityReport = {
  ...healthyReport,
  targets: [gpuTarget, tpuTarget].map(target => ({
    ...judged(
      target,
      'inconclusive',
      withFindings(
        {
          check: 'routing.bypass',
          component: 'routing',
          verdict: 'inconclusive',
          summary: 'No request between the last two samples.',
        },
        {
          check: 'routing.delivered-hits',
          component: 'routing',
          verdict: 'inconclusive',
          summary: 'No prompt token between the last two samples.',
        },
      ),
    ),
    router: target.router && {
      ...target.router,
      increase: { seconds: 900, requests: 0 },
    },
    engines: target.engines.map(engine => ({
      ...engine,
      increase: { seconds: 900, requests: 0, queryTokens: 0, hitTokens: 0 },
    })),
    funnel: {
      seconds: 900,
      steps: (['held', 'captured', 'delivered'] as const).map(id => ({
        id,
        reason: 'No requests, so there is nothing to measure.',
      })),
    },
  })),
};

/** The entity names no service. */
export const emptyReport: EntityReport = {
  ...healthyReport,
  targets: [],
  problems: [
    finding({
      check: 'entity.unlinked',
      component: 'status',
      verdict: 'inconclusive',
      summary: 'component:default/qwen-3b-chat names no LLMInferenceService.',
    }),
  ],
};

/** The annotation of the entity names no service that could be. */
export const malformedReport: EntityReport = {
  ...emptyReport,
  problems: [
    finding({
      check: 'entity.annotation',
      component: 'status',
      verdict: 'fail',
      summary: "The annotation holds 'qwen-3b-gpu': it names no namespace.",
      remedy: 'Correct the annotation.',
    }),
  ],
};

const { targetId, cluster, namespace, name, verification } = gpuTarget;

/** The entity names a service that is not there. */
export const absentReport: EntityReport = {
  ...healthyReport,
  targets: [
    {
      targetId,
      cluster,
      namespace,
      name,
      engines: [],
      backReference: false,
      changes: [],
      verification: verification && {
        ...verification,
        verdict: 'fail',
        phase: 'absent',
        findings: [
          finding({
            check: 'status.conditions',
            component: 'status',
            verdict: 'fail',
            summary: 'There is no LLMInferenceService.',
            remedy: 'Apply the manifests of the service.',
          }),
        ],
      },
    },
  ],
};

/** Milliseconds from the fixtures' time to a moment ago, for a dev app. */
export function sinceObserved(): number {
  return Date.now() - 40_000 - Date.parse(OBSERVED_AT);
}

/** An answer as if it had been observed just now, for a dev app. */
export function asOfNow<T>(answer: T): T {
  const offset = sinceObserved();
  const moved = JSON.stringify(answer).replace(
    /"(\d{4}-\d\d-\d\dT[\d:.]+Z)"/g,
    (_, moment: string) =>
      JSON.stringify(new Date(Date.parse(moment) + offset).toISOString()),
  );
  return JSON.parse(moved);
}
