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

import type {
  MetricReading,
  EngineMetrics,
} from 'backstage-plugin-prefix-caching-common/core';
import { mergeSamples } from './mergeSamples';
import type { ScrapeEndpoint } from './types';

const endpoint: ScrapeEndpoint = {
  role: 'engine',
  namespace: 'llm',
  pod: 'a',
  port: 8000,
  scheme: 'http',
  path: '/metrics',
  authenticated: false,
};

function reading(second: number): MetricReading<EngineMetrics> {
  return {
    at: `2026-11-22T10:00:${String(second).padStart(2, '0')}.000Z`,
    source: 'pod-proxy',
    metrics: { prefixCaching: 'on', hitTokens: second },
  };
}

describe('mergeSamples', () => {
  it('makes the current sample the previous one', () => {
    const first = mergeSamples([], [{ endpoint, reading: reading(0) }], 5);
    expect(first).toEqual([{ role: 'engine', pod: 'a', current: reading(0) }]);
    const second = mergeSamples(first, [{ endpoint, reading: reading(10) }], 5);
    expect(second).toEqual([
      { role: 'engine', pod: 'a', current: reading(10), previous: reading(0) },
    ]);
  });

  it('keeps the window when a sample comes too soon', () => {
    const before = [
      {
        role: 'engine' as const,
        pod: 'a',
        current: reading(10),
        previous: reading(0),
      },
    ];
    expect(
      mergeSamples(before, [{ endpoint, reading: reading(12) }], 5),
    ).toEqual([
      { role: 'engine', pod: 'a', current: reading(12), previous: reading(0) },
    ]);
  });

  it('moves the window of all endpoints on, or of none', () => {
    const before = ['a', 'b'].map((pod, index) => ({
      role: 'engine' as const,
      pod,
      current: reading(10 + index),
      previous: reading(0),
    }));
    const scrapes = ['a', 'b'].map(pod => ({
      endpoint: { ...endpoint, pod },
      reading: reading(15),
    }));
    for (const [minimum, previous] of [
      [5, [reading(0), reading(0)]],
      [4, [reading(10), reading(11)]],
    ] as const) {
      const merged = mergeSamples(before, scrapes, minimum);
      expect(merged.map(sample => sample.previous)).toEqual(previous);
      expect(merged.map(sample => sample.current)).toEqual([
        reading(15),
        reading(15),
      ]);
    }
  });

  it('leaves what a run that was quicker has read', () => {
    const before = [
      { role: 'engine' as const, pod: 'a', current: reading(10) },
    ];
    expect(
      mergeSamples(before, [{ endpoint, reading: reading(9) }], 5),
    ).toEqual(before);
  });

  it('never takes one sample for both', () => {
    const before = [
      { role: 'engine' as const, pod: 'a', current: reading(10) },
    ];
    expect(
      mergeSamples(before, [{ endpoint, reading: reading(10) }], 5),
    ).toEqual([{ role: 'engine', pod: 'a', current: reading(10) }]);
  });

  it('keeps what it knew of an endpoint that did not answer, and forgets pods that are gone', () => {
    const before = [
      { role: 'engine' as const, pod: 'a', current: reading(10) },
      { role: 'engine' as const, pod: 'gone', current: reading(10) },
    ];
    expect(mergeSamples(before, [{ endpoint }], 5)).toEqual([before[0]]);
  });
});
