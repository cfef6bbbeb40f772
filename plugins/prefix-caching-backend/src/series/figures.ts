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

import type { Figure } from 'backstage-plugin-prefix-caching-common';
import type { Amounts } from './types';

/** How a figure is drawn. */
export interface FigureRule {
  /** `undefined` where the amounts do not tell. */
  of(amounts: Amounts, whole: Amounts): number | undefined;
  /** Which lines there are of it. */
  lines: 'target' | 'replica' | 'both';
  /** Needs histograms. */
  latencies?: boolean;
  /** Why it may be missing. */
  missing: string;
}

const NO_ENGINE =
  'no engine was asked for its metrics twice in a row in this time, or none counts it';
const NO_ROUTER =
  "the Endpoint Picker's metrics were not read twice in a row in this time; the check router.metrics says why";

/** Every figure that can be drawn. */
export const FIGURES: Record<Figure, FigureRule> = {
  'predicted-hit-ratio': {
    of: ({ predictedSum, predictedCount }) =>
      ratio(predictedSum, predictedCount),
    lines: 'target',
    missing: `${NO_ROUTER}, or it looked up no prefix`,
  },
  'delivered-hit-ratio': {
    of: ({ hitTokens, queryTokens }) => ratio(hitTokens, queryTokens),
    lines: 'both',
    missing: `${NO_ENGINE}, or no prompt was looked up`,
  },
  'external-hit-ratio': {
    of: ({ externalHitTokens, externalQueryTokens }) =>
      ratio(externalHitTokens, externalQueryTokens),
    lines: 'both',
    missing: 'no engine looked up a cache outside itself',
  },
  'request-rate': {
    of: ({ requests, requestSeconds }) => rate(requests, requestSeconds),
    lines: 'both',
    missing: NO_ENGINE,
  },
  'error-rate': {
    of: ({ errors, errorSeconds }) => rate(errors, errorSeconds),
    lines: 'target',
    missing: NO_ROUTER,
  },
  'time-to-first-token-p50': {
    of: ({ firstToken }) => firstToken?.p50,
    lines: 'both',
    latencies: true,
    missing: `${NO_ENGINE}, or no request was answered`,
  },
  'time-to-first-token-p95': {
    of: ({ firstToken }) => firstToken?.p95,
    lines: 'both',
    latencies: true,
    missing: `${NO_ENGINE}, or no request was answered`,
  },
  'time-to-first-token-p99': {
    of: ({ firstToken }) => firstToken?.p99,
    lines: 'both',
    latencies: true,
    missing: `${NO_ENGINE}, or no request was answered`,
  },
  waiting: {
    of: ({ waiting }) => waiting,
    lines: 'both',
    missing: 'no engine was asked for its metrics in this time',
  },
  running: {
    of: ({ running }) => running,
    lines: 'both',
    missing: 'no engine was asked for its metrics in this time',
  },
  'kv-usage': {
    of: ({ kvUsage }) => kvUsage,
    lines: 'both',
    missing: 'no engine was asked for its metrics in this time',
  },
  'ready-endpoints': {
    of: ({ readyEndpoints }) => readyEndpoints,
    lines: 'target',
    missing: NO_ROUTER,
  },
  'pick-share': {
    of: ({ picks }, whole) => ratio(picks, whole.picks),
    lines: 'replica',
    missing: `${NO_ROUTER}, or it is older than GAIE 1.5, which counts no picks per endpoint, or it picked nothing`,
  },
  'scheduler-latency': {
    of: ({ scheduling }) => scheduling?.p99,
    lines: 'target',
    latencies: true,
    missing: `${NO_ROUTER}, or it decided nothing`,
  },
  'index-size': {
    of: ({ indexSize }) => indexSize,
    lines: 'target',
    missing: `${NO_ROUTER}, or it keeps no prefix index`,
  },
};

function ratio(part?: number, whole?: number): number | undefined {
  return part === undefined || whole === undefined || whole <= 0
    ? undefined
    : Math.min(1, Math.max(0, part / whole));
}

function rate(count?: number, seconds?: number): number | undefined {
  return count === undefined || seconds === undefined || seconds <= 0
    ? undefined
    : count / seconds;
}
