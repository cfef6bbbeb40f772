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

import type { PrometheusSeriesResult } from './types';

/** The series of a vector or matrix; `undefined` for what is neither. */
export function readAnswer(body: string): PrometheusSeriesResult[] | undefined {
  const data = dataOf(body);
  if (!isObject(data) || !Array.isArray(data.result)) {
    return undefined;
  }
  if (data.resultType !== 'vector' && data.resultType !== 'matrix') {
    return undefined;
  }
  const series: PrometheusSeriesResult[] = [];
  for (const each of data.result) {
    if (!isObject(each) || !isObject(each.metric)) {
      return undefined;
    }
    const pairs = data.resultType === 'vector' ? [each.value] : each.values;
    series.push({
      labels: textsOf(each.metric),
      values: Array.isArray(pairs)
        ? pairs.flatMap((pair): [number, number][] => {
            const value = readPair(pair);
            return value ? [value] : [];
          })
        : [],
    });
  }
  return series;
}

/** The values of a label. */
export function readNames(body: string): string[] | undefined {
  const data = dataOf(body);
  return Array.isArray(data)
    ? data.filter((name): name is string => typeof name === 'string')
    : undefined;
}

function dataOf(body: string): unknown {
  try {
    const answer: unknown = JSON.parse(body);
    return isObject(answer) && answer.status === 'success'
      ? answer.data
      : undefined;
  } catch {
    return undefined;
  }
}

/** Values are written as text; `NaN` and `+Inf` are among them. */
function readPair(pair: unknown): [number, number] | undefined {
  if (!Array.isArray(pair) || typeof pair[0] !== 'number') {
    return undefined;
  }
  const text = String(pair[1]);
  const value =
    text === '+Inf' ? Infinity : Number(text.replace('Inf', 'Infinity'));
  return [pair[0], value];
}

/** Safe for labels such as `__proto__`, which a tenant may choose. */
function textsOf(metric: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(metric).map(([name, value]) => [name, String(value)]),
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
