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

import type { ProbeResult } from 'backstage-plugin-prefix-caching-common/core';

/** A probe that hit. */
export const probeResult: ProbeResult = {
  at: '2026-11-22T10:00:00.000Z',
  by: 'user:default/a',
  outcome: 'hit',
  summary: 'All 5 repeats were answered from cache.',
  evidence: 'cached-tokens',
  replicas: 3,
  prefixes: 5,
  affine: 5,
  hits: 5,
  controlMissed: true,
  largeBodyHit: true,
  timeToFirstToken: { cold: 0.28, warm: 0.11 },
  requests: 13,
  promptTokens: 3900,
  durationMs: 9000,
};
