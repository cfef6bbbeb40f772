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

import type {
  EndpointPickerConfig,
  SchedulingProfile,
  ScorerReference,
} from '../picker-config/types';
import { findScorer } from './scorers';
import type { EndpointFigures, EndpointScore, ScoreTerm } from './types';

/**
 * What each profile of a config would give each endpoint: Σ weight × score,
 * the scores held to 0…1 as the picker holds them (epp.md §3).
 *
 * A scorer that is not known, or lacks a figure, leaves its term and the total
 * `undefined`.
 *
 * @public
 */
export function scoreEndpoints(
  config: Pick<EndpointPickerConfig, 'profiles'>,
  endpoints: readonly EndpointFigures[],
): EndpointScore[] {
  return config.profiles.flatMap(({ name: profile, scorers }) =>
    endpoints.map(endpoint => {
      const terms = scorers.map(scorer =>
        scoreTerm(scorer, endpoint, endpoints),
      );
      return { endpoint: endpoint.name, profile, terms, total: sum(terms) };
    }),
  );
}

/**
 * The sum that decides, such as
 * `score = 2·queue + 2·kv-cache-utilization + 3·prefix-cache + 2·no-hit-lru`.
 *
 * @public
 */
export function finalScoreFormula(
  profile: Pick<SchedulingProfile, 'scorers'>,
): string {
  const terms = profile.scorers.map(
    ({ type, weight }) => `${weight}·${type.replace(/-scorer$/, '')}`,
  );
  return `score = ${terms.join(' + ') || '0'}`;
}

function scoreTerm(
  { name: scorer, type, weight }: ScorerReference,
  endpoint: EndpointFigures,
  endpoints: readonly EndpointFigures[],
): ScoreTerm {
  const raw = findScorer(type)?.score(endpoint, endpoints);
  if (raw === undefined) return { scorer, type, weight };
  const score = Math.min(1, Math.max(0, raw));
  return { scorer, type, weight, score, term: weight * score };
}

function sum(terms: readonly ScoreTerm[]): number | undefined {
  let total = 0;
  for (const { term } of terms) {
    if (term === undefined) return undefined;
    total += term;
  }
  return total;
}
