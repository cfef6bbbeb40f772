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

import type { KubernetesObject } from '../kubernetes';
import type { EngineMetrics, RouterMetrics } from '../metrics';
import type { Gap, Observation } from '../observation';
import type { Verdict } from '../verdicts';
import { KNOWN_ISSUES } from './knownIssues';
import {
  crashing,
  engineContainer,
  enginePod,
  engineSamples,
  findingIn,
  healthy,
  istiod,
  NAMESPACE,
  object,
  observe,
  pickerContainer,
  pickerPod,
  pickerService,
  pool,
  poolBackend,
  prefixRule,
  route,
  routerSamples,
  service,
  traffic,
} from './testing/cluster';
import { expectSaid } from './testing/said';
import type { Expectations, Finding } from './types';
import { verify } from './verify';

/** What reproduces an issue, and words of the finding that names it. */
interface Reproduction {
  reported: string;
  check: string;
  observation: Observation;
  verdict: Verdict;
  words: string;
  expectations?: Expectations;
}

function pickerWith(parameters: object, type: string, image?: string) {
  const text = JSON.stringify({
    apiVersion: 'llm-d.ai/v1alpha1',
    kind: 'EndpointPickerConfig',
    plugins: [
      { type, parameters },
      ...(type === 'prefix-cache-scorer'
        ? []
        : [{ type: 'prefix-cache-scorer' }]),
    ],
    schedulingProfiles: [
      {
        name: 'default',
        plugins: [{ pluginRef: 'prefix-cache-scorer', weight: 3 }],
      },
    ],
  });
  return pickerPod('chat', {
    container: pickerContainer({
      args: ['--config-text', text],
      ...(image && { image }),
    }),
  });
}

const enginesWith = (...args: string[]) => ({
  engine0: enginePod('chat', 0, { container: { args } }),
  engine1: enginePod('chat', 1, { container: { args } }),
});
const bothReport = (metrics: Partial<EngineMetrics>) => ({
  endpoints: [0, 1].map(index =>
    engineSamples(`chat-kserve-${index}`, undefined, metrics),
  ),
});
const pickerSays = (metrics: Partial<RouterMetrics>, kvUsage?: number) => ({
  endpoints: [
    routerSamples('chat-epp-0', undefined, metrics),
    engineSamples('chat-kserve-0', undefined, { kvUsage }),
  ],
});
const refusal = (status: number | undefined, parts: Partial<Gap> = {}) => ({
  gaps: [
    {
      what: 'metrics/router',
      reason: 'unauthorized' as const,
      message: `The Endpoint Picker answered ${status}.`,
      status,
      ...parts,
    },
  ],
});
const refused = (type: string, reason: string, message: string) => ({
  parents: [
    {
      controllerName: 'istio.io/gateway-controller',
      conditions: [{ type, status: 'False', reason, message }],
    },
  ],
});
const poolCalling = (endpointPickerRef: object) =>
  pool('chat', {
    endpointPickerRef: {
      kind: 'Service',
      name: 'chat-epp-service',
      port: { number: 9002 },
      failureMode: 'FailOpen',
      ...endpointPickerRef,
    },
  });
const neverHit = (predicted: number) =>
  traffic({
    picker: 20,
    engines: 20,
    queryTokens: 10_000,
    hitTokens: 0,
    predicted,
  });

/** Another service on the gateway of `chat`, with what its routes are. */
function besides(
  rules: (name: string) => object[],
  release: string,
): Observation {
  const named = (name: string): KubernetesObject =>
    route(name, { rules: rules(name) as Record<string, unknown>[] });
  const other = { ...healthy('other'), route: named('other') };
  return observe(
    {
      route: named('chat'),
      istiod: istiod(release),
      ...Object.fromEntries(
        Object.entries(other)
          .filter(([part]) => !['gateway', 'istiod'].includes(part))
          .map(([part, each]) => [`other-${part}`, each]),
      ),
    },
    {},
  );
}

const filter = object('EnvoyFilter', 'bodies', {
  apiVersion: 'networking.istio.io/v1alpha3',
  namespace: 'gateways',
  spec: {
    configPatches: [
      {
        applyTo: 'HTTP_ROUTE',
        patch: {
          operation: 'MERGE',
          value: {
            typed_per_filter_config: {
              'envoy.filters.http.ext_proc': {
                overrides: {
                  processing_mode: { request_body_mode: 'BUFFERED' },
                },
              },
            },
          },
        },
      },
    ],
  },
});

const byHeader = [
  {
    matches: [
      { path: { type: 'PathPrefix', value: '/llm/chat/v1/completions' } },
      { headers: [{ name: 'X-Gateway-Model-Name', value: 'model' }] },
    ],
    backendRefs: [poolBackend('chat')],
  },
  prefixRule('/llm/chat/v1/chat/completions', poolBackend('chat')),
];

const REPRODUCTIONS: Reproduction[] = [
  {
    reported: 'kserve#4883, opendatahub-io/kserve#1005, vllm#29402',
    check: 'engine.arguments',
    observation: observe({
      ...enginesWith('--disable-log-requests'),
      engine0: enginePod('chat', 0, {
        container: engineContainer({ args: ['--disable-log-requests'] }),
        status: crashing(
          'CrashLoopBackOff',
          'vllm: error: unrecognized arguments: --disable-log-requests',
        ),
      }),
    }),
    verdict: 'fail',
    words: 'The engine refuses its arguments and does not start.',
  },
  {
    reported: 'vllm#54607, vllm#53749',
    check: 'engine.block-size',
    observation: observe({}, bothReport({ blockSize: 784 })),
    verdict: 'warn',
    words: 'Only prefixes of 784 tokens or more can hit.',
  },
  {
    reported: 'vllm#48402',
    check: 'engine.block-size',
    observation: observe(
      enginesWith('--max-model-len', '4096'),
      bothReport({ blockSize: 8320 }),
    ),
    verdict: 'fail',
    words: 'One block holds more tokens than the longest prompt',
  },
  {
    reported: 'llm-d-infra#86, llm-d#1290, LMCache#1139, vllm#51875',
    check: 'engine.block-size',
    observation: observe({
      ...enginesWith('--block-size', '64'),
      picker: pickerWith(
        { tokenProcessorConfig: { blockSize: 64 } },
        'precise-prefix-cache-producer',
      ),
    }),
    verdict: 'fail',
    words: 'Engines hash blocks with sha256',
  },
  {
    reported: 'kserve#5432',
    check: 'engine.block-size',
    observation: observe({
      ...enginesWith(
        '--block-size=64',
        '--prefix-caching-hash-algo=sha256_cbor',
        `--kv-events-config=${JSON.stringify({ topic: 'kv@$(POD_IP)@chat' })}`,
      ),
      picker: pickerWith(
        { tokenProcessorConfig: { blockSize: 64 } },
        'precise-prefix-cache-producer',
        'ghcr.io/llm-d/llm-d-inference-scheduler:v0.7.1',
      ),
    }),
    verdict: 'fail',
    words: 'names no port',
  },
  {
    reported: 'llm-d-router#1158, gateway-api-inference-extension#2878',
    check: 'engine.block-size',
    observation: observe({
      picker: pickerWith(
        { blockSizeTokens: 1 },
        'prefix-cache-scorer',
        'ghcr.io/llm-d/llm-d-inference-scheduler:v0.8.0',
      ),
    }),
    verdict: 'warn',
    words: 'may run out of memory',
  },
  {
    reported: 'llm-d-router#1650',
    check: 'engine.block-size',
    observation: observe({
      picker: pickerWith({ blockSizeTokens: 4096 }, 'prefix-cache-scorer'),
    }),
    verdict: 'warn',
    words: 'Only prefixes of 4096 tokens or more can hit.',
  },
  {
    reported: 'kserve#4980',
    check: 'router.available',
    observation: observe({
      service: service('chat', { router: { route: {}, gateway: {} } }),
      picker: undefined,
      pickerDeployment: undefined,
    }),
    verdict: 'fail',
    words: 'The service asks for no Endpoint Picker',
  },
  {
    reported: 'llm-d-router#1290',
    check: 'router.available',
    observation: observe({ second: pickerPod('chat', { index: 1 }) }),
    verdict: 'warn',
    words: '2 Endpoint Pickers serve without a leader',
  },
  {
    reported: 'llm-d-router#1289',
    check: 'router.scorers',
    observation: observe({
      picker: pickerWith(
        { prefixMatchInfoProducerName: 'precise-prefix-cache-producer' },
        'prefix-cache-scorer',
      ),
    }),
    verdict: 'fail',
    words: 'The prefix scorer waits for a producer nobody configured',
  },
  {
    reported:
      'opendatahub-io/kserve#1090, opendatahub-io/kserve#1097, gateway-api-inference-extension#1278',
    check: 'router.pool',
    observation: observe({ pool: poolCalling({ port: { number: 8000 } }) }),
    verdict: 'fail',
    words:
      'the pool calls its picker at port 8000, and the picker listens on 9002',
  },
  {
    reported:
      'opendatahub-io/kserve#1090, opendatahub-io/kserve#1097, gateway-api-inference-extension#1278',
    check: 'router.pool',
    observation: observe({
      picker: pickerPod('chat', {
        container: {
          command: ['/app/epp', '--pool-group=inference.networking.x-k8s.io'],
        },
      }),
    }),
    verdict: 'fail',
    words: 'the picker watches --pool-group inference.networking.x-k8s.io',
  },
  {
    reported:
      'opendatahub-io/kserve#1090, opendatahub-io/kserve#1097, gateway-api-inference-extension#1278',
    check: 'router.metrics',
    observation: observe({}, pickerSays({ readyEndpoints: 0 })),
    verdict: 'fail',
    words: 'The Endpoint Picker sees 0 of 2 ready engines.',
  },
  {
    reported: 'kserve#5442, kserve#5441',
    check: 'router.pool',
    observation: observe({ pickerService: pickerService('chat', 8000) }),
    verdict: 'fail',
    words: 'Service chat-epp-service offers 8000, 9090',
  },
  ...(
    [
      [401, 'does not accept the token (401)'],
      [403, "does not let the token's account read metrics (403)"],
      [500, 'cannot check tokens (500)'],
    ] as const
  ).map(
    ([status, words]): Reproduction => ({
      reported:
        'llm-d-router#2370, gateway-api-inference-extension#1637, gateway-api-inference-extension#1639',
      check: 'router.metrics',
      observation: observe({}, refusal(status)),
      verdict: 'fail',
      words,
    }),
  ),
  {
    reported: 'kubernetes#38775',
    check: 'router.metrics',
    observation: observe(
      {},
      refusal(undefined, {
        reason: 'not-configured',
        message:
          "The API server's proxy drops the token, so the picker cannot be scraped that way.",
        remedy: 'Set prefixCaching.metrics.portForward.',
      }),
    ),
    verdict: 'skipped',
    words: "The API server's proxy drops the token",
  },
  {
    reported: 'inference-perf#277',
    check: 'router.metrics',
    observation: observe(
      {},
      pickerSays({ readyEndpoints: 2, averageKvUsage: 0 }, 0.6),
    ),
    verdict: 'warn',
    words: 'believes every KV cache empty, while engines report use',
  },
  {
    reported: 'kserve#5050',
    check: 'gateway.routes',
    observation: observe({
      route: route('chat', {
        status: refused(
          'ResolvedRefs',
          'InvalidKind',
          'group inference.networking.x-k8s.io is not served',
        ),
      }),
    }),
    verdict: 'fail',
    words:
      'ResolvedRefs is False: group inference.networking.x-k8s.io is not served',
  },
  {
    reported: 'kserve#5050',
    check: 'router.pool',
    observation: observe({
      route: route('chat', {
        rules: [
          prefixRule('/llm/chat', {
            ...poolBackend('chat'),
            group: 'inference.networking.x-k8s.io',
          }),
        ],
        status: refused('ResolvedRefs', 'InvalidKind', 'not served'),
      }),
    }),
    verdict: 'fail',
    words:
      'names a pool of inference.networking.x-k8s.io, and Istio 1.30.4 reads inference.networking.k8s.io',
  },
  {
    reported: 'kserve#5986',
    check: 'status.conditions',
    observation: observe({
      service: service(
        'chat',
        {},
        {
          status: {
            conditions: [
              { type: 'Ready', status: 'False', reason: 'WaitingForGateway' },
              {
                type: 'RouterReady',
                status: 'False',
                reason: 'WaitingForGateway',
                message: 'gateway own/edge has not programmed the route',
              },
            ],
          },
        },
      ),
    }),
    verdict: 'fail',
    words: 'RouterReady (WaitingForGateway)',
  },
  {
    reported: 'kserve#5800',
    check: 'gateway.routes',
    observation: observe({
      service: service('chat', { model: { name: 'model' } }),
      route: route('chat', { rules: byHeader }),
      otherService: service('other', { model: { name: 'model' } }),
      otherRoute: route('other'),
    }),
    verdict: 'warn',
    words: 'Services on one gateway share a model name',
  },
  {
    reported: 'gateway-api-inference-extension#1344',
    check: 'gateway.request-body',
    observation: observe({ shadow: undefined, istiod: istiod('1.30.4', []) }),
    verdict: 'fail',
    words: "Istio's support for InferencePools is switched off",
  },
  {
    reported: 'the reference document',
    check: 'gateway.request-body',
    observation: observe({ filter }),
    verdict: 'fail',
    words: 'An EnvoyFilter removes the call to the Endpoint Picker.',
  },
  {
    reported: 'istio#59577',
    check: 'gateway.picker-tls',
    observation: observe({
      picker: pickerPod('chat', {
        container: { command: ['/app/epp', '--secure-serving=false'] },
      }),
    }),
    verdict: 'fail',
    words:
      'The Endpoint Picker serves plain text, and the gateway speaks TLS to it.',
  },
  {
    reported: 'kserve#5716',
    check: 'gateway.picker-tls',
    observation: observe({ rule: undefined }),
    verdict: 'fail',
    words:
      'The Endpoint Picker serves TLS, and the gateway speaks plain text to it.',
  },
  {
    reported: 'istio#58392, istio#58004',
    check: 'gateway.shared-picker',
    observation: besides(
      name => [
        prefixRule(
          `/${NAMESPACE}/${name}/v1`,
          poolBackend(name),
          `${name}-own`,
        ),
      ],
      '1.28.4',
    ),
    verdict: 'fail',
    words:
      'Istio 1.28.4 merges the routes of two services and keeps one Endpoint Picker.',
  },
  {
    reported: 'istio#61594, rhoai-maas-guide#138',
    check: 'gateway.shared-picker',
    observation: besides(
      name => [
        prefixRule(
          `/${NAMESPACE}/${name}/v1`,
          poolBackend(name),
          'v1-completions-path',
        ),
      ],
      '1.30.4',
    ),
    verdict: 'fail',
    words:
      'Two services have equal rule names on one gateway, so one Endpoint Picker chooses for both.',
  },
  {
    reported: 'opendatahub-io/kserve#749',
    check: 'routing.bypass',
    observation: observe(
      {},
      {
        endpoints: traffic({ picker: 0, engines: 20 }),
        previousVerdicts: { 'routing.bypass': 'warn' },
      },
    ),
    verdict: 'fail',
    words: 'Engines served 20 requests that the Endpoint Picker never saw.',
  },
  {
    reported: 'opendatahub-io/kserve#749',
    check: 'router.failure-mode',
    observation: observe(),
    expectations: { lifecycle: 'production' },
    verdict: 'warn',
    words: 'requests go on to any replica, and nobody notices',
  },
  {
    reported:
      'gateway-api-inference-extension#1304, gateway-api-inference-extension#1512',
    check: 'routing.prediction-gap',
    observation: observe({}, { endpoints: neverHit(0.9) }),
    verdict: 'warn',
    words: 'expects far more hits than the engines deliver',
  },
  {
    reported: 'llm-d-router#2897',
    check: 'routing.prediction-gap',
    observation: observe({}, { endpoints: neverHit(0.9) }),
    verdict: 'warn',
    words: '90 % predicted, 0 % delivered',
  },
  {
    reported: 'gateway-api-inference-extension#2115, envoy#41654',
    check: 'routing.probe',
    observation: {
      ...observe(),
      probe: {
        at: '2026-08-20T11:00:00.000Z',
        by: 'user:default/ada',
        outcome: 'hit',
        summary: 'Prefixes hit, the long body did not.',
        evidence: 'cached-tokens',
        replicas: 2,
        prefixes: 4,
        controlMissed: true,
        largeBodyHit: false,
        timeToFirstToken: {},
        requests: 10,
        durationMs: 100,
      },
    },
    verdict: 'warn',
    words: 'a request of more than 8 kB did not',
  },
];

/** The second check of a row, which shows what the first one names. */
const FOLLOWING: Reproduction[] = [
  {
    reported: 'kserve#4883, opendatahub-io/kserve#1005, vllm#29402',
    check: 'engine.replicas',
    observation: observe({
      engine0: enginePod('chat', 0, { status: crashing('CrashLoopBackOff') }),
    }),
    verdict: 'fail',
    words: 'cannot run (CrashLoopBackOff)',
  },
  ...['vllm#54607, vllm#53749', 'llm-d-router#1650'].map(
    (reported): Reproduction => ({
      reported,
      check: 'routing.delivered-hits',
      observation: observe({}, { endpoints: neverHit(0) }),
      verdict: 'warn',
      words: 'There is little to reuse',
    }),
  ),
  {
    reported: 'llm-d-router#1158, gateway-api-inference-extension#2878',
    check: 'router.available',
    observation: observe({
      picker: pickerPod('chat', {
        status: {
          phase: 'Running',
          conditions: [{ type: 'Ready', status: 'True' }],
          containerStatuses: [{ name: 'main', restartCount: 4 }],
        },
      }),
    }),
    verdict: 'warn',
    words: 'restarted 4 times, and forgot its index each time',
  },
  {
    reported: 'kserve#5986',
    check: 'gateway.routes',
    observation: observe({ route: route('chat', { status: {} }) }),
    verdict: 'inconclusive',
    words: 'No gateway has accepted the route yet.',
  },
  ...[
    'gateway-api-inference-extension#1304, gateway-api-inference-extension#1512',
    'llm-d-router#2897',
  ].map(
    (reported): Reproduction => ({
      reported,
      check: 'routing.delivered-hits',
      observation: observe({}, { endpoints: neverHit(0.9) }),
      verdict: 'fail',
      words: 'predicts 90 %, and the engines deliver 0 %',
    }),
  ),
];

const ALL = [...REPRODUCTIONS, ...FOLLOWING];

describe('known issues', () => {
  it.each(
    ALL.map(each => [each.reported, each.check, each.verdict, each] as const),
  )('%s is shown by %s: %s', (_, check, verdict, each) => {
    const { findings } = verify(each.observation, each.expectations);
    const finding = findingIn({ findings }, check) as Finding;
    expectSaid(
      'known-issues',
      `${each.reported}, ${check}: ${each.words}`,
      finding,
    );
    expect({
      verdict: finding.verdict,
      said: [
        finding.summary,
        finding.actual,
        ...finding.evidence.map(({ value }) => value),
      ].join(' '),
    }).toEqual({ verdict, said: expect.stringContaining(each.words) });
  });

  it('has a case for each check of each row, and rows for each case', () => {
    const pairs = (of: { reported: string; check: string }[]) =>
      [...new Set(of.map(each => `${each.reported}: ${each.check}`))].sort();
    expect(pairs(ALL)).toEqual(
      pairs(
        KNOWN_ISSUES.flatMap(({ reported, checks }) =>
          checks.map(check => ({ reported, check })),
        ),
      ),
    );
  });

  it.each([
    'istio#58392 istio#58004',
    'istio#61594 rhoai-maas-guide#138',
    'istio#59577',
    'kserve#5716',
    'opendatahub-io/kserve#1090 opendatahub-io/kserve#1097',
    'kserve#5050',
    'kserve#5442 kserve#5441',
    'kserve#5986',
    'llm-d-router#2370 gateway-api-inference-extension#1637 gateway-api-inference-extension#1639',
    'llm-d-router#1650 llm-d-router#1158 gateway-api-inference-extension#2878',
    'llm-d-router#1289',
    'gateway-api-inference-extension#2115 envoy#41654',
    'opendatahub-io/kserve#749',
    'gateway-api-inference-extension#1344',
    'kserve#4980',
    'kserve#5800',
    'kserve#4883 opendatahub-io/kserve#1005 vllm#29402',
    'kubernetes#38775',
    'vllm#54607 vllm#53749 vllm#48402',
    'gateway-api-inference-extension#1278',
    'llm-d-router#1625 llm-d-router#2106 llm-d-router#2119 llm-d-router#1909',
    'llm-d-infra#86 llm-d#1290 LMCache#1139 vllm#51875',
    'kserve#5432',
    'gateway-api-inference-extension#1304 gateway-api-inference-extension#1512',
    'llm-d-router#1290',
    'llm-d-router#2897',
    'inference-perf#277',
  ])('lists %s', references => {
    const listed = KNOWN_ISSUES.flatMap(({ reported }) => reported.split(', '));
    expect(listed).toEqual(expect.arrayContaining(references.split(' ')));
  });

  it('shows none of them on a healthy service', () => {
    const { findings } = verify(observe());
    expect(
      findings.filter(
        ({ verdict }) => verdict === 'fail' || verdict === 'warn',
      ),
    ).toEqual([]);
  });
});
