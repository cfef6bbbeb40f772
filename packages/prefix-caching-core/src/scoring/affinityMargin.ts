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
} from '../picker-config/types';
import { scoreEndpoints } from './scoreEndpoints';
import { isPrefixScorer } from './scorers';
import type { EndpointFigures } from './types';

/** What to assume of the replica that holds a prefix and of the best other one, which holds nothing of it. @public */
export interface AffinityAssumptions {
  /** The share of the prompt that the warm replica holds, 0 to 1; default 1. */
  prefixMatch?: number;
  /** KV cache in use, 0 to 1; default 0 for both. */
  warmKvUsage?: number;
  otherKvUsage?: number;
}

/**
 * By how much a profile keeps a request on the replica that holds its prefix:
 * the warm replica's score minus the best other one's. Below zero it leaves.
 *
 * @public
 */
export interface AffinityMargin {
  profile: string;
  /** The margin when nobody waits anywhere. */
  marginIdle: number;
  /** The margin when one request waits on the warm replica and none elsewhere. */
  marginOneWaiting: number;
  /**
   * The prefix match from which the request stays, in each case. Above 1 no
   * prefix is long enough; `undefined` without a weighed prefix scorer.
   */
  prefixMatchNeededIdle?: number;
  prefixMatchNeededOneWaiting?: number;
  /** Scorers about whose figures nothing is assumed; they are taken to score both alike. */
  takenAsEqual: string[];
}

/**
 * When affinity loses (epp.md §3), for each profile of a config.
 *
 * A waiting request is also one in flight, so it counts for the queue scorers
 * and for active-request-scorer alike.
 *
 * @public
 */
export function affinityMargin(
  config: Pick<EndpointPickerConfig, 'profiles'>,
  assumptions: AffinityAssumptions = {},
): AffinityMargin[] {
  return config.profiles.map(profile => {
    const idle = compare(profile, 0, assumptions);
    const oneWaiting = compare(profile, 1, assumptions);
    return {
      profile: profile.name,
      marginIdle: idle.margin,
      marginOneWaiting: oneWaiting.margin,
      prefixMatchNeededIdle: idle.needed,
      prefixMatchNeededOneWaiting: oneWaiting.needed,
      takenAsEqual: idle.unknown,
    };
  });
}

function compare(
  profile: SchedulingProfile,
  waiting: number,
  assumptions: AffinityAssumptions,
): { margin: number; needed?: number; unknown: string[] } {
  const { prefixMatch = 1, warmKvUsage = 0, otherKvUsage = 0 } = assumptions;
  const idle = { waiting: 0, running: 0, active: 0, activeTokens: 0 };
  const endpoints: EndpointFigures[] = [
    {
      ...idle,
      name: 'warm',
      prefixMatch,
      kvUsage: warmKvUsage,
      waiting,
      active: waiting,
    },
    { ...idle, name: 'other', prefixMatch: 0, kvUsage: otherKvUsage },
  ];
  const [warm, other] = scoreEndpoints({ profiles: [profile] }, endpoints);

  let margin = 0;
  let againstPrefix = 0;
  let prefixWeight = 0;
  const unknown: string[] = [];
  warm.terms.forEach(({ scorer, type, weight, term }, at) => {
    const otherTerm = other.terms[at].term;
    if (term === undefined || otherTerm === undefined) {
      unknown.push(scorer);
      return;
    }
    margin += term - otherTerm;
    if (isPrefixScorer(type)) prefixWeight += weight;
    else againstPrefix += otherTerm - term;
  });
  // The prefix term alone grows with the match, in a straight line.
  const needed =
    prefixWeight > 0 ? Math.max(0, againstPrefix / prefixWeight) : undefined;
  return { margin, needed, unknown };
}
