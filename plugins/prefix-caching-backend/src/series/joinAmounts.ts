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

import { sumLatencies } from 'backstage-plugin-prefix-caching-common/core';
import { ADDED, AVERAGED, LATENCIES, type Amounts } from './types';

/**
 * What several windows hold together: counts added up, gauges averaged,
 * histograms merged. Figures that none of them knows stay unknown.
 */
export function joinAmounts(all: readonly Amounts[]): Amounts {
  const joined: Amounts = {};
  for (const key of ADDED) {
    joined[key] = sumOf(all.flatMap(each => each[key] ?? []));
  }
  for (const key of AVERAGED) {
    const known = all.flatMap(each => each[key] ?? []);
    const sum = sumOf(known);
    joined[key] = sum === undefined ? undefined : sum / known.length;
  }
  for (const key of LATENCIES) {
    joined[key] = sumLatencies(all.flatMap(each => each[key] ?? []));
  }
  return joined;
}

function sumOf(numbers: readonly number[]): number | undefined {
  return numbers.length ? numbers.reduce((sum, each) => sum + each) : undefined;
}
