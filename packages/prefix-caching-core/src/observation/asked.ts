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

import type { Gap, Observation } from './types';

/**
 * Whether a kind was looked for. Observations of outside callers may leave
 * `asked` out: then a cluster was asked for everything, and files for what
 * they hold.
 *
 * @public
 */
export function wasAsked(observation: Observation, kind: string): boolean {
  const notAsked = observation.gaps.some(
    gap => gap.what === kind && gap.reason === 'not-asked',
  );
  if (notAsked) return false;
  return observation.asked
    ? observation.asked.includes(kind)
    : observation.source === 'cluster' ||
        observation.objects.some(object => object.kind === kind);
}

/** What no cluster with a target can be without. */
const INDISPENSABLE = 'LLMInferenceService';

/**
 * Why a kind, a scrape or the whole cluster could not be read.
 *
 * A kind the cluster does not serve (`not-installed`) is no gap for the kinds
 * a cluster may do without: there are then no objects of it, which is an answer.
 *
 * @public
 */
export function gapFor(
  observation: Observation,
  what: string,
): Gap | undefined {
  return observation.gaps.find(
    gap =>
      gap.reason !== 'not-asked' &&
      (gap.what === 'cluster' ||
        (gap.what === what &&
          (gap.reason !== 'not-installed' || what === INDISPENSABLE))),
  );
}

/**
 * Whether the cluster was asked for the service, answered, and has none. It is
 * believed only where `asked` says so.
 *
 * @public
 */
export function isAbsent(observation: Observation): boolean {
  const { source, service, asked = [] } = observation;
  return (
    source === 'cluster' &&
    service === undefined &&
    asked.includes(INDISPENSABLE) &&
    gapFor(observation, INDISPENSABLE) === undefined
  );
}
