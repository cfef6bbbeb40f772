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

import type { KubernetesObject } from '../kubernetes';
import { istioEvidence } from './istioSwitch';
import { istiod, object, observe, shadowService } from './testing/cluster';

type Case = [
  title: string,
  on: boolean | undefined,
  seen: string[],
  plane: KubernetesObject | undefined,
];

const TODAY = 'ENABLE_GATEWAY_API_INFERENCE_EXTENSION';
const BEFORE = 'SUPPORT_GATEWAY_API_INFERENCE_EXTENSION';
const plane = (...env: Record<string, unknown>[]) => istiod('1.30.4', env);
const renamed = (
  made: KubernetesObject,
  name: string,
  labels?: Record<string, string>,
): KubernetesObject => ({
  ...made,
  metadata: { ...made.metadata, name, labels },
});
const on = plane({ name: TODAY, value: 'true' });

/** A control plane among the objects, told by label, by name, or not at all. */
function evidenceOf(made: KubernetesObject | undefined) {
  const observation = observe({ istiod: undefined, shadow: undefined });
  const bare = object('Service', 'bare');
  const objects = [
    ...observation.objects,
    { ...bare, metadata: { ...bare.metadata, labels: undefined } },
    ...(made ? [made] : []),
  ];
  return istioEvidence({ ...observation, objects });
}

describe('what Istio’s switch for InferencePools says', () => {
  it.each<Case>([
    ['nothing where no istiod was seen', undefined, [], undefined],
    ['on', true, [`${TODAY}=true`], on],
    [
      'on, by its name of before',
      true,
      [`${BEFORE}=true`],
      plane({ name: BEFORE, value: 'true' }),
    ],
    ['off', false, [`${TODAY}=false`], plane({ name: TODAY, value: 'false' })],
    [
      'off where it is not set',
      false,
      [`${TODAY}=not set (off)`],
      plane({}, { name: 'PILOT_TRACE', value: 'true' }),
    ],
    [
      'of an istiod told by its label',
      true,
      [`${TODAY}=true`],
      renamed(on, 'control-plane', { app: 'istiod' }),
    ],
    [
      'of an istiod told by its name',
      true,
      [`${TODAY}=true`],
      renamed(on, 'istiod'),
    ],
    [
      'of a revision of istiod',
      true,
      [`${TODAY}=true`],
      renamed(on, 'istiod-canary', { app: 'x' }),
    ],
    [
      'of nothing that is called alike',
      undefined,
      [],
      renamed(on, 'istiodiag'),
    ],
    ['of nothing that ends alike', undefined, [], renamed(on, 'my-istiod')],
  ])('%s: %p', (...[, expected, seen, made]) => {
    const { on: found, evidence } = evidenceOf(made);
    expect(found).toBe(expected);
    expect(evidence.map(({ value }) => value)).toEqual(seen);
  });

  it('is on where Istio made its Service for the pool, whatever the switch says', () => {
    const found = istioEvidence(observe({ istiod: plane() }));
    expect(found).toEqual({
      on: true,
      evidence: [
        {
          subject: `Service llm/${shadowService('chat').metadata.name}`,
          value: "Istio's shadow Service of the pool",
        },
      ],
    });
  });

  it('is not told by the Service of another pool', () => {
    const observation = observe({ istiod: undefined, shadow: undefined });
    const objects = [...observation.objects, shadowService('code')];
    expect(istioEvidence({ ...observation, objects })).toEqual({
      evidence: [],
    });
  });
});
