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

/** A step of a request's way, as the reference document draws it. @public */
export interface DocumentStep {
  /** Stable key for texts and deep links. */
  id: string;
  /** 1 to 8. */
  number: number;
  /** What the document says happens. */
  title: string;
  /** Where the live system differs from the document, in one sentence. */
  correction?: string;
  /** The checks that show whether it does; none where nothing can be observed. */
  checks: readonly string[];
}

/** One row of the reference document's summary table. @public */
export interface DocumentComponent {
  component: 'engine' | 'router' | 'gateway' | 'network' | 'routing';
  title: string;
  /** The document's own marking. */
  requirement: 'required' | 'optional';
  /** What the document expects; shown as an expectation only. */
  claimed: string;
  /** What the live system is judged by instead, where that differs. */
  correction?: string;
  checks: readonly string[];
}

/** A time to first token the document states and nobody measured here, in milliseconds. @public */
export interface ClaimedLatency {
  /** Class of the accelerator it is stated for. */
  class: string;
  accelerator: string;
  missMs: number;
  hitMs: number;
}

/** The eight steps of a request, in order. @public */
export const DOCUMENT_STEPS: readonly DocumentStep[] = [
  {
    id: 'client',
    number: 1,
    title: 'Client sends a request to the gateway',
    checks: [],
  },
  {
    id: 'gateway',
    number: 2,
    title: 'Gateway receives the request',
    checks: ['gateway.routes', 'gateway.shared-picker'],
  },
  {
    id: 'request-body',
    number: 3,
    title: 'Request body is handed over',
    correction:
      'Istio does this by itself; an EnvoyFilter with mode BUFFERED breaks it.',
    checks: ['gateway.request-body'],
  },
  {
    id: 'picker-call',
    number: 4,
    title: 'Gateway asks the Endpoint Picker (ext_proc, gRPC)',
    checks: ['gateway.picker-tls', 'router.available', 'router.failure-mode'],
  },
  {
    id: 'scoring',
    number: 5,
    title: 'Endpoint Picker hashes the prefix, scores replicas and picks one',
    correction:
      'By default the picker remembers its own picks; it does not ask the engines what they hold.',
    checks: ['router.scorers', 'router.metrics', 'routing.prediction-gap'],
  },
  {
    id: 'replica',
    number: 6,
    title: 'Request goes to the picked replica',
    checks: [
      'router.pool',
      'engine.replicas',
      'engine.arguments',
      'network.policies',
      'routing.bypass',
      'routing.distribution',
    ],
  },
  {
    id: 'kv-cache',
    number: 7,
    title: 'Engine looks the prefix up in its KV cache',
    checks: [
      'engine.prefix-caching',
      'engine.block-size',
      'routing.delivered-hits',
    ],
  },
  {
    id: 'response',
    number: 8,
    title: 'Response returns to the client',
    checks: ['routing.probe'],
  },
];

/** The five components of the document's summary table, with what it marks required. @public */
export const DOCUMENT_COMPONENTS: readonly DocumentComponent[] = [
  {
    component: 'engine',
    title: 'vLLM prefix caching',
    requirement: 'required',
    claimed: 'Enabled with --enable-prefix-caching',
    correction: 'It is on by default; only an off switch is a fault.',
    checks: [
      'engine.prefix-caching',
      'engine.arguments',
      'engine.block-size',
      'engine.replicas',
    ],
  },
  {
    component: 'router',
    title: 'EPP scheduler',
    requirement: 'required',
    claimed: 'Default weights prefix-cache-scorer 1.0, least-requests 0.5',
    correction:
      'No release has these weights, and there is no least-requests scorer: the running picker says what it weighs.',
    checks: [
      'router.available',
      'router.scorers',
      'router.pool',
      'router.metrics',
      'router.failure-mode',
    ],
  },
  {
    component: 'gateway',
    title: 'Request body forwarding',
    requirement: 'required',
    claimed: 'EnvoyFilter that forwards bodies (BUFFERED) for four routes',
    correction:
      'Istio 1.27 and newer forwards bodies by itself; the filter must be absent.',
    checks: [
      'gateway.routes',
      'gateway.request-body',
      'gateway.picker-tls',
      'gateway.shared-picker',
    ],
  },
  {
    component: 'network',
    title: 'NetworkPolicies',
    requirement: 'optional',
    claimed: 'Security isolation, not required for cache routing',
    checks: ['network.policies'],
  },
  {
    component: 'routing',
    title: 'Cache-aware routing',
    requirement: 'required',
    claimed: 'Hash-based routing to maximize cache hits',
    checks: [
      'routing.bypass',
      'routing.distribution',
      'routing.delivered-hits',
      'routing.prediction-gap',
      'routing.probe',
    ],
  },
];

/** The scorer weights the document states; an expectation, never a default. @public */
export const CLAIMED_SCORERS: readonly { type: string; weight: number }[] = [
  { type: 'prefix-cache-scorer', weight: 1 },
  { type: 'least-requests', weight: 0.5 },
];

/** The document's figures: shown as "claimed", beside a measurement only. @public */
export const CLAIMED_LATENCIES: readonly ClaimedLatency[] = [
  { class: 'gpu', accelerator: 'T4', missMs: 280, hitMs: 110 },
  { class: 'tpu', accelerator: 'v6e', missMs: 215, hitMs: 82 },
];
