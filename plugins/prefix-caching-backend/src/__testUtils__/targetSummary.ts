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

import type { Fault, TargetSummary } from '../database';

/** A required finding that counts. */
export function fault(change: Partial<Fault> = {}): Fault {
  return {
    check: 'gateway.request-body',
    component: 'gateway',
    responsible: 'platform',
    verdict: 'fail',
    summary: 'Nothing hands the body to the Endpoint Picker.',
    since: { first: '2026-11-22T09:00:00.000Z' },
    ...change,
  };
}

/** What is stored of a target that fails for one reason. */
export function targetSummary(
  change: Partial<TargetSummary> = {},
): TargetSummary {
  return {
    target: { cluster: 'gke-eu', namespace: 'llm', name: 'qwen' },
    found: true,
    entityRef: 'component:default/qwen',
    verdict: 'fail',
    summary: 'Prefix caching is not working on qwen: nothing hands …',
    quotesSensitive: false,
    phase: 'running',
    observedAt: '2026-11-22T10:00:00.000Z',
    since: '2026-11-22T08:00:00.000Z',
    restVerdict: 'pass',
    restSince: '2026-11-22T07:00:00.000Z',
    faults: [fault()],
    ...change,
  };
}
