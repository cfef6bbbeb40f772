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

import type {
  EngineReport,
  FunnelReport,
  RouterReport,
} from 'backstage-plugin-prefix-caching-common';
import {
  acceleratorOf,
  desiredReplicas,
  ENTITY_REF_ANNOTATION,
  livePickerConfig,
  modelOf,
  readFunnel,
  scrapePlan,
  versionsOf,
  type Observation,
  type ObservedEndpoint,
} from 'backstage-plugin-prefix-caching-common/core';
import type { VerificationRecord } from '../database';
import { engineIncreaseOf, routerIncreaseOf } from './increases';

/** What a record holds beside the verdicts. */
export type TargetDescription = Pick<
  VerificationRecord,
  | 'found'
  | 'entityRef'
  | 'accelerator'
  | 'model'
  | 'replicas'
  | 'router'
  | 'engines'
  | 'funnel'
  | 'policy'
  | 'versions'
  | 'sampledAt'
>;

/** The figures and facts that the tab shows of an observed target. */
export function describeTarget(observation: Observation): TargetDescription {
  const { service } = observation;
  const plan = scrapePlan(observation);
  const accelerator = acceleratorOf(observation);
  const policy = livePickerConfig(observation);
  const engines = plan.engines.map(({ pod, ready, node }) =>
    engineReport(observation, { pod, ready, node }),
  );
  const router = routerReport(observation, plan.routers);
  return {
    found: service !== undefined,
    entityRef: service?.metadata.annotations?.[ENTITY_REF_ANNOTATION],
    accelerator: accelerator && {
      id: accelerator.id,
      name: accelerator.name,
      class: accelerator.class,
    },
    model: modelOf(observation),
    replicas: {
      desired: desiredReplicas(observation),
      ready: plan.engines.filter(engine => engine.ready).length,
    },
    router,
    engines,
    funnel: funnelReport(observation, router, engines),
    policy: policy?.config && { config: policy.config, source: policy.source },
    versions: versionsOf(observation),
    sampledAt: newestSample(observation.endpoints),
  };
}

function engineReport(
  observation: Observation,
  pod: Pick<EngineReport, 'pod' | 'ready' | 'node'>,
): EngineReport {
  const samples = endpointOf(observation, 'engine', pod.pod)?.engine;
  return {
    ...pod,
    at: samples?.current?.at,
    source: samples?.current?.source,
    metrics: samples?.current?.metrics,
    increase: engineIncreaseOf(samples?.previous, samples?.current),
    gap: gapOf(observation, 'engine', pod),
  };
}

/** The picker that leads: of several, the one that answers. */
function routerReport(
  observation: Observation,
  pods: readonly { pod: string; ready: boolean }[],
): RouterReport | undefined {
  const reports = pods.map(({ pod, ready }): RouterReport => {
    const samples = endpointOf(observation, 'router', pod)?.router;
    return {
      pod,
      ready,
      at: samples?.current?.at,
      source: samples?.current?.source,
      metrics: samples?.current?.metrics,
      increase: routerIncreaseOf(samples?.previous, samples?.current),
      gap: gapOf(observation, 'router', { pod, ready }),
    };
  });
  return (
    reports.find(report => report.metrics) ??
    reports.find(report => report.ready) ??
    reports[0]
  );
}

/** Of the picker that is shown, and of the engines that were read. */
function funnelReport(
  observation: Observation,
  router: RouterReport | undefined,
  engines: readonly EngineReport[],
): FunnelReport | undefined {
  if (engines.length === 0 && !router) {
    return undefined;
  }
  const pair = <T>(samples?: {
    current?: { metrics: T };
    previous?: { metrics: T };
  }) => ({
    current: samples?.current?.metrics,
    previous: samples?.previous?.metrics,
  });
  return {
    steps: readFunnel({
      router:
        router && pair(endpointOf(observation, 'router', router.pod)?.router),
      engines: engines
        .filter(({ ready }) => ready)
        .map(({ pod }) => pair(endpointOf(observation, 'engine', pod)?.engine)),
    }),
    seconds:
      router?.increase?.seconds ??
      engines.find(({ increase }) => increase)?.increase?.seconds,
  };
}

function endpointOf(
  observation: Observation,
  role: ObservedEndpoint['role'],
  pod: string,
): ObservedEndpoint | undefined {
  return observation.endpoints.find(
    endpoint => endpoint.role === role && endpoint.pod === pod,
  );
}

function gapOf(
  observation: Observation,
  role: ObservedEndpoint['role'],
  { pod, ready }: { pod: string; ready: boolean },
): string | undefined {
  const gap = observation.gaps.find(
    each => each.what === `metrics/${role}` && each.endpoint === pod,
  );
  if (gap) {
    return gap.remedy ? `${gap.message}. ${gap.remedy}.` : `${gap.message}.`;
  }
  return ready ? undefined : `Pod ${pod} is not ready, so it was not asked.`;
}

function newestSample(
  endpoints: readonly ObservedEndpoint[],
): string | undefined {
  return endpoints
    .flatMap(({ engine, router }) => (engine ?? router)?.current?.at ?? [])
    .sort()
    .at(-1);
}
