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

import { InputError, NotFoundError } from '@backstage/errors';
import type {
  TargetReport,
  WhatIfReport,
  WhatIfRequest,
} from 'backstage-plugin-prefix-caching-common';
import {
  assumePrefixMatch,
  endpointFigures,
  unknownScorers,
  whatIf,
} from 'backstage-plugin-prefix-caching-common/core';
import type { PluginRouter, RouterOptions } from './createRouter';

export function whatIfRoutes(
  router: PluginRouter,
  { access, reporter }: RouterOptions,
) {
  router.post('/entities/:kind/:namespace/:name/what-if', async (req, res) => {
    const accessed = await access.read(req, req.params);
    const request: WhatIfRequest = req.body;
    const { targetId } = request;
    await reporter.findTarget(accessed, targetId);
    // Not the record itself: what is withheld from the tab is withheld here.
    const { targets } = await reporter.report(accessed, { run: false });
    const target = targets.find(each => each.targetId === targetId);
    res.json(reportOf(request, target));
  });
}

/**
 * @throws NotFoundError where no weights or replicas were read yet.
 * @throws InputError for scorers that the profiles do not have.
 */
function reportOf(
  { targetId, weights, prefixMatch }: WhatIfRequest,
  target: TargetReport | undefined,
): WhatIfReport {
  const config = target?.policy?.config;
  if (!target || !config) {
    throw new NotFoundError(
      `Target '${targetId}' has no routing policy that was read: its Endpoint Picker's configuration is missing, unreadable or not shown to you. Verify it first, and see its finding router.scorers.`,
    );
  }
  const pods = target.engines.map(({ pod }) => pod);
  if (pods.length === 0) {
    throw new NotFoundError(
      `Target '${targetId}' has no replica to score. See its finding engine.replicas.`,
    );
  }
  const unknown = unknownScorers(config, weights);
  if (unknown.length > 0) {
    const known = config.profiles.flatMap(({ scorers }) =>
      scorers.map(({ name }) => name),
    );
    throw new InputError(
      `weights names ${unknown.join(
        ', ',
      )}, but the profiles have no such scorer; expected ${[
        ...new Set(known),
      ].join(', ')}.`,
    );
  }
  const assumed = assumption(target, pods, prefixMatch);
  const endpoints = endpointFigures(
    target.router?.metrics,
    Object.fromEntries(
      target.engines.map(({ pod, metrics }) => [pod, metrics]),
    ),
    assumed.prefixMatch,
  );
  const outcomes = whatIf(config, endpoints, weights);
  return {
    targetId,
    live: outcomes.flatMap(({ before }) => before.scores),
    changed: outcomes.flatMap(({ after }) => after.scores),
    outcomes,
    assumed,
    sampledAt: target.sampledAt,
  };
}

/** @throws InputError for pods that are no replicas of the target. */
function assumption(
  { router }: TargetReport,
  pods: readonly string[],
  given: Record<string, number> | undefined,
): WhatIfReport['assumed'] {
  if (given) {
    const foreign = Object.keys(given).filter(pod => !pods.includes(pod));
    if (foreign.length > 0) {
      throw new InputError(
        `prefixMatch names ${foreign.join(
          ', ',
        )}, which are no replicas of this target; expected ${pods.join(', ')}.`,
      );
    }
    const matchOf = new Map(Object.entries(given));
    return {
      prefixMatch: Object.fromEntries(
        pods.map(pod => [pod, matchOf.get(pod) ?? 0]),
      ),
      reason: 'As asked; a replica that was not named holds nothing.',
    };
  }
  const { metrics, increase } = router ?? {};
  const typical = assumePrefixMatch(
    metrics && {
      predictedHitRatio:
        increase?.predictedHitRatio === undefined
          ? metrics.predictedHitRatio
          : { mean: increase.predictedHitRatio },
      picksByEndpoint: metrics.picksByEndpoint,
    },
    pods,
  );
  return typical
    ? {
        prefixMatch: typical,
        reason:
          'A typical request: the replica picked most often holds as much of it as the picker predicts on average, the others nothing.',
      }
    : {
        prefixMatch: Object.fromEntries(
          pods.map((pod, at) => [pod, at === 0 ? 1 : 0]),
        ),
        reason: `The picker has not predicted anything yet, or does not show which replicas it picks: ${pods[0]} is taken to hold the whole prompt, the others nothing.`,
      };
}
