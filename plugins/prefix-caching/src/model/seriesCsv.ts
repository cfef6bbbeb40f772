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

import type { TargetEvent } from 'backstage-plugin-prefix-caching-common';
import type { SeriesRow } from './series';
import { eventsWithin, verdictAt } from './timeline';
import type { VerdictStretch } from './timeline';

const COLUMNS = [
  'time',
  'predicted_hit_ratio',
  'delivered_hit_ratio',
  'time_to_first_token_p50_seconds',
  'time_to_first_token_p95_seconds',
  'verdict',
  'events',
];

/**
 * The figures of one target as comma separated values, RFC 4180: times in ISO
 * 8601, ratios 0 to 1, a figure that is not known as an empty field.
 */
export function seriesCsv(
  rows: SeriesRow[],
  stretches: VerdictStretch[],
  events: TargetEvent[],
): string {
  const lines = rows.map((row, index) =>
    [
      new Date(row.time).toISOString(),
      row['predicted-hit-ratio'],
      row['delivered-hit-ratio'],
      row['time-to-first-token-p50'],
      row['time-to-first-token-p95'],
      verdictAt(stretches, row.time),
      eventsWithin(events, rows[index - 1]?.time ?? -Infinity, row.time)
        .map(({ summary }) => summary)
        .join('; '),
    ]
      .map(value => field(value ?? ''))
      .join(','),
  );
  return [COLUMNS.join(','), ...lines, ''].join('\r\n');
}

function field(value: string | number): string {
  const text = String(value);
  // A spreadsheet would run what begins like a formula.
  const safe =
    /^[=+\-@\t\r]/.test(text) && Number.isNaN(Number(text)) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}
