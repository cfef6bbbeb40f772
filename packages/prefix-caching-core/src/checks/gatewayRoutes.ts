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

import { describeObject, generatedNames, listAt, textAt } from '../kubernetes';
import type { KubernetesObject } from '../kubernetes';
import { isPool, modelOf, routesOf, rulesOf } from '../observation';
import type { Neighbour, Observation } from '../observation';
import {
  count,
  judge,
  kubectl,
  listed,
  objectEvidence,
  unanswered,
} from './judgement';
import { PROMPT_PATHS, promptTargets } from './routeMatching';
import type { PathTarget } from './routeMatching';
import type { Check, Evidence, Judgement } from './types';

function goesToPool({ backends }: PathTarget): boolean {
  const used = backends.filter(({ weight }) => weight > 0);
  return used.length > 0 && used.every(isPool);
}

function refusal(route: KubernetesObject): string | undefined {
  for (const parent of listAt(route, 'status', 'parents')) {
    for (const condition of listAt(parent, 'conditions')) {
      const type = textAt(condition, 'type') ?? '';
      if (
        ['Accepted', 'ResolvedRefs'].includes(type) &&
        textAt(condition, 'status') === 'False'
      ) {
        return `${type} is False: ${
          textAt(condition, 'message') ??
          textAt(condition, 'reason') ??
          'no reason given'
        }`;
      }
    }
  }
  return undefined;
}

/** Whether a gateway has accepted a route and resolved its backends. */
export function isAccepted(route: KubernetesObject): boolean {
  const conditions = listAt(route, 'status', 'parents').flatMap(parent =>
    listAt(parent, 'conditions'),
  );
  return ['Accepted', 'ResolvedRefs'].every(type =>
    conditions.some(
      condition =>
        textAt(condition, 'type') === type &&
        textAt(condition, 'status') === 'True',
    ),
  );
}

/** Neighbours that KServe's model routing cannot tell apart: it knows namespace and model name only. */
function collisions(
  observation: Observation,
  routes: KubernetesObject[],
): Neighbour[] {
  const model = modelOf(observation);
  const routesByModel = routes.some(route =>
    rulesOf(route).some(({ matches }) =>
      matches.some(match => listAt(match, 'headers').length > 0),
    ),
  );
  if (!model || !routesByModel) return [];
  return observation.neighbours.filter(
    ({ target, objects }) =>
      target.namespace === observation.target.namespace &&
      objects.some(
        object =>
          object.kind === 'LLMInferenceService' &&
          textAt(object, 'spec', 'model', 'name') === model,
      ),
  );
}

function routeEvidence(route: KubernetesObject): Evidence[] {
  return promptTargets(rulesOf(route)).map(target =>
    objectEvidence(
      route,
      `${target.request} → ${
        target.backends
          .map(({ kind, name }) => `${kind} ${name}`)
          .join(' + ') || 'nothing'
      }`,
    ),
  );
}

function judgeTargets(
  observation: Observation,
  routes: KubernetesObject[],
): Judgement | undefined {
  const targets = routes.flatMap(route => promptTargets(rulesOf(route)));
  const evidence = routes.flatMap(routeEvidence);
  const required = targets.filter(({ path }) => PROMPT_PATHS.includes(path));
  const reached = required.filter(goesToPool);
  const actual = `${reached.length} of ${required.length} prompt paths go to a pool`;
  const refused = routes
    .map(route => ({ route, reason: refusal(route) }))
    .find(({ reason }) => reason);
  if (refused) {
    return judge(
      'fail',
      'The gateway refuses the route.',
      `${describeObject(refused.route)}: ${refused.reason}`,
      {
        evidence,
        remedy: "Mend what the route's condition names.",
      },
    );
  }
  const around = required.filter(target => !goesToPool(target));
  if (required.length === 0 || around.length > 0) {
    const where = around[0]?.backends[0];
    return judge(
      'fail',
      required.length === 0
        ? 'No rule of the route takes a prompt path.'
        : `${around.length} of ${count(required.length, 'prompt path')} ${
            around.length === 1 ? 'goes' : 'go'
          } around the Endpoint Picker.`,
      around.length === 0
        ? actual
        : `${actual}; ${around[0].request} goes to ${
            where ? `${where.kind} ${where.name}` : 'nothing'
          }`,
      {
        evidence,
        remedy:
          'Send completions and chat completions to the InferencePool alone.',
        responsible: 'owner',
      },
    );
  }
  const same = collisions(observation, routes);
  return same.length > 0
    ? judge(
        'warn',
        'Services on one gateway share a model name: requests by that name reach only one.',
        `${actual}; model name shared with ${listed(
          same.map(({ target }) => target.name),
        )}`,
        {
          evidence,
          remedy: 'Give each service a model name of its own.',
          responsible: 'owner',
        },
      )
    : undefined;
}

function judgeRoutes({ observation }: { observation: Observation }): Judgement {
  const routes = routesOf(observation);
  if (routes.length === 0) {
    return (
      unanswered(observation, ['HTTPRoute'], 'prompt paths go to the pool') ??
      judge(
        'inconclusive',
        'No HTTPRoute of this service was found.',
        'no route',
      )
    );
  }
  const problem = judgeTargets(observation, routes);
  if (problem) return problem;
  const evidence = routes.flatMap(routeEvidence);
  const actual = 'every prompt path goes to a pool';
  if (observation.source === 'manifests') {
    return judge(
      'skipped',
      'Not decided from files: prompts go to a pool; whether the route is accepted shows in a cluster.',
      actual,
      { evidence },
    );
  }
  const waiting = routes.filter(route => !isAccepted(route));
  return waiting.length > 0
    ? judge(
        'inconclusive',
        'No gateway has accepted the route yet.',
        `${actual}; not accepted`,
        { evidence },
      )
    : judge(
        'pass',
        'Every prompt path goes to the pool, and the gateway accepts the route.',
        `${actual}; accepted`,
        { evidence },
      );
}

/** Whether prompts reach the pool at all. */
export const gatewayRoutes: Check = {
  id: 'gateway.routes',
  component: 'gateway',
  requirement: 'required',
  title: 'Prompt paths go to the pool',
  expected:
    'completions and chat completions go to an InferencePool, and the gateway accepted the route',
  responsible: 'platform',
  judge: judgeRoutes,
  commands: observation => {
    const { namespace, name } = observation.target;
    const [route] = routesOf(observation);
    return [
      kubectl(
        'the route, its backends and its conditions',
        'get',
        'httproute',
        route?.metadata.name ?? generatedNames(name).route,
        '-n',
        route?.metadata.namespace ?? namespace,
        '-o',
        'yaml',
      ),
    ];
  },
};
