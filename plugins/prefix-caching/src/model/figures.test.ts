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

import type { RouterReport } from 'backstage-plugin-prefix-caching-common';
import { hasPicked } from './figures';

const router = (
  metrics: Partial<NonNullable<RouterReport['metrics']>>,
): RouterReport => ({
  pod: 'epp',
  ready: true,
  metrics: {
    queueByEndpoint: {},
    picksByEndpoint: {},
    scorers: [],
    dataProducers: [],
    ...metrics,
  },
});

describe('hasPicked', () => {
  it.each([
    ['it counts a pick', { picksByEndpoint: { 'chat-0': 1 } }, true],
    ['it counts requests, and no picks by endpoint', { requests: 140 }, true],
    ['nothing was asked of it', { requests: 0 }, false],
    ['it says nothing of either', {}, false],
  ])('%s: %j', (_, metrics, expected) => {
    expect(hasPicked(router(metrics))).toBe(expected);
  });
});
