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

import { at, LABELS, textMapAt } from '../kubernetes';
import type { Observation } from '../observation';
import { judge } from './judgement';
import type { Judgement } from './types';

/** The service whose pool this one's engines join, by the label they are given. */
function joined({ service, target }: Observation): string | undefined {
  const name = textMapAt(service, 'spec', 'labels')[LABELS.name];
  return name === target.name ? undefined : name;
}

/** What a service that asks for no picker means by it; `undefined` where it asks for one. */
export function notAskedFor(observation: Observation): Judgement | undefined {
  const { service } = observation;
  if (!service || at(service, 'spec', 'router', 'scheduler') !== undefined) {
    return undefined;
  }
  const host = joined(observation);
  if (host !== undefined) {
    return judge(
      'inconclusive',
      'The engines join the pool of another service, whose Endpoint Picker chooses for both.',
      `labelled as ${host}`,
      { remedy: `Read the verification of ${host}.`, responsible: 'owner' },
    );
  }
  return judge(
    'fail',
    'The service asks for no Endpoint Picker, so requests go to any replica.',
    'spec.router.scheduler is absent',
    {
      remedy: 'Add `router.scheduler: {}` to the service.',
      responsible: 'owner',
    },
  );
}
