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

import type { Verdict } from 'prefix-caching-core';
import type {
  SeriesReport,
  TargetEvent,
  TargetReport,
} from 'backstage-plugin-prefix-caching-common';

/** A stretch of time with one overall verdict. */
export interface VerdictStretch {
  from: number;
  to: number;
  /** Undefined where it is not known. */
  verdict?: Verdict;
}

/** The overall verdict of a target over the time of a report. */
export function verdictStretches(
  target: TargetReport,
  report: SeriesReport,
): VerdictStretch[] {
  const from = Date.parse(report.from);
  const to = Date.parse(report.to);
  const changes = report.events
    .filter(({ kind, verdict }) => kind === 'verdict' && verdict !== undefined)
    .map(({ at, verdict }) => ({ at: Date.parse(at), verdict }))
    .sort((a, b) => a.at - b.at);
  const current = target.verification?.verdict;
  const since =
    target.since === undefined ? undefined : Date.parse(target.since);
  if (changes.length === 0) {
    const start = Math.max(from, since ?? to);
    return [
      ...(start > from ? [{ from, to: start }] : []),
      ...(start < to ? [{ from: start, to, verdict: current }] : []),
    ];
  }
  const before = changes.filter(({ at }) => at <= from).at(-1);
  const within = changes.filter(({ at }) => at > from && at < to);
  return [{ at: from, verdict: before?.verdict }, ...within].map(
    ({ at, verdict }, index) => ({
      from: at,
      to: within[index]?.at ?? to,
      verdict,
    }),
  );
}

/** What is known to have happened at a time, of a stretch that ends there. */
export function eventsWithin(
  events: TargetEvent[],
  from: number,
  to: number,
): TargetEvent[] {
  return events.filter(({ at }) => {
    const time = Date.parse(at);
    return time > from && time <= to;
  });
}

/** The verdict at a time. */
export function verdictAt(
  stretches: VerdictStretch[],
  time: number,
): Verdict | undefined {
  return stretches.find(stretch => time > stretch.from && time <= stretch.to)
    ?.verdict;
}
