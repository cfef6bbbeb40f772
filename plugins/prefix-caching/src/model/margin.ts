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

import { isPrefixScorer, scoreEndpoints } from 'prefix-caching-core/scoring';
import type { EndpointFigures } from 'prefix-caching-core/scoring';
import type { SchedulingProfile } from 'prefix-caching-core';

/** A warm replica and the others, as a what-if assumes them. */
export interface Situation {
  /** Share of the prompt that the warm replica holds, 0 to 1; the others hold nothing. */
  match: number;
  /** Requests waiting on the warm replica; none wait on the others. */
  waiting: number;
  /** KV cache in use on the warm replica, 0 to 1. */
  warmKv: number;
  /** KV cache in use on the best other one. */
  otherKv: number;
}

/**
 * Score of the warm replica − score of the best other one. Scorers about whose
 * figures a situation says nothing are taken to score both alike.
 */
export function marginOf(
  profile: SchedulingProfile,
  situation: Situation,
): number {
  const { match, waiting, warmKv, otherKv } = situation;
  const idle = { waiting: 0, running: 0, active: 0, activeTokens: 0 };
  const endpoints: EndpointFigures[] = [
    {
      ...idle,
      name: 'warm',
      prefixMatch: match,
      kvUsage: warmKv,
      waiting,
      active: waiting,
    },
    { ...idle, name: 'other', prefixMatch: 0, kvUsage: otherKv },
  ];
  const [warm, other] = scoreEndpoints({ profiles: [profile] }, endpoints);
  return warm.terms.reduce((margin, { term }, at) => {
    const otherTerm = other.terms[at].term;
    return term === undefined || otherTerm === undefined
      ? margin
      : margin + term - otherTerm;
  }, 0);
}

/**
 * The match from which a request stays on the warm replica; above 1 no prompt
 * is long enough, undefined where prefixes weigh nothing.
 */
export function crossingOf(
  profile: SchedulingProfile,
  situation: Omit<Situation, 'match'>,
): number | undefined {
  const weight = profile.scorers
    .filter(({ type }) => isPrefixScorer(type))
    .reduce((sum, scorer) => sum + scorer.weight, 0);
  // The margin grows with the match in a straight line, by that weight.
  const whole = marginOf(profile, { ...situation, match: 1 });
  return weight > 0 ? Math.max(0, 1 - whole / weight) : undefined;
}
