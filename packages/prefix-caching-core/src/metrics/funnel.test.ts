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

import { readFunnel } from './funnel';
import type { EngineMetrics, RouterMetrics } from './types';

const picker: RouterMetrics = {
  queueByEndpoint: {},
  picksByEndpoint: {},
  scorers: ['prefix-cache-scorer'],
  dataProducers: [],
  readyEndpoints: 3,
  indexSize: 10,
};
const router = (more: Partial<RouterMetrics>) => ({ ...picker, ...more });
const engine = (more: Partial<EngineMetrics>): EngineMetrics => ({
  engine: 'vllm',
  prefixCaching: 'on',
  ...more,
});

const served = {
  previous: engine({ queryTokens: 100, hitTokens: 100 }),
  current: engine({ queryTokens: 1100, hitTokens: 500 }),
};
const predicted = {
  previous: router({ predictedHitRatio: { mean: 1, count: 10 } }),
  current: router({ predictedHitRatio: { mean: 0.9, count: 20 } }),
};

describe('readFunnel', () => {
  it('tells increases apart from lifetime totals, and bounds what the fleet held', () => {
    const [held, captured, delivered] = readFunnel({
      router: predicted,
      engines: [served],
    });
    expect(held).toMatchObject({ id: 'held', bound: 'lower' });
    expect(held.ratio).toBeCloseTo(0.8);
    expect(captured).toMatchObject({ id: 'captured', bound: 'exact' });
    expect(captured.ratio).toBeCloseTo(0.8);
    expect(delivered).toMatchObject({
      id: 'delivered',
      bound: 'exact',
      ratio: 0.4,
    });
  });

  it('knows what was held where one endpoint alone can hold it', () => {
    const current = router({
      readyEndpoints: 1,
      predictedHitRatio: { mean: 0.9, count: 20 },
    });
    const [held] = readFunnel({
      router: { previous: predicted.previous, current },
      engines: [served],
    });
    expect(held).toMatchObject({ bound: 'exact' });
    expect(held.ratio).toBeCloseTo(0.8);
  });

  it('bounds what was held by what engines delivered where the picker is mute', () => {
    const [held, captured] = readFunnel({ engines: [served] });
    expect(held).toMatchObject({ ratio: 0.4, bound: 'lower' });
    expect(captured.ratio).toBeUndefined();
  });

  it.each([
    ['no picker was read', undefined, 'were not read'],
    ['one sample', { current: picker }, 'one sample only'],
    [
      'a restart',
      {
        previous: router({ startedAt: 1 }),
        current: router({ startedAt: 100 }),
      },
      'restarted',
    ],
    [
      'a picker without a prefix index',
      {
        previous: router({ indexSize: undefined }),
        current: router({ indexSize: undefined }),
      },
      'exposes no prefix_indexer_hit_ratio',
    ],
    [
      'no request',
      { previous: predicted.current, current: predicted.current },
      'saw no request',
    ],
  ])('says why nothing was captured: %s', (_, pair, reason) => {
    const [held, captured] = readFunnel({ router: pair, engines: [] });
    expect(captured.ratio).toBeUndefined();
    expect(captured.reason).toContain(reason);
    expect(held.ratio).toBeUndefined();
    expect(held.reason).toContain('Neither');
  });

  it.each([
    ['no engine was read', [{}], "No engine's metrics"],
    ['one sample', [{ current: served.current }], 'one sample only'],
    [
      'restarts',
      [{ previous: served.current, current: served.previous }],
      'restarted',
    ],
    [
      'engines that count requests only',
      [
        {
          previous: engine({ requests: 1 }),
          current: engine({ requests: 2 }),
        },
      ],
      'count no prefix cache hits',
    ],
    [
      'no traffic',
      [{ previous: served.current, current: served.current }],
      'looked up no prompt',
    ],
  ])('says why nothing was delivered: %s', (_, engines, reason) => {
    const delivered = readFunnel({ engines })[2];
    expect(delivered.ratio).toBeUndefined();
    expect(delivered.reason).toContain(reason);
  });

  it('says of how many engines it is, and what came from outside', () => {
    const delivered = readFunnel({
      engines: [
        {
          previous: engine({
            queryTokens: 0,
            hitTokens: 0,
            externalHitTokens: 0,
            externalQueryTokens: 0,
          }),
          current: engine({
            queryTokens: 400,
            hitTokens: 300,
            externalHitTokens: 100,
            externalQueryTokens: 100,
          }),
        },
        { current: served.current },
      ],
    })[2];
    expect(delivered.ratio).toBe(0.75);
    expect(delivered.bound).toBeUndefined();
    expect(delivered.reason).toContain('1 of 2 engines');
    expect(delivered.reason).toContain('Another 25 %');
  });
});
