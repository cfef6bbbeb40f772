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

/** A range that the charts can show. */
export type Range = '90min' | '24h' | '7d';

const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** Length and step in seconds. */
export const RANGES: Record<Range, { seconds: number; step: number }> = {
  '90min': { seconds: 90 * MINUTE, step: MINUTE },
  '24h': { seconds: 24 * HOUR, step: 10 * MINUTE },
  '7d': { seconds: 7 * 24 * HOUR, step: HOUR },
};

/** All ranges, the shortest first. */
export const RANGE_IDS: readonly Range[] = ['90min', '24h', '7d'];

/**
 * The step to ask for: never so short that a back end that samples once per
 * interval would leave every other step empty.
 */
export function stepOf(range: Range, intervalSeconds: number): number {
  return Math.max(RANGES[range].step, 2 * intervalSeconds);
}

/** Round times of a range in the user's zone: half hours, quarters of a day, days. */
export function roundTicks(range: Range, from: number, to: number): number[] {
  const tick = new Date(from);
  tick.setSeconds(0, 0);
  if (range === '90min') {
    tick.setMinutes(tick.getMinutes() < 30 ? 0 : 30);
  } else {
    tick.setMinutes(0);
    tick.setHours(range === '24h' ? Math.floor(tick.getHours() / 6) * 6 : 0);
  }
  const ticks: number[] = [];
  while (tick.getTime() <= to) {
    if (tick.getTime() >= from) {
      ticks.push(tick.getTime());
    }
    // Through the calendar, since a day is not always 24 hours long.
    if (range === '90min') {
      tick.setMinutes(tick.getMinutes() + 30);
    } else if (range === '24h') {
      tick.setHours(tick.getHours() + 6);
    } else {
      tick.setDate(tick.getDate() + 1);
    }
  }
  return ticks;
}
