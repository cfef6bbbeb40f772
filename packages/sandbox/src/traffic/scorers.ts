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

/** What the EPP knows of an endpoint when it scores it. */
export interface Candidate {
  pod: string;
  /** Share of the prompt's blocks it is believed to hold. */
  prefixRatio: number;
  waiting: number;
  running: number;
  kvUsage: number;
  /** Position among the endpoints by their last cold request, oldest first. */
  coldRank: number;
}

type Score = (candidates: Candidate[]) => number[];

/** A score from 0 to 1 per endpoint, by plugin type; an unknown scorer gives 0 to all. */
export const SCORERS: Record<string, Score> = {
  'prefix-cache-scorer': candidates => candidates.map(one => one.prefixRatio),
  'precise-prefix-cache-scorer': candidates =>
    candidates.map(one => one.prefixRatio),
  'queue-scorer': candidates => fewestFirst(candidates.map(one => one.waiting)),
  'running-requests-size-scorer': candidates =>
    fewestFirst(candidates.map(one => one.running)),
  'active-request-scorer': candidates => {
    const most = Math.max(...candidates.map(one => one.running), 1);
    return candidates.map(one => (most - one.running) / most);
  },
  'kv-cache-utilization-scorer': candidates =>
    candidates.map(one => 1 - one.kvUsage),
  'load-aware-scorer': candidates =>
    candidates.map(one => 0.5 * (1 - Math.min(one.waiting, 128) / 128)),
  'no-hit-lru-scorer': candidates => {
    const warm = candidates.some(one => one.prefixRatio > 0);
    const last = Math.max(1, candidates.length - 1);
    return candidates.map(one => (warm ? 0.5 : 1 - one.coldRank / last));
  },
};

function fewestFirst(values: number[]): number[] {
  const most = Math.max(...values);
  const least = Math.min(...values);
  if (most === least) return values.map(() => 1);
  return values.map(value => (most - value) / (most - least));
}
