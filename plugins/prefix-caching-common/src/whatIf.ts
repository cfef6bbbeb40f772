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

import type { EndpointScore, WhatIfOutcome } from 'prefix-caching-core';

/** `POST …/what-if`: other weights, by scorer name or type; those left out stay. @public */
export interface WhatIfRequest {
  targetId: string;
  /** 0 or more. */
  weights: Record<string, number>;
  /**
   * The share of a prompt that each replica holds, by pod name, 0 to 1; those
   * left out hold nothing. Default: the replica picked most often holds what
   * the picker predicts on average.
   */
  prefixMatch?: Record<string, number>;
}

/** The replicas' present figures under the live weights and under others. @public */
export interface WhatIfReport {
  targetId: string;
  live: EndpointScore[];
  changed: EndpointScore[];
  /** Per profile: ranking, affinity, and who wins before and after. */
  outcomes: WhatIfOutcome[];
  /** What was taken for the share of the prompt that each replica holds, and why. */
  assumed: { prefixMatch: Record<string, number>; reason: string };
  /** When the figures were sampled, ISO 8601. */
  sampledAt?: string;
}
