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

import { isoSeconds, type KubeObject } from '../api';
import { listAt, textAt } from '../json';

export interface Condition {
  type: string;
  met: boolean;
  reason?: string;
  message?: string;
}

/** Conditions as written to a status, keeping the time of those that did not change. */
export function stampConditions(
  object: KubeObject,
  conditions: Condition[],
  now: number,
) {
  const previous = listAt(object, 'status', 'conditions');
  return conditions.map(({ type, met, reason, message }) => {
    const status = met ? 'True' : 'False';
    const same = previous.find(
      entry =>
        textAt(entry, 'type') === type && textAt(entry, 'status') === status,
    );
    return {
      type,
      status,
      ...(reason ? { reason } : {}),
      ...(message ? { message } : {}),
      lastTransitionTime: textAt(same, 'lastTransitionTime') ?? isoSeconds(now),
    };
  });
}

/** Whether an object's status has a condition that is True. */
export function hasCondition(
  object: KubeObject | undefined,
  type: string,
): boolean {
  return listAt(object, 'status', 'conditions').some(
    entry =>
      textAt(entry, 'type') === type && textAt(entry, 'status') === 'True',
  );
}

/** Whether every parent a route or pool names has accepted it and resolved its references. */
export function isAcceptedByParents(object: KubeObject | undefined): boolean {
  const parents = listAt(object, 'status', 'parents');
  return (
    parents.length > 0 &&
    parents.every(parent =>
      listAt(parent, 'conditions').every(
        entry => textAt(entry, 'status') === 'True',
      ),
    )
  );
}
