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

import { ERA_G_SIGNS, ROUTER_METRIC_NAMES as NAMES } from './routerMetricNames';
import type { SampleIndex } from './SampleIndex';
import type { RouterEra } from './types';

/**
 * The era of a picker's metrics (epp.md §1.1). A picker shows the series that
 * tell neighbouring eras apart with its first request: until then `undefined`,
 * but for the newest two.
 */
export function routerEra(index: SampleIndex): RouterEra | undefined {
  if (index.has('llm_d_epp_')) {
    return index.first(ERA_G_SIGNS).length ? 'G' : 'F';
  }
  if (index.has('inference_objective_')) {
    const attempts = index.first(NAMES.picks);
    if (attempts.length === 0) return 'C';
    return attempts.some(({ labels }) => labels.pod_name !== undefined)
      ? 'E'
      : 'D';
  }
  if (index.has('inference_extension_scheduler_plugin_duration_seconds')) {
    return 'A';
  }
  return index.has('inference_extension_plugin_duration_seconds') &&
    index.has('inference_model_')
    ? 'B'
    : undefined;
}

/** Pickers of these eras stop updating all figures of the pool when no endpoint is fresh. */
export function freezesPool(era: RouterEra | undefined): boolean {
  return era === 'A' || era === 'B' || era === 'C';
}
