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

import type { EngineMetrics, RouterMetrics } from '../metrics';
import {
  countersOf,
  pickerProvenTwice,
  pickerSawAll,
  pickerSawNothing,
} from './counters';
import { engineSamples, observe, routerSamples } from './testing/cluster';

const picker = (
  previous: Partial<RouterMetrics> | undefined,
  current: Partial<RouterMetrics>,
  pod = 'epp-0',
) => routerSamples(pod, previous, current);
const engine = (
  previous: Partial<EngineMetrics> | undefined,
  current: Partial<EngineMetrics>,
  pod = 'engine-0',
) => engineSamples(pod, previous, current);

describe('countersOf', () => {
  it('knows nothing of nothing', () => {
    expect(countersOf([])).toMatchObject({
      routerSampled: false,
      engineSampled: false,
      routerRequests: undefined,
      predictedHitRatio: undefined,
      engineActive: false,
    });
  });

  it('adds pickers and engines up, and weighs what pickers predicted by requests', () => {
    const predicted = (mean: number, count: number) => ({
      predictedHitRatio: { mean, count },
    });
    const {
      routerRequests,
      predictedHitRatio,
      engine: sum,
    } = countersOf([
      picker(
        { requests: 10, ...predicted(0.5, 10) },
        { requests: 40, ...predicted(0.5, 40) },
      ),
      picker(
        { requests: 0, ...predicted(0, 0) },
        { requests: 10, ...predicted(0.9, 10) },
        'epp-1',
      ),
      picker({ requests: 5 }, { requests: 6 }, 'epp-2'),
      engine({ requests: 1 }, { requests: 21 }),
      engine({ requests: 2 }, { requests: 22 }, 'engine-1'),
    ]);
    expect(routerRequests).toBe(41);
    expect(predictedHitRatio).toBeCloseTo((0.5 * 30 + 0.9 * 10) / 40, 10);
    expect(sum.requests).toBe(40);
  });

  it.each([
    ['one sample of a picker', [picker(undefined, { requests: 5 })]],
    ['a picker never sampled', [{ role: 'router' as const, pod: 'epp-0' }]],
    [
      'one of two pickers',
      [
        picker({ requests: 1 }, { requests: 2 }),
        { role: 'router' as const, pod: 'epp-1' },
      ],
    ],
  ])('is not sampled: %s', (_, endpoints) => {
    expect(countersOf(endpoints).routerSampled).toBe(false);
  });

  it.each([
    ['one sample of an engine', [engine(undefined, { requests: 5 })], false],
    ['an engine never sampled', [{ role: 'engine' as const, pod: 'e' }], false],
    [
      'an engine that restarted',
      [engine({ requests: 9 }, { requests: 1 })],
      false,
    ],
    [
      'one of two restarted',
      [
        engine({ requests: 9 }, { requests: 1 }),
        engine({ requests: 1 }, { requests: 2 }, 'engine-1'),
      ],
      true,
    ],
    ['two samples', [engine({ requests: 1 }, { requests: 1 })], true],
  ])('engines are sampled: %s', (_, endpoints, sampled) => {
    expect(countersOf(endpoints).engineSampled).toBe(sampled);
  });

  it.each([
    ['requests', { requests: 1 }, { requests: 2 }, true],
    [
      'no requests, whatever tokens',
      { requests: 1, promptTokens: 1 },
      { requests: 1, promptTokens: 9 },
      false,
    ],
    [
      'prompt tokens, where requests are not exposed',
      { promptTokens: 1 },
      { promptTokens: 2 },
      true,
    ],
    [
      'looked up tokens, where requests are not exposed',
      { queryTokens: 1 },
      { queryTokens: 2 },
      true,
    ],
    [
      'no tokens',
      { promptTokens: 1, queryTokens: 1 },
      { promptTokens: 1, queryTokens: 1 },
      false,
    ],
    ['nothing exposed', {}, {}, false],
  ])('engines are active: %s', (_, before, now, active) => {
    expect(countersOf([engine(before, now)]).engineActive).toBe(active);
  });
});

describe('what the picker saw of what engines served', () => {
  const counted = (saw: number, served: number) =>
    countersOf([
      picker({ requests: 7 }, { requests: 7 + saw }),
      engine({ requests: 3 }, { requests: 3 + served }),
    ]);

  it.each([
    [100, 100, true],
    [90, 100, true],
    [89, 100, false],
    [8, 10, true],
    [7, 10, false],
    [1, 1, true],
    [0, 1, false],
    [1, 0, false],
    [0, 0, false],
  ])('%d of %d: all of it %p', (saw, served, all) => {
    expect(pickerSawAll(counted(saw, served))).toBe(all);
  });

  it('is not told without two samples of every picker, or without requests', () => {
    const served = engine({ requests: 3 }, { requests: 13 });
    const saw = picker({ requests: 1 }, { requests: 11 });
    const other = { role: 'router' as const, pod: 'epp-1' };
    expect(pickerSawAll(countersOf([saw, other, served]))).toBe(false);
    expect(pickerSawAll(countersOf([saw, engine({}, {})]))).toBe(false);
    expect(pickerSawAll(countersOf([served]))).toBe(false);
  });

  it.each([
    [0, 1, true],
    [1, 1, false],
    [0, 0, false],
  ])('%d of %d: nothing %p', (saw, served, nothing) => {
    expect(pickerSawNothing(counted(saw, served))).toBe(nothing);
  });

  it('is nothing only where every picker was sampled twice', () => {
    const still = picker({ requests: 1 }, { requests: 1 });
    const served = engine({ requests: 3 }, { requests: 13 });
    const other = { role: 'router' as const, pod: 'epp-1' };
    expect(pickerSawNothing(countersOf([still, served]))).toBe(true);
    expect(pickerSawNothing(countersOf([still, other, served]))).toBe(false);
  });

  it('is proven by two runs, and by neither alone', () => {
    const proven = (before: 'pass' | 'fail' | undefined, saw: number) =>
      pickerProvenTwice(
        observe(
          {},
          {
            endpoints: [
              picker({ requests: 1 }, { requests: 1 + saw }),
              engine({ requests: 1 }, { requests: 11 }),
            ],
            previousVerdicts: before && { 'routing.bypass': before },
          },
        ),
      );
    expect(proven('pass', 10)).toBe(true);
    expect(proven('pass', 0)).toBe(false);
    expect(proven('fail', 10)).toBe(false);
    expect(proven(undefined, 10)).toBe(false);
  });
});
