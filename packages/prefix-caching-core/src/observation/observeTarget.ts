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

import type { KubernetesObject } from '../kubernetes';
import type { Verdict } from '../verdicts';
import { belongingsOf } from './belongings';
import { neighboursOf } from './neighbours';
import { ObjectIndex } from './ObjectIndex';
import { surroundingsOf } from './surroundings';
import type { Gap, Observation, ObservedEndpoint, Target } from './types';

/** What `observeTarget` takes one target's part out of. @public */
export interface ObserveTargetOptions {
  source: Observation['source'];
  target: Target;
  /** A whole cluster's objects, or its index; pass the index when there are several targets. */
  objects: ObjectIndex | readonly KubernetesObject[];
  /** The kinds that were looked for, found or not. */
  asked: readonly string[];
  gaps?: readonly Gap[];
  endpoints?: readonly ObservedEndpoint[];
  /** ISO 8601. */
  observedAt: string;
  previousVerdicts?: Readonly<Record<string, Verdict>>;
  /** What the neighbours' pickers and engines counted, by `namespace/name`. */
  neighbourEndpoints?: Readonly<Record<string, ObservedEndpoint[]>>;
}

/** One and the same for all targets, which share what neighbours are with it. */
const NOTHING_COUNTED: Readonly<Record<string, ObservedEndpoint[]>> = {};

/**
 * Takes out of a set of objects what belongs to one target and what acts on
 * it: the service, what was generated for it by label and name, the pool its
 * routes really name, gateway, Istio's objects, policies, nodes and neighbours.
 *
 * @public
 */
export function observeTarget(options: ObserveTargetOptions): Observation {
  const { target, source } = options;
  const index =
    options.objects instanceof ObjectIndex
      ? options.objects
      : ObjectIndex.of(options.objects);
  const own = belongingsOf(index, target.namespace, target.name);
  const around = surroundingsOf(index, own, target.namespace);
  return {
    source,
    target,
    service: own.service,
    objects: [...new Set([...own.objects, ...around])],
    neighbours: neighboursOf(
      index,
      target,
      own,
      options.neighbourEndpoints ?? NOTHING_COUNTED,
    ),
    endpoints: [...(options.endpoints ?? [])],
    asked: [...options.asked],
    previousVerdicts: options.previousVerdicts && {
      ...options.previousVerdicts,
    },
    observedAt: options.observedAt,
    gaps: (options.gaps ?? []).filter(
      gap =>
        gap.namespace === undefined ||
        gap.namespace === target.namespace ||
        own.gateways.some(name => name.startsWith(`${gap.namespace}/`)),
    ),
  };
}
