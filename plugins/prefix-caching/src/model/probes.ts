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

import type { ProbeOutcome, ProbeResult } from 'prefix-caching-core';
import type { ProbeOffer } from 'backstage-plugin-prefix-caching-common';
import type { DisplayState } from '../states';

/** What a probe found, as a state; routing at fault is a failure of its own. */
export function stateOfProbe(outcome: ProbeOutcome): DisplayState {
  switch (outcome) {
    case 'hit':
      return 'pass';
    case 'inconclusive':
      return 'inconclusive';
    default:
      return 'fail';
  }
}

/** What some probes would send together. */
export interface ProbePrice {
  requests: number;
  promptTokens: number;
  outputTokens: number;
}

/** The sum of some offers. */
export function priceOf(offers: ProbeOffer[]): ProbePrice {
  const sum = (of: 'requests' | 'promptTokens' | 'outputTokens') =>
    offers.reduce((total, offer) => total + (offer[of] ?? 0), 0);
  return {
    requests: sum('requests'),
    promptTokens: sum('promptTokens'),
    outputTokens: sum('outputTokens'),
  };
}

/** One line of a probe's result, and whether it is as it should be. */
export interface ProbeRow {
  id: 'affinity' | 'hits' | 'control' | 'largeBody' | 'firstToken';
  /** Undefined: it was not measured. */
  state?: DisplayState;
}

/** The five things a probe looks at. */
export function probeRows(result: ProbeResult): ProbeRow[] {
  const { affine, hits, prefixes, controlMissed, largeBodyHit } = result;
  const all = (count: number | undefined) =>
    count === undefined ? undefined : judged(count === prefixes, count > 0);
  return [
    { id: 'affinity', state: all(affine) },
    { id: 'hits', state: all(hits) },
    {
      id: 'control',
      state:
        controlMissed === undefined ? undefined : judged(controlMissed, false),
    },
    {
      id: 'largeBody',
      state:
        largeBodyHit === undefined ? undefined : judged(largeBodyHit, false),
    },
    // Time only corroborates: it is shown and never judged.
    {
      id: 'firstToken',
      state:
        result.timeToFirstToken.cold === undefined ? undefined : 'observed',
    },
  ];
}

function judged(right: boolean, partly: boolean): DisplayState {
  if (right) {
    return 'pass';
  }
  return partly ? 'warn' : 'fail';
}
