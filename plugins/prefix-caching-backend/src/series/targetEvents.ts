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

import {
  routerIncrease,
  scrapePlan,
  type Observation,
} from 'backstage-plugin-prefix-caching-common/core';
import type { SeriesEvent, SeriesMarks } from './types';

/** What is remembered of an observation, to notice what the next one changes. */
export function marksOf(
  observation: Observation,
  before: SeriesMarks | undefined,
): SeriesMarks {
  const { engines, routers } = scrapePlan(observation);
  const router = routers.find(({ ready }) => ready) ?? routers[0];
  // What could not be read says nothing: the last that was known stays.
  const isBlind = observation.gaps.some(
    ({ what }) => what === 'cluster' || what === 'Pod',
  );
  return {
    seenAt: Date.parse(observation.observedAt),
    readyReplicas: isBlind
      ? before?.readyReplicas
      : engines.filter(({ ready }) => ready).length,
    routerPod: isBlind ? before?.routerPod : router?.pod ?? before?.routerPod,
  };
}

/** What happened between what was seen before and now. */
export function eventsOf(
  observation: Observation,
  before: SeriesMarks | undefined,
  now: SeriesMarks,
): SeriesEvent[] {
  const at = now.seenAt;
  const events: SeriesEvent[] = [];
  if (!before) {
    return events;
  }
  const { readyReplicas: had, routerPod } = before;
  const { readyReplicas: has } = now;
  if (had !== undefined && has !== undefined && had !== has) {
    events.push({
      at,
      kind: 'scale',
      summary: `${has} ready ${
        has === 1 ? 'replica' : 'replicas'
      } instead of ${had}`,
    });
  }
  if (routerPod && now.routerPod && routerPod !== now.routerPod) {
    events.push({
      at,
      kind: 'router-restart',
      summary: `The Endpoint Picker is now pod ${now.routerPod}: its prefix index began empty`,
    });
    return events;
  }
  for (const { pod, router } of observation.endpoints) {
    const { current, previous } = router ?? {};
    if (
      pod === now.routerPod &&
      current &&
      previous &&
      // A window that was looked at before has had its event.
      Date.parse(current.at) > before.seenAt &&
      Date.parse(previous.at) <= before.seenAt &&
      routerIncrease(previous.metrics, current.metrics).restarted
    ) {
      events.push({
        at,
        kind: 'router-restart',
        summary: `The Endpoint Picker in pod ${pod} restarted: its counters and its prefix index began again`,
      });
    }
  }
  return events;
}
