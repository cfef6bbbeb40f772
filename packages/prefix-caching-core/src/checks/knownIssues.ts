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

/** A fault that was reported of the products verified here, and what shows it. */
export interface KnownIssue {
  /** Where it was reported; several of one lesson stand together. */
  reported: string;
  /** What happens. */
  happens: string;
  /** The checks that show it, the one that names it first. */
  checks: readonly string[];
  /** Why no observation can show it; only where no check does. */
  unseen?: string;
}

/**
 * Reported faults, and the check that would have found each.
 *
 * Rows are in the order of a request, as checks are. Every row with a check has
 * a case in the tests that reproduces it.
 */
export const KNOWN_ISSUES: readonly KnownIssue[] = [
  {
    reported: 'kserve#4883, opendatahub-io/kserve#1005, vllm#29402',
    happens:
      '`--disable-log-requests` was removed, and the engine ends with "unrecognized arguments".',
    checks: ['engine.arguments', 'engine.replicas'],
  },
  {
    reported: 'vllm#54607, vllm#53749',
    happens:
      'Models of mixed attention have blocks of hundreds of tokens or more: identical prompts never hit, and every setting looks right.',
    checks: ['engine.block-size', 'routing.delivered-hits'],
  },
  {
    reported: 'vllm#48402',
    happens: 'A block is longer than `--max-model-len`, and caching is inert.',
    checks: ['engine.block-size'],
  },
  {
    reported: 'llm-d-infra#86, llm-d#1290, LMCache#1139, vllm#51875',
    happens:
      'In precise mode hash algorithm, seed or block size differ between engines and picker, and every prefix score is 0.',
    checks: ['engine.block-size'],
  },
  {
    reported: 'kserve#5432',
    happens:
      "In precise mode the engines' event topic names no port, and a picker from 0.7 on learns nothing of any cache.",
    checks: ['engine.block-size'],
  },
  {
    reported: 'llm-d-router#1158, gateway-api-inference-extension#2878',
    happens:
      'Very small pieces make the index of the picker outgrow its memory; it is killed, restarts and has forgotten everything.',
    checks: ['engine.block-size', 'router.available'],
  },
  {
    reported: 'llm-d-router#1650',
    happens:
      "The picker's pieces are longer than what prompts share, so the prefix score is about 0 while everything looks healthy.",
    checks: ['engine.block-size', 'routing.delivered-hits'],
  },
  {
    reported: 'kserve#4980',
    happens:
      'The tutorial works only without a scheduler: the service answers, and no picker is asked.',
    checks: ['router.available'],
  },
  {
    reported: 'llm-d-router#1290',
    happens:
      'Several pickers without leader election each know only their own picks.',
    checks: ['router.available'],
  },
  {
    reported: 'llm-d-router#1289',
    happens:
      'A prefix scorer whose producer is not configured scores 0 for ever.',
    checks: ['router.scorers'],
  },
  {
    reported:
      'opendatahub-io/kserve#1090, opendatahub-io/kserve#1097, gateway-api-inference-extension#1278',
    happens:
      'The pool names port 8000 instead of 9002, or the picker watches the other API group and sees no endpoint.',
    checks: ['router.pool', 'router.metrics'],
  },
  {
    reported: 'kserve#5442, kserve#5441',
    happens:
      'The Service lacks the port at which the pool calls its picker; the controller only logs it.',
    checks: ['router.pool'],
  },
  {
    reported:
      'llm-d-router#2370, gateway-api-inference-extension#1637, gateway-api-inference-extension#1639',
    happens:
      '`/metrics` answers 401 without a valid token, 403 without the right to read, 500 where the picker may not check tokens.',
    checks: ['router.metrics'],
  },
  {
    reported: 'kubernetes#38775',
    happens:
      "The API server's proxy drops the Authorization header, so that a picker with authentication refuses whoever comes that way.",
    checks: ['router.metrics'],
  },
  {
    reported: 'inference-perf#277',
    happens:
      'The engine renamed its KV-cache metric, and the picker believes every cache empty.',
    checks: ['router.metrics'],
  },
  {
    reported: 'kserve#5050',
    happens:
      'The route names a group of InferencePool that is not served; every request returns 503.',
    checks: ['gateway.routes', 'router.pool'],
  },
  {
    reported: 'kserve#5986',
    happens:
      'A gateway of your own without a managed route: the service waits for it (WaitingForGateway).',
    checks: ['status.conditions', 'gateway.routes'],
  },
  {
    reported: 'kserve#5800',
    happens:
      'Two services of one model name collide under model-based routing.',
    checks: ['gateway.routes'],
  },
  {
    reported: 'gateway-api-inference-extension#1344',
    happens:
      "Istio's switch for InferencePools is off: there is no shadow Service, and no call to the picker.",
    checks: ['gateway.request-body'],
  },
  {
    reported: 'the reference document',
    happens:
      'Its EnvoyFilter for request bodies matches every route of the gateway and removes the call to the picker.',
    checks: ['gateway.request-body'],
  },
  {
    reported: 'istio#59577',
    happens:
      'Picker and gateway disagree on TLS: all conditions are True, and every request returns 500.',
    checks: ['gateway.picker-tls'],
  },
  {
    reported: 'kserve#5716',
    happens: "The platform's TLS is off, and the picker still serves TLS.",
    checks: ['gateway.picker-tls'],
  },
  {
    reported: 'istio#58392, istio#58004',
    happens:
      'Before Istio 1.28.5 routes of one host are merged, and only the first keeps its picker.',
    checks: ['gateway.shared-picker'],
  },
  {
    reported: 'istio#61594, rhoai-maas-guide#138',
    happens:
      'KServe gives every service the same rule names, and Istio keeps one picker per name: the last one serves all.',
    checks: ['gateway.shared-picker'],
  },
  {
    reported: 'opendatahub-io/kserve#749',
    happens:
      'The pool fails open on purpose: a 200 proves nothing of the picker.',
    checks: ['routing.bypass', 'router.failure-mode'],
  },
  {
    reported:
      'gateway-api-inference-extension#1304, gateway-api-inference-extension#1512',
    happens:
      "The picker's index drifts from what the caches hold: it remembers more than they do.",
    checks: ['routing.prediction-gap', 'routing.delivered-hits'],
  },
  {
    reported: 'llm-d-router#2897',
    happens:
      "The picker's hit ratio is its belief and not what was delivered: the two are shown apart.",
    checks: ['routing.prediction-gap', 'routing.delivered-hits'],
  },
  {
    reported: 'gateway-api-inference-extension#2115, envoy#41654',
    happens:
      'Bodies of more than about 6 kB hang where several ext_proc filters follow each other.',
    checks: ['routing.probe'],
  },
  {
    reported:
      'llm-d-router#1625, llm-d-router#2106, llm-d-router#2119, llm-d-router#1909',
    happens:
      "Labels that clients choose (model name, fairness id) blow up the picker's metrics.",
    checks: [],
    unseen:
      'A sample holds figures and not series. Reading is limited instead: an answer with more bytes or samples than allowed is refused, and is a gap.',
  },
];
