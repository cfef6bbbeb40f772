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

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Stands for a value that does not exist; never 0, never empty. */
export const MISSING = '–';

/** A ratio of 0 to 1 as per cent, in the user's locale. */
export function formatRatio(ratio: number | undefined, digits = 1): string {
  return ratio === undefined
    ? MISSING
    : new Intl.NumberFormat(undefined, {
        style: 'percent',
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
      }).format(ratio);
}

/** A count, grouped. */
export function formatCount(count: number | undefined): string {
  return count === undefined
    ? MISSING
    : new Intl.NumberFormat(undefined, { maximumFractionDigits: 0 }).format(
        count,
      );
}

/** A weight or a score: no more digits than it has. */
export function formatWeight(weight: number): string {
  return new Intl.NumberFormat(undefined, { maximumFractionDigits: 2 }).format(
    weight,
  );
}

/** A latency: seconds with two decimals, milliseconds under 0.01 s. */
export function formatLatency(seconds: number | undefined): string {
  if (seconds === undefined) {
    return MISSING;
  }
  return seconds < 0.01
    ? formatUnit(seconds * 1000, 'millisecond', 1)
    : formatUnit(seconds, 'second', 2);
}

/** An age or a duration: seconds to 90 s, then minutes, hours, days. */
export function formatDuration(milliseconds: number): string {
  const elapsed = Math.max(0, milliseconds);
  if (elapsed < 90 * SECOND) {
    return formatUnit(Math.round(elapsed / SECOND), 'second');
  }
  if (elapsed < 90 * MINUTE) {
    return formatUnit(Math.round(elapsed / MINUTE), 'minute');
  }
  if (elapsed < DAY) {
    return twoUnits(elapsed, HOUR, 'hour', MINUTE, 'minute');
  }
  return twoUnits(elapsed, DAY, 'day', HOUR, 'hour');
}

/** Today the time, this week also the day, before that the date alone. */
export function formatMoment(iso: string, now: number): string {
  const moment = new Date(iso);
  const time: Intl.DateTimeFormatOptions = { timeStyle: 'short' };
  if (moment.toDateString() === new Date(now).toDateString()) {
    return new Intl.DateTimeFormat(undefined, time).format(moment);
  }
  return new Intl.DateTimeFormat(
    undefined,
    now - moment.getTime() < 6 * DAY
      ? { weekday: 'short', hour: 'numeric', minute: '2-digit' }
      : { day: 'numeric', month: 'short' },
  ).format(moment);
}

/** A time of day with its seconds. */
export function formatClock(moment: number): string {
  return new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' }).format(
    moment,
  );
}

/** A moment with its day, for tables and descriptions. */
export function formatMomentLong(moment: number): string {
  return new Intl.DateTimeFormat(undefined, {
    dateStyle: 'medium',
    timeStyle: 'short',
  }).format(moment);
}

/** A whole day. */
export function formatDay(moment: number): string {
  return new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' }).format(
    moment,
  );
}

/** A tick of a time line: the time of day, at midnight or over days the date. */
export function formatTick(moment: number, wholeDays: boolean): string {
  return new Intl.DateTimeFormat(
    undefined,
    wholeDays
      ? { day: 'numeric', month: 'short' }
      : { hour: '2-digit', minute: '2-digit' },
  ).format(moment);
}

/** The user's time zone, such as `Europe/Berlin`. */
export function timeZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** A score with its sign. */
export function formatMargin(margin: number): string {
  return new Intl.NumberFormat(undefined, {
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
    signDisplay: 'exceptZero',
  }).format(margin);
}

/** A score: always two decimals, so that a column of them can be compared. */
export function formatScore(score: number | undefined): string {
  return score === undefined
    ? MISSING
    : new Intl.NumberFormat(undefined, {
        minimumFractionDigits: 2,
        maximumFractionDigits: 2,
      }).format(score);
}

/** A whole list in words: `a, b and c`. */
export function formatList(items: string[]): string {
  return new Intl.ListFormat(undefined, { type: 'conjunction' }).format(items);
}

function formatUnit(value: number, unit: string, digits = 0): string {
  return new Intl.NumberFormat(undefined, {
    style: 'unit',
    unit,
    unitDisplay: 'short',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(value);
}

function twoUnits(
  elapsed: number,
  large: number,
  largeUnit: string,
  small: number,
  smallUnit: string,
): string {
  const whole = Math.floor(elapsed / large);
  const rest = Math.floor((elapsed % large) / small);
  return [
    formatUnit(whole, largeUnit),
    ...(rest > 0 ? [formatUnit(rest, smallUnit)] : []),
  ].join(' ');
}
