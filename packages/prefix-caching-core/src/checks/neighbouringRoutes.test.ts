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

import type { Neighbour, ObservedEndpoint } from '../observation';
import type { KnownIstio } from './istioRelease';
import { againstNeighbour, counted } from './neighbouringRoutes';
import type { RouteShape } from './sharedPicker';
import {
  engineSamples,
  observe,
  poolBackend,
  prefixRule,
  route,
  routerSamples,
  serviceBackend,
  traffic,
} from './testing/cluster';

const OWN: RouteShape = {
  hostnames: [],
  ruleNames: ['first', 'second'],
  managedNames: false,
  pooled: true,
};
const istio = (version: string | undefined): KnownIstio => ({
  version,
  evidence: { subject: 'Istio release', value: version ?? 'not known' },
});
const target = { cluster: 'test', namespace: 'llm', name: 'code' };
const named = (...names: string[]) =>
  route('code', {
    rules: names.map(name => prefixRule('/x', poolBackend('code'), name)),
  });

type ShapeCase = [
  title: string,
  said: string | undefined,
  release: string | undefined,
  objects: Neighbour['objects'],
];

describe('what shapes and releases say of two services on one gateway', () => {
  it.each<ShapeCase>([
    ['a neighbour without a route', undefined, '1.27.0', []],
    [
      'a neighbour whose route goes to no pool',
      undefined,
      '1.27.0',
      [
        route('code', {
          rules: [prefixRule('/x', serviceBackend('code'), 'first')],
        }),
      ],
    ],
    [
      'one rule name in common',
      'fail: first, shared with llm/code',
      '1.29.7',
      [named('first', 'other')],
    ],
    [
      'several',
      'fail: 2 rule names, such as first, shared with llm/code',
      '1.29.7',
      [named('first', 'second')],
    ],
    [
      'several, in a release that may be mended',
      'inconclusive: 2 rule names, such as first, shared with llm/code, Istio 1.31.0',
      '1.31.0',
      [named('first', 'second')],
    ],
    [
      'one host, in a release that merges routes',
      'fail: this route and that of llm/code take every host, Istio 1.28.4',
      '1.28.4',
      [named('theirs')],
    ],
    [
      'one host, in a release that no longer does',
      undefined,
      '1.28.5',
      [named('theirs')],
    ],
    [
      'one host, in a release that is not known',
      'inconclusive: this route and that of llm/code take every host',
      undefined,
      [named('theirs')],
    ],
  ])('%s: %s', (...[, said, release, objects]) => {
    const found = againstNeighbour(OWN, { target, objects }, istio(release));
    expect(found && `${found.verdict}: ${found.actual}`).toBe(said);
  });
});

/** What a neighbour's picker and engines counted. */
const theirs = (picks: number, served: number | undefined) => [
  routerSamples('code-epp', { requests: 0 }, { requests: picks }),
  engineSamples('code-0', { requests: served && 0 }, { requests: served }),
];
const IDLE_PICKER = traffic({ picker: 0, engines: 20 });
/** Engines that tell how many tokens they took, and not of how many requests. */
const TOKENS_ALONE = [
  routerSamples('chat-epp-0', { requests: 0 }, { requests: 0 }),
  engineSamples('chat-kserve-0', { promptTokens: 0 }, { promptTokens: 9 }),
];

type CountedCase = [
  title: string,
  seen: string | undefined,
  own: ObservedEndpoint[],
  neighbour: ObservedEndpoint[] | undefined,
];

describe('whose picker takes the requests, as counters tell', () => {
  const TAKEN = 'own picker 0, engines 20';

  it.each<CountedCase>([
    [
      'a neighbour’s that sees twice its own',
      TAKEN,
      IDLE_PICKER,
      theirs(40, 20),
    ],
    ['one that sees a little more', undefined, IDLE_PICKER, theirs(26, 20)],
    ['one that sees more than chance', TAKEN, IDLE_PICKER, theirs(27, 20)],
    ['one that sees its own', undefined, IDLE_PICKER, theirs(20, 20)],
    [
      'one whose engines count nothing',
      undefined,
      IDLE_PICKER,
      theirs(40, undefined),
    ],
    ['one that was not read', undefined, IDLE_PICKER, undefined],
    [
      'nobody’s while the own picker counts',
      undefined,
      traffic({ picker: 20, engines: 20 }),
      theirs(40, 20),
    ],
    [
      'a neighbour’s, of engines that count tokens alone',
      'own picker 0, engines some',
      TOKENS_ALONE,
      theirs(40, 20),
    ],
  ])('%s: %s', (...[, seen, endpoints, neighbour]) => {
    const observation = observe({}, { endpoints });
    const found = counted({
      ...observation,
      neighbours: [{ target, objects: [], endpoints: neighbour }],
    });
    expect(found?.evidence?.[0].value).toBe(seen);
  });
});
