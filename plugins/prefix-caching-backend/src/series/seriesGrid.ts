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

import { InputError } from '@backstage/errors';

/** The points of a chart: the ends of whole steps since 1970. */
export interface SeriesGrid {
  from: number;
  to: number;
  stepMs: number;
  /** Milliseconds; the last may lie after `to`. */
  times: number[];
}

export const MAX_POINTS = 500;
const DEFAULT_RANGE_MS = 90 * 60_000;
const HOUR_MS = 3_600_000;

/**
 * The range and step of a query.
 *
 * @param finest - the shortest step that has a value of its own, in milliseconds
 * @throws InputError for times that are none, or that end before they begin
 */
export function rangeOf(
  query: { from?: string; to?: string },
  now: number,
): { from: number; to: number } {
  const to = query.to === undefined ? now : timeOf('to', query.to);
  const from =
    query.from === undefined
      ? to - DEFAULT_RANGE_MS
      : timeOf('from', query.from);
  if (from >= to) {
    throw new InputError(
      `from is ${new Date(from).toISOString()} and to is ${new Date(
        to,
      ).toISOString()}; expected from before to`,
    );
  }
  return { from, to };
}

/** Steps over a range: the one asked for, widened where it must be. */
export function gridOf(
  range: { from: number; to: number },
  asked: number | undefined,
  finestMs: number,
): SeriesGrid {
  const { from, to } = range;
  const wanted = Math.max(
    (asked ?? 0) * 1000,
    (to - from) / (MAX_POINTS - 1),
    finestMs,
  );
  // Whole seconds; and whole hours where hours are all that is kept.
  const unit = finestMs >= HOUR_MS ? HOUR_MS : 1000;
  const stepMs = Math.ceil(wanted / unit) * unit;
  const times: number[] = [];
  for (
    let time = (Math.floor(from / stepMs) + 1) * stepMs;
    time - stepMs < to;
    time += stepMs
  ) {
    times.push(time);
  }
  return { from, to, stepMs, times };
}

function timeOf(name: string, text: string): number {
  const time = Date.parse(text);
  if (!Number.isFinite(time)) {
    throw new InputError(
      `${name} is '${text}'; expected an ISO 8601 time such as 2026-11-22T12:00:00Z`,
    );
  }
  return time;
}
