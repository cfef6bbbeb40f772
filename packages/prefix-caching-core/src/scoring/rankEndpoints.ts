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

import type { EndpointScore } from './types';

/** An endpoint's place among all of a profile. @public */
export interface RankedEndpoint {
  endpoint: string;
  /** The sum of the terms that are known of every endpoint. */
  score: number;
  /** From 1; endpoints with the same score share a rank, and the picker chooses among them at random. */
  rank: number;
}

/** The endpoints of a profile, the best first. @public */
export interface Ranking {
  ranking: RankedEndpoint[];
  /** Scorers of which a figure or the formula is not known for every endpoint; they are left out. */
  takenAsEqual: string[];
}

/** Sums that differ by less differ by rounding alone. */
const SAME = 1e-9;

/**
 * Ranks the endpoints of one profile by their scores (epp.md §3: the picker
 * takes the highest sum, ties at random).
 *
 * @public
 */
export function rankEndpoints(scores: readonly EndpointScore[]): Ranking {
  const scorers = scores[0]?.terms.map(({ scorer }) => scorer) ?? [];
  const isKnown = scorers.map((_, at) =>
    scores.every(({ terms }) => terms[at].term !== undefined),
  );
  const sums = scores
    .map(({ endpoint, terms }) => ({
      endpoint,
      score: terms.reduce(
        (sum, { term = 0 }, at) => (isKnown[at] ? sum + term : sum),
        0,
      ),
    }))
    .sort((a, b) => b.score - a.score);
  let rank = 1;
  const ranking = sums.map(({ endpoint, score }, at) => {
    if (at > 0 && sums[at - 1].score - score > SAME) rank = at + 1;
    return { endpoint, score, rank };
  });
  return { ranking, takenAsEqual: scorers.filter((_, at) => !isKnown[at]) };
}
