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

import { hitProbe, strayedProbe } from '../__fixtures__';
import { priceOf, probeRows, stateOfProbe } from './probes';

describe('probes', () => {
  it.each([
    ['hit', 'pass'],
    ['miss', 'fail'],
    ['routing-at-fault', 'fail'],
    ['inconclusive', 'inconclusive'],
  ] as const)('%s is %s', (outcome, state) => {
    expect(stateOfProbe(outcome)).toBe(state);
  });

  it('adds up what several would cost', () => {
    expect(
      priceOf([
        { targetId: 'a', possible: true, requests: 9, promptTokens: 100 },
        { targetId: 'b', possible: true, requests: 5, outputTokens: 5 },
      ]),
    ).toEqual({ requests: 14, promptTokens: 100, outputTokens: 5 });
  });

  it.each([
    ['all as it should be', hitProbe, 'pass,pass,pass,pass,observed'],
    ['partly routed astray', strayedProbe, 'warn,warn,pass,pass,observed'],
    [
      'a control that hit',
      { ...hitProbe, controlMissed: false },
      'pass,pass,fail,pass,observed',
    ],
    [
      'nothing told',
      {
        ...hitProbe,
        affine: undefined,
        hits: 0,
        controlMissed: undefined,
        largeBodyHit: undefined,
        timeToFirstToken: {},
      },
      ',fail,,,',
    ],
  ])('%s', (_, result, states) => {
    expect(
      probeRows(result)
        .map(({ state }) => state ?? '')
        .join(),
    ).toBe(states);
  });
});
