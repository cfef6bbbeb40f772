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

import type { MetricType } from './types';

const TYPES: ReadonlySet<string> = new Set<MetricType>([
  'counter',
  'gauge',
  'histogram',
  'gaugehistogram',
  'summary',
  'info',
  'stateset',
  'unknown',
]);

/** Which sample names, beside its own, belong to a family of a type. Source: OpenMetrics 1.0, "Suffixes". */
const SUFFIXES: ReadonlyMap<string, readonly MetricType[]> = new Map([
  ['_total', ['counter']],
  ['_bucket', ['histogram', 'gaugehistogram']],
  ['_sum', ['histogram', 'summary']],
  ['_count', ['histogram', 'summary']],
  ['_gsum', ['gaugehistogram']],
  ['_gcount', ['gaugehistogram']],
  ['_created', ['counter', 'histogram', 'summary']],
  ['_info', ['info']],
]);

/** The type a `# TYPE` line names; `untyped` and words we do not know are `unknown`. */
export function metricTypeOf(word: string): MetricType {
  return TYPES.has(word) ? (word as MetricType) : 'unknown';
}

/** Whether samples with that suffix belong to a family of that type. */
export function isOfFamily(suffix: string, type: MetricType): boolean {
  return SUFFIXES.get(suffix)?.includes(type) ?? false;
}

/** Splits `x_bucket` into the family `x` and the suffix `_bucket`, where the suffix is a known one. */
export function splitSampleName(
  name: string,
): { family: string; suffix: string } | undefined {
  const at = name.lastIndexOf('_');
  const suffix = name.slice(at);
  return at > 0 && SUFFIXES.has(suffix)
    ? { family: name.slice(0, at), suffix }
    : undefined;
}
