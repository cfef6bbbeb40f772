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

import type { SeriesReport } from 'backstage-plugin-prefix-caching-common';
import { OBSERVED_AT } from './targets';

const MINUTE = 60_000;
const STEPS = 90;

/** What a fixture's lines do on the way. */
interface Course {
  predicted: number;
  delivered: number;
  firstToken: number;
  /** Minutes before the end at which requests start to bypass the picker. */
  bypassedFor?: number;
  /** Minutes before the end at which the last request came. */
  idleFor?: number;
}

/** An hour and a half up to the fixtures' observation, one point a minute. */
export function seriesOf(targetId: string, course: Course): SeriesReport {
  const to = Date.parse(OBSERVED_AT);
  const times = Array.from(
    { length: STEPS },
    (_, index) => to - (STEPS - 1 - index) * MINUTE,
  );
  const line = (
    value: (minutesLeft: number, index: number) => number | null,
  ): [number, number | null][] =>
    times.map((time, index) => [time, value((to - time) / MINUTE, index)]);
  const wave = (index: number) => Math.sin(index * 1.7) * 0.008;
  const idle = (left: number) => left < (course.idleFor ?? -1);
  const bypassed = (left: number) => left < (course.bypassedFor ?? -1);
  return {
    targetId,
    from: new Date(to - STEPS * MINUTE).toISOString(),
    to: OBSERVED_AT,
    stepSeconds: 60,
    source: 'samples',
    series: [
      {
        figure: 'predicted-hit-ratio',
        points: line((left, index) =>
          idle(left) || bypassed(left) ? null : course.predicted + wave(index),
        ),
      },
      {
        figure: 'delivered-hit-ratio',
        points: line((left, index) => {
          if (idle(left)) {
            return null;
          }
          return (bypassed(left) ? 0.27 : course.delivered) + wave(index + 1);
        }),
      },
      {
        figure: 'request-rate',
        points: line(left => (idle(left) ? 0 : 1.4)),
      },
      {
        figure: 'time-to-first-token-p50',
        points: line((left, index) =>
          idle(left)
            ? null
            : course.firstToken * (bypassed(left) ? 2 : 1 + wave(index)),
        ),
      },
      {
        figure: 'time-to-first-token-p95',
        points: line((left, index) =>
          idle(left)
            ? null
            : 3.5 * course.firstToken * (bypassed(left) ? 2 : 1 + wave(index)),
        ),
      },
    ],
    events:
      course.bypassedFor === undefined
        ? [
            {
              at: new Date(to - 72 * MINUTE).toISOString(),
              kind: 'scale',
              summary: 'Scaled from 2 to 3 replicas.',
            },
            {
              at: new Date(to - 45 * MINUTE).toISOString(),
              kind: 'router-restart',
              summary: 'The endpoint picker restarted; its index is empty.',
            },
          ]
        : [
            {
              at: new Date(to - 89.5 * MINUTE).toISOString(),
              kind: 'verdict',
              verdict: 'pass',
              summary: 'Prefix caching works.',
            },
            {
              at: new Date(to - course.bypassedFor * MINUTE).toISOString(),
              kind: 'verdict',
              verdict: 'fail',
              summary: 'Requests bypass the endpoint picker.',
            },
          ],
    gaps: [],
  };
}

/** Moves a report's points by so many milliseconds; its times in words are moved elsewhere. */
export function shiftPoints(report: SeriesReport, by: number): SeriesReport {
  return {
    ...report,
    series: report.series.map(each => ({
      ...each,
      points: each.points.map(([time, value]) => [time + by, value]),
    })),
  };
}
