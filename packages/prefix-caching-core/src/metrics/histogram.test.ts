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

import { quantile, readHistogram, summariseLatency } from './histogram';
import { parseExposition } from './parseExposition';
import { SampleIndex } from './SampleIndex';

function read(text: string) {
  return readHistogram(SampleIndex.create(parseExposition(text)), ['h']);
}

describe('histograms', () => {
  it('adds label sets up bucket by bucket, in whatever order and spelling', () => {
    expect(
      read(
        'h_bucket{p="a",le="+Inf"} 3\nh_bucket{p="a",le="1.0"} 1\nh_bucket{p="b",le="1"} 2\nh_bucket{p="b",le="+Inf"} 2\nh_sum{p="a"} 4\nh_sum{p="b"} 1\nh_count{p="a"} 3\nh_count{p="b"} 2\n',
      ),
    ).toEqual({
      sum: 5,
      count: 5,
      buckets: [
        { le: 1, count: 3 },
        { le: Infinity, count: 5 },
      ],
    });
  });

  it.each([
    // Ten observations: four up to 1, nine up to 2, one beyond.
    [0.2, 0.5],
    [0.4, 1],
    [0.5, 1.2],
    [0.9, 2],
    [0.95, 2],
    [1, 2],
  ])('interpolates the quantile %d as histogram_quantile does', (q, value) => {
    const buckets = [
      { le: 1, count: 4 },
      { le: 2, count: 9 },
      { le: Infinity, count: 10 },
    ];
    expect(quantile({ sum: 12, count: 10, buckets }, q)).toBeCloseTo(value, 12);
  });

  it('gives no latency without observations, nor without a finite bucket', () => {
    expect(read('h_sum 0\nh_count 0\n')).toBeUndefined();
    expect(read('')).toBeUndefined();
    const blind = { sum: 1, count: 2, buckets: [{ le: Infinity, count: 2 }] };
    expect(summariseLatency(blind)).toBeUndefined();
    expect(summariseLatency({ ...blind, buckets: [] })).toBeUndefined();
  });
});
