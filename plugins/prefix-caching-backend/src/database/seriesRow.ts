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

import type { LatencySummary } from 'backstage-plugin-prefix-caching-common/core';
import {
  ADDED,
  AVERAGED,
  LATENCIES,
  type Amounts,
  type Grain,
  type SeriesWindow,
} from '../series/types';

/** A row of `series_windows`; PostgreSQL gives big integers as text. */
export type SeriesRow = Record<string, string | number | null>;

type AmountKey = keyof Amounts;

/** The column of each figure: of `queryTokens` it is `query_tokens`. */
const COLUMNS = new Map(
  [...ADDED, ...AVERAGED, ...LATENCIES].map(key => [
    key as AmountKey,
    key.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`),
  ]),
);

export function columnOf(key: AmountKey): string {
  return COLUMNS.get(key) ?? key;
}

export function seriesRow(
  targetId: string,
  grain: Grain,
  { pod, startedAt, endedAt, amounts }: SeriesWindow,
): SeriesRow {
  const row: SeriesRow = {
    target_id: targetId,
    grain,
    ended_at: endedAt,
    pod,
    started_at: startedAt,
  };
  for (const key of [...ADDED, ...AVERAGED]) {
    row[columnOf(key)] = amounts[key] ?? null;
  }
  for (const key of LATENCIES) {
    const latency = amounts[key];
    row[columnOf(key)] = latency ? JSON.stringify(latency) : null;
  }
  return row;
}

/** The figures of a row that are numbers. */
export function amountsOf(row: SeriesRow): Amounts {
  const amounts: Amounts = {};
  for (const key of [...ADDED, ...AVERAGED]) {
    const value = row[columnOf(key)];
    if (value !== null && value !== undefined) {
      amounts[key] = Number(value);
    }
  }
  return amounts;
}

/** The histograms of a row. */
export function latenciesOf(row: SeriesRow): Amounts {
  const amounts: Amounts = {};
  for (const key of LATENCIES) {
    const text = row[columnOf(key)];
    if (typeof text === 'string') {
      amounts[key] = JSON.parse(text) as LatencySummary;
    }
  }
  return amounts;
}
