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

import { describeObject, LABELS, matchesLabels } from '../kubernetes';
import type { KubernetesObject } from '../kubernetes';
import { enginePods, isReady, objectsOf, podSelectorOf } from '../observation';
import type { Observation } from '../observation';
import { count, judge, listed, unanswered } from './judgement';
import type { Evidence, Judgement } from './types';

function selected(
  observation: Observation,
  pool: KubernetesObject,
): KubernetesObject[] {
  const wanted = podSelectorOf(pool);
  if (Object.keys(wanted).length === 0) return [];
  return objectsOf(observation, 'Pod').filter(
    pod =>
      pod.metadata.deletionTimestamp === undefined &&
      pod.metadata.namespace === pool.metadata.namespace &&
      matchesLabels(pod.metadata.labels ?? {}, wanted),
  );
}

/** Whether a pool that contradicts nobody finds the ready engines, and only them. */
export function judgeSelection(
  observation: Observation,
  pool: KubernetesObject,
  evidence: Evidence[],
): Judgement {
  const name = describeObject(pool);
  const pods = selected(observation, pool);
  const own = enginePods(observation);
  const unread = unanswered(
    observation,
    ['HTTPRoute', 'Pod'],
    'the pool finds ready engines',
  );
  const agrees = `${name} agrees with route and picker`;
  if (own.length === 0 && pods.length === 0) {
    return unread
      ? {
          ...unread,
          actual: agrees,
          evidence: [...evidence, ...(unread.evidence ?? [])],
        }
      : judge(
          'inconclusive',
          'No engine pod exists that the pool could find.',
          `${agrees}; 0 pods`,
          { evidence },
        );
  }
  const ready = pods.filter(isReady);
  const actual = `${ready.length} of ${pods.length} selected pods ready`;
  const left = own.filter(pod => isReady(pod) && !pods.includes(pod));
  if (pods.length === 0 || left.length > 0) {
    return judge(
      'fail',
      pods.length === 0
        ? "The pool selects none of the service's pods."
        : `The pool leaves out ${count(left.length, 'ready engine')}.`,
      left.length > 0
        ? `${actual}; ${name} leaves out ${listed(
            left.map(pod => pod.metadata.name),
          )}`
        : `${actual}; ${name} selects none`,
      {
        evidence,
        remedy: "Make the pool's selector match the labels of the engine pods.",
      },
    );
  }
  const foreign = pods.filter(
    pod =>
      !own.includes(pod) &&
      pod.metadata.labels?.[LABELS.name] !== observation.target.name,
  );
  if (foreign.length > 0) {
    return judge(
      'warn',
      `The pool also selects ${count(
        foreign.length,
        'pod',
      )} of other services.`,
      `${actual}; ${listed(
        foreign.map(pod => pod.metadata.name),
      )} of other services`,
      {
        evidence,
        remedy: `Add ${LABELS.name}: ${observation.target.name} to the pool's selector, unless they are meant to be shared.`,
      },
    );
  }
  if (unread)
    return { ...unread, evidence: [...evidence, ...(unread.evidence ?? [])] };
  if (ready.length === 0) {
    return judge('inconclusive', 'No pod of the pool is ready.', actual, {
      evidence,
    });
  }
  return judge('pass', 'The pool finds the ready engines.', actual, {
    evidence,
  });
}
