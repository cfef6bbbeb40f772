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

import type { ProbeResult } from 'prefix-caching-core';

/** What a probe of one target would send and cost. @public */
export interface ProbeOffer {
  targetId: string;
  /** Whether it can be run now. */
  possible: boolean;
  /** Why not, and what to do. */
  reason?: string;
  requests?: number;
  promptTokens?: number;
  outputTokens?: number;
  /** Distinct prefixes, each sent once cold and once warm. */
  prefixes?: number;
  /** Where the requests go. */
  url?: string;
  /** When the next one may be run, ISO 8601; absent: now. */
  nextAt?: string;
}

/** `GET …/probes`. @public */
export interface ProbeReport {
  /** What it would cost now; for those who may run it. */
  offer?: ProbeOffer;
  /** Newest first. */
  results: ProbeResult[];
}

/** `POST …/probes`. @public */
export interface RunProbeRequest {
  targetId: string;
}
