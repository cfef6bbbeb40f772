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

import { at, LABELS } from '../kubernetes';
import type { KubernetesObject } from '../kubernetes';
import { objectsOf } from '../observation';
import type { Observation } from '../observation';
import { selects } from './policyEvaluation';
import { ownPeers } from './requiredFlows';

/** Every service of the target's namespace that is known, the target's first. */
function serviceNames(observation: Observation): string[] {
  const { namespace, name } = observation.target;
  return [
    ...new Set([
      name,
      ...objectsOf(observation, 'LLMInferenceService')
        .filter(({ metadata }) => metadata.namespace === namespace)
        .map(({ metadata }) => metadata.name),
      ...objectsOf(observation, 'Pod')
        .filter(({ metadata }) => metadata.namespace === namespace)
        .flatMap(({ metadata }) => metadata.labels?.[LABELS.name] ?? []),
      ...observation.neighbours
        .filter(({ target }) => target.namespace === namespace)
        .map(({ target }) => target.name),
    ]),
  ];
}

/** The service a policy is meant for by its name or selector: the longest name it mentions. */
function meantFor(
  policy: KubernetesObject,
  names: readonly string[],
): string | undefined {
  const words = `${policy.metadata.name} ${JSON.stringify(
    at(policy, 'spec', 'podSelector'),
  )}`;
  return names
    .filter(name => new RegExp(`(?<![a-z0-9])${name}(?![a-z0-9])`).test(words))
    .sort((a, b) => b.length - a.length)[0];
}

/** Policies of a namespace without effect. */
export interface IdlePolicies {
  /** Meant for the target by their name or selector. */
  own: KubernetesObject[];
  /** Meant for no service in particular, and so a hole for each that has no policy of its own. */
  anybodys: KubernetesObject[];
}

/**
 * Policies of the target's namespace that select no pod there is. Those meant
 * for another service are that service's business.
 */
export function idlePolicies(
  observation: Observation,
  policies: readonly KubernetesObject[],
): IdlePolicies {
  const { engine, picker } = ownPeers(observation);
  const { namespace, name } = observation.target;
  const pods = objectsOf(observation, 'Pod').map(pod => ({
    name: '',
    namespace: pod.metadata.namespace ?? 'default',
    labels: pod.metadata.labels ?? {},
  }));
  const names = serviceNames(observation);
  const idle = policies.filter(
    policy =>
      (policy.metadata.namespace ?? 'default') === namespace &&
      ![engine, picker, ...pods].some(peer => selects(policy, peer)),
  );
  return {
    own: idle.filter(policy => meantFor(policy, names) === name),
    anybodys: idle.filter(policy => meantFor(policy, names) === undefined),
  };
}
