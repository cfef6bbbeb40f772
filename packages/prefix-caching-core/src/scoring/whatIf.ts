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
import { affinityMargin, type AffinityMargin } from './affinityMargin';
import { rankEndpoints, type Ranking } from './rankEndpoints';
import { scoreEndpoints } from './scoreEndpoints';
import type { EndpointFigures, EndpointScore } from './types';

/** What a profile decides with its weights, on the same figures. @public */
export interface WeighedOutcome extends Ranking {
  scores: EndpointScore[];
  /** When a request leaves the replica that holds all of its prefix. */
  affinity: AffinityMargin;
}

/** What other weights would change in one profile. @public */
export interface WhatIfOutcome {
  profile: string;
  before: WeighedOutcome;
  after: WeighedOutcome;
  /** Who wins before and after, by how much, in sentences. */
  summary: string;
}

/**
 * A config with other weights, by the scorers' names or plugin types; the name
 * comes first where both are given, and scorers that are not named keep theirs.
 *
 * @public
 */
export function withWeights<
  Config extends Pick<EndpointPickerConfig, 'profiles'>,
>(config: Config, weights: Readonly<Record<string, number>>): Config {
  const weightOf = (key: string) =>
    Object.hasOwn(weights, key) ? weights[key] : undefined;
  return {
    ...config,
    profiles: config.profiles.map(profile => ({
      ...profile,
      scorers: profile.scorers.map(scorer => ({
        ...scorer,
        weight: weightOf(scorer.name) ?? weightOf(scorer.type) ?? scorer.weight,
      })),
    })),
  };
}

/**
 * Of the names that weights are given for, those that no scorer of the config
 * has, neither as name nor as plugin type.
 *
 * @public
 */
export function unknownScorers(
  config: Pick<EndpointPickerConfig, 'profiles'>,
  weights: Readonly<Record<string, number>>,
): string[] {
  const known = new Set(
    config.profiles.flatMap(({ scorers }) =>
      scorers.flatMap(({ name, type }) => [name, type]),
    ),
  );
  return Object.keys(weights).filter(name => !known.has(name));
}

/**
 * What other weights would change for a request that arrives now: scores,
 * ranking and affinity, profile by profile, with the present weights and with
 * those.
 *
 * @public
 */
export function whatIf(
  config: Pick<EndpointPickerConfig, 'profiles'>,
  endpoints: readonly EndpointFigures[],
  weights: Readonly<Record<string, number>>,
): WhatIfOutcome[] {
  const changed = withWeights(config, weights);
  return config.profiles.map((profile, at) => {
    const before = weigh(profile, endpoints);
    const after = weigh(changed.profiles[at], endpoints);
    const changes = changed.profiles[at].scorers
      .filter(({ weight }, n) => weight !== profile.scorers[n].weight)
      .map(({ name, weight }) => `${name} ${weight}`);
    return {
      profile: profile.name,
      before,
      after,
      summary: changes.length
        ? `With the present weights ${tell(before)}. With ${changes.join(
            ', ',
          )} ${tell(after)}.`
        : `With the present weights ${tell(before)}; nothing was changed.`,
    };
  });
}

function weigh(
  profile: SchedulingProfile,
  endpoints: readonly EndpointFigures[],
): WeighedOutcome {
  const scores = scoreEndpoints({ profiles: [profile] }, endpoints);
  const [affinity] = affinityMargin({ profiles: [profile] });
  return { scores, affinity, ...rankEndpoints(scores) };
}

function tell({ ranking, takenAsEqual }: Ranking): string {
  const [first, second] = ranking;
  if (!first) return 'there is no replica to score';
  const open = takenAsEqual.length
    ? `, ${takenAsEqual.join(' and ')} left out`
    : '';
  const winners = ranking.filter(({ rank }) => rank === 1);
  if (winners.length > 1) {
    const names = winners.map(({ endpoint }) => endpoint).join(' and ');
    return `${names} tie at ${show(first.score)}${open}: chance decides`;
  }
  return second
    ? `${first.endpoint} wins with ${show(first.score)} against ${show(
        second.score,
      )} of ${second.endpoint}, ${show(
        first.score - second.score,
      )} ahead${open}`
    : `${first.endpoint} gets ${show(
        first.score,
      )}${open}, and there is no other replica`;
}

function show(score: number): string {
  return score.toFixed(2);
}
