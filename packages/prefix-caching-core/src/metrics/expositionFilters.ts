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

import { ENGINE_METRIC_NAMES, ENGINES } from './engineMetricNames';
import { namesOf } from './metricAliases';
import type { ExpositionOptions } from './parseExposition';
import { ERA_G_SIGNS, ROUTER_METRIC_NAMES } from './routerMetricNames';

/** Which part of an exposition to read. @public */
export type ExpositionFilter = Required<
  Pick<ExpositionOptions, 'families' | 'samples'>
>;

/** Of these histograms only the number of runs matters, and not how long they took. */
const COUNTED = ROUTER_METRIC_NAMES.pluginRuns;

/**
 * The part of an Endpoint Picker's exposition that `readRouterMetrics` reads,
 * to be given to `parseExposition`. What it leaves out costs almost nothing.
 *
 * @public
 */
export const ROUTER_EXPOSITION: ExpositionFilter = filterOf([
  ...Object.values(ROUTER_METRIC_NAMES).flat(),
  ...ERA_G_SIGNS,
]);

/**
 * The part of an engine's exposition that `readEngineMetrics` reads, to be
 * given to `parseExposition`.
 *
 * @public
 */
export const ENGINE_EXPOSITION: ExpositionFilter = filterOf([
  ...Object.values(ENGINE_METRIC_NAMES).flat(),
  ...ENGINES.flatMap(({ signs }) => signs),
]);

/** Sets of all spellings: the question is asked of every name in every scrape. */
function filterOf(names: readonly string[]): ExpositionFilter {
  const families = new Set(
    [...names, 'process_start_time_seconds'].flatMap(name => [
      ...namesOf(name),
      // OpenMetrics names a family without the suffixes of its samples.
      ...namesOf(name.replace(/_(?:total|info|count|sum)$/, '')),
    ]),
  );
  const dropped = new Set(
    COUNTED.flatMap(name => {
      const stem = name.replace(/_count$/, '');
      return ['_bucket', '_sum', '_created'].flatMap(suffix =>
        namesOf(stem + suffix),
      );
    }),
  );
  return {
    families: name => families.has(name),
    samples: name => !dropped.has(name),
  };
}
