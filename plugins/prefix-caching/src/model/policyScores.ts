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

import {
  endpointFigures,
  isPrefixScorer,
  rankEndpoints,
  scoreEndpoints,
} from 'prefix-caching-core/scoring';
import type {
  EndpointScore,
  RankedEndpoint,
} from 'prefix-caching-core/scoring';
import type { SchedulingProfile } from 'prefix-caching-core';
import type { TargetReport } from 'backstage-plugin-prefix-caching-common';
import { requestShare } from './figures';

/** The mean share of a prompt that the picker believed cached where it sent it, 0 to 1. */
export function typicalMatch({ router }: TargetReport): number | undefined {
  return (
    router?.increase?.predictedHitRatio ??
    router?.metrics?.predictedHitRatio?.mean
  );
}

/** The profile whose scorers weigh prefixes; the first where none does. */
export function prefixProfile(
  profiles: SchedulingProfile[],
): SchedulingProfile | undefined {
  return (
    profiles.find(({ scorers }) =>
      scorers.some(({ type, weight }) => isPrefixScorer(type) && weight > 0),
    ) ?? profiles[0]
  );
}

/** The replicas under a profile, the best first. */
export interface ScoresNow {
  /** The pod that stands for the warm one. */
  warm: string;
  scores: (EndpointScore & RankedEndpoint)[];
  /** Scorers that are left out, since a figure of theirs is not known of every replica. */
  leftOut: string[];
}

/**
 * What each replica would score now for a request of which the warm one holds
 * a share of `prefixMatch`.
 *
 * Nothing tells which replica holds a given prefix, so the one that gets most
 * requests stands for the warm one.
 */
export function scoresNow(
  target: TargetReport,
  profile: SchedulingProfile,
  prefixMatch: number,
): ScoresNow | undefined {
  const [warm] = [...target.engines].sort(
    (a, b) => (requestShare(target, b) ?? 0) - (requestShare(target, a) ?? 0),
  );
  if (warm === undefined) {
    return undefined;
  }
  const endpoints = endpointFigures(
    target.router?.metrics,
    Object.fromEntries(
      target.engines.map(({ pod, metrics }) => [pod, metrics]),
    ),
    Object.fromEntries(
      target.engines.map(({ pod }) => [
        pod,
        pod === warm.pod ? prefixMatch : 0,
      ]),
    ),
  );
  const scores = scoreEndpoints({ profiles: [profile] }, endpoints);
  const { ranking, takenAsEqual } = rankEndpoints(scores);
  return {
    warm: warm.pod,
    scores: ranking.flatMap(ranked =>
      scores
        .filter(({ endpoint }) => endpoint === ranked.endpoint)
        .map(score => ({ ...score, ...ranked })),
    ),
    leftOut: takenAsEqual,
  };
}
