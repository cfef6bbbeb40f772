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

import { LABELS, listAt, textAt } from '../kubernetes';
import { objectsOf, routedPools } from '../observation';
import type { Observation } from '../observation';
import { objectEvidence } from './judgement';
import type { Evidence } from './types';

/** Istio's switch for InferencePools, today's name first. */
export const SWITCHES = [
  'ENABLE_GATEWAY_API_INFERENCE_EXTENSION',
  'SUPPORT_GATEWAY_API_INFERENCE_EXTENSION',
];

/** What Istio's own switch says, and the Service it makes for a pool once it acts on it. */
export function istioEvidence(observation: Observation): {
  on?: boolean;
  evidence: Evidence[];
} {
  const pools = routedPools(observation).map(({ name }) => name);
  const shadow = objectsOf(observation, 'Service').find(service =>
    pools.includes(service.metadata.labels?.[LABELS.shadowPool] ?? ''),
  );
  if (shadow) {
    return {
      on: true,
      evidence: [objectEvidence(shadow, "Istio's shadow Service of the pool")],
    };
  }
  const planes = objectsOf(observation, 'Deployment').filter(
    ({ metadata }) =>
      metadata.labels?.app === 'istiod' || /^istiod(-|$)/.test(metadata.name),
  );
  for (const plane of planes) {
    const entry = listAt(plane, 'spec', 'template', 'spec', 'containers')
      .flatMap(container => listAt(container, 'env'))
      .find(variable => SWITCHES.includes(textAt(variable, 'name') ?? ''));
    const value = textAt(entry, 'value');
    const shown = `${textAt(entry, 'name') ?? SWITCHES[0]}=${
      value ?? 'not set (off)'
    }`;
    return { on: value === 'true', evidence: [objectEvidence(plane, shown)] };
  }
  return { evidence: [] };
}
