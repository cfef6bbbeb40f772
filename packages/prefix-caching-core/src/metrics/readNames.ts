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
import { ERA_G_SIGNS, ROUTER_METRIC_NAMES } from './routerMetricNames';

/** Everything exposes it that is written in Go or Python. */
const PROCESS_START = 'process_start_time_seconds';

/**
 * The names that `readEngineMetrics` or `readRouterMetrics` looks for, of every
 * era, histograms without their suffixes; what else is exposed need not be
 * fetched.
 *
 * @public
 */
export function metricNamesOf(role: 'engine' | 'router'): string[] {
  const names: readonly string[] =
    role === 'engine'
      ? [
          ...Object.values(ENGINE_METRIC_NAMES).flat(),
          ...ENGINES.flatMap(({ signs }) => signs),
        ]
      : [...Object.values(ROUTER_METRIC_NAMES).flat(), ...ERA_G_SIGNS];
  return [...new Set(names), PROCESS_START];
}
