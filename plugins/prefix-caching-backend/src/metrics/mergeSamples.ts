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

import type { EndpointSamples } from '../database';
import type { Scrape } from './types';

/**
 * Moves the samples on by one run: what was read becomes the current sample
 * and what was current the previous one.
 *
 * A run soon after the last, as by "Verify now", replaces the current samples
 * and leaves the previous in place: over a second no request is seen, and the
 * window would say nothing. That is decided once for all endpoints, since what
 * a picker counted is compared with what its engines did in the same window.
 *
 * @param minimumSeconds - the least time between previous and current
 */
export function mergeSamples(
  before: readonly EndpointSamples[],
  scrapes: readonly Scrape[],
  minimumSeconds: number,
): EndpointSamples[] {
  const known = scrapes.map(({ endpoint }) =>
    before.find(
      sample => sample.role === endpoint.role && sample.pod === endpoint.pod,
    ),
  );
  const ages = scrapes.flatMap(({ reading }, index) => {
    const current = known[index]?.current;
    return reading && current ? [secondsBetween(current.at, reading.at)] : [];
  });
  const isNewWindow = Math.min(...ages) >= minimumSeconds;
  const isOvertaken = Math.min(...ages) < 0;

  return scrapes.flatMap(({ endpoint, reading }, index) => {
    const sample = known[index];
    if (!reading || (sample && isOvertaken)) {
      // Of two runs at once, the one that read first has nothing to add.
      return sample ? [sample] : [];
    }
    const { role, pod } = endpoint;
    const previous = isNewWindow ? sample?.current : sample?.previous;
    return [{ role, pod, current: reading, ...(previous && { previous }) }];
  });
}

function secondsBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 1000;
}
