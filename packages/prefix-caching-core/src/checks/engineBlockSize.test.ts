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
import type { EngineMetrics } from '../metrics';
import type { ObservedEndpoint } from '../observation';
import { engineBlockSize } from './engineBlockSize';
import {
  engineContainer,
  enginePod,
  engineSamples,
  observe,
  pickerContainer,
  pickerPod,
  routerSamples,
  service,
} from './testing/cluster';
import { judgedCase, wanted } from './testing/judging';
import type { Case } from './testing/judging';

const ROUTER = 'ghcr.io/llm-d/llm-d-router-endpoint-picker:v0.9.0';
const SCHEDULER = 'ghcr.io/llm-d/llm-d-inference-scheduler:v0.4.0';
const KV_EVENTS = [
  '--prefix-caching-hash-algo',
  'sha256_cbor',
  '--kv-events-config',
  '{}',
];

function config(plugins: unknown[]): string {
  return JSON.stringify({
    apiVersion: 'llm-d.ai/v1alpha1',
    kind: 'EndpointPickerConfig',
    plugins: [...plugins, { type: 'max-score-picker' }],
    schedulingProfiles: [
      {
        name: 'default',
        plugins: [{ pluginRef: 'prefix-cache-scorer', weight: 3 }],
      },
    ],
  });
}

function picker(plugins: unknown[], image = ROUTER): KubernetesObject {
  return pickerPod('chat', {
    container: pickerContainer({
      image,
      args: ['--config-text', config(plugins)],
    }),
  });
}

const approximate = (parameters?: object, image?: string) =>
  picker([{ type: 'prefix-cache-scorer', parameters }], image);
const precise = (tokenProcessorConfig: object, image?: string) =>
  picker(
    [
      {
        type: 'precise-prefix-cache-producer',
        parameters: { tokenProcessorConfig },
      },
      { type: 'prefix-cache-scorer' },
    ],
    image,
  );

function engines(
  args: string[],
  more: {
    env?: object[];
    image?: string;
    spec?: object;
    second?: string[];
  } = {},
): Record<string, KubernetesObject> {
  const { second = args, spec, ...container } = more;
  return Object.fromEntries(
    [args, second].map((each, index) => [
      `engine${index}`,
      enginePod('chat', index, {
        container: engineContainer({ ...container, args: each }),
        spec: spec && {
          containers: [engineContainer({ ...container, args: each, ...spec })],
        },
      }),
    ]),
  );
}

const reports = (
  ...blocks: (Partial<EngineMetrics> | number)[]
): ObservedEndpoint[] =>
  blocks.map((block, index) =>
    engineSamples(
      `chat-kserve-${index}`,
      undefined,
      typeof block === 'number' ? { blockSize: block } : block,
    ),
  );
const seed = (value: string) => [{ name: 'PYTHONHASHSEED', value }];
const matched = [
  routerSamples(
    'chat-epp-0',
    { requests: 1, predictedHitRatio: { mean: 0, count: 1 } },
    { requests: 9, predictedHitRatio: { mean: 0.5, count: 9 } },
  ),
];
const gap = {
  what: 'metrics/engine',
  reason: 'forbidden' as const,
  message: 'pods/proxy may not be read.',
  remedy: 'Allow get on pods/proxy.',
};
const TPU = {
  resources: { limits: { 'google.com/tpu': '4' } },
};

describe('engine.block-size', () => {
  it.each<Case>([
    [
      'engines report it, and the picker has its floor',
      observe({}, { endpoints: reports(16, 16) }),
      'pass',
      'Prefixes of 64 tokens or more can hit. 16 tokens in engines, 64 in the picker',
    ],
    [
      'an older picker without the floor',
      observe(
        { picker: approximate({ blockSizeTokens: 16 }, SCHEDULER) },
        { endpoints: reports(16, 16) },
      ),
      'pass',
      'Prefixes of 16 tokens or more can hit.',
    ],
    [
      'pieces in characters',
      observe(
        { picker: approximate({ hashBlockSize: 512 }, SCHEDULER) },
        { endpoints: reports(16, 16) },
      ),
      'pass',
      'Prefixes of 128 tokens or more',
    ],
    [
      'a picker of unknown release follows the engines by itself',
      observe(
        {
          picker: approximate(undefined, 'registry.acme.example/epp@sha256:aa'),
        },
        { endpoints: reports(32, 32) },
      ),
      'pass',
      'Prefixes of 32 tokens or more can hit. 32 tokens in engines, not known of the picker',
    ],
    [
      'not sampled yet: the arguments say it',
      observe(engines(['--block-size=128'])),
      'pass',
      'Prefixes of 128 tokens',
    ],
    [
      'not sampled yet: the default',
      observe(),
      'pass',
      'Prefixes of 64 tokens or more can hit. 16 tokens in engines',
    ],
    [
      'not sampled yet: on TPU the context decides',
      observe(engines(['--max-model-len', '2048'], { spec: TPU })),
      'pass',
      'Prefixes of 128 tokens',
    ],
    [
      'on TPU, a long context',
      observe(engines(['--max-model-len', '16384'], { spec: TPU })),
      'pass',
      '16 tokens in engines',
    ],
    [
      'on TPU without a context length',
      observe(engines([], { spec: TPU })),
      'inconclusive',
      'An engine does not say how large its blocks are.',
    ],
    [
      'what engines report counts more than what they were told',
      observe(engines(['--block-size', '16']), {
        endpoints: reports(784, 784),
      }),
      'warn',
      'Only prefixes of 784 tokens or more can hit.',
    ],
    [
      'the largest ordinary block',
      observe({}, { endpoints: reports(256, 256) }),
      'pass',
      'Prefixes of 256 tokens',
    ],
    [
      'the picker compares long pieces',
      observe(
        { picker: approximate({ blockSizeTokens: 1024 }) },
        { endpoints: reports(16, 16) },
      ),
      'warn',
      'Only prefixes of 1024 tokens or more can hit.',
    ],
    [
      'replicas differ',
      observe({}, { endpoints: reports(16, 32) }),
      'warn',
      'Engines of one pool have blocks of different sizes. 16 and 32 tokens',
    ],
    [
      'tiny pieces',
      observe(
        { picker: approximate({ blockSizeTokens: 1 }, SCHEDULER) },
        { endpoints: reports(16, 16) },
      ),
      'warn',
      'remembers pieces of 1 tokens, and may run out of memory',
    ],
    [
      'tiny pieces, which newer pickers do not take',
      observe(
        { picker: approximate({ blockSizeTokens: 1 }) },
        { endpoints: reports(16, 16) },
      ),
      'pass',
      'Prefixes of 64 tokens',
    ],
    [
      'a block longer than any prompt',
      observe(engines(['--max-model-len', '2048']), {
        endpoints: reports(8320, 8320),
      }),
      'fail',
      'nothing is ever cached. Pod chat-kserve-0: block of 8320, --max-model-len 2048',
    ],
    [
      'a block as long as the longest prompt',
      observe(engines(['--max-model-len', '128', '--block-size', '128'])),
      'pass',
      'Prefixes of 128 tokens',
    ],
    [
      'precise mode: all equal',
      observe({
        picker: precise({ blockSize: 64, hashSeed: '42' }),
        ...engines(['--block-size', '64', ...KV_EVENTS], { env: seed('42') }),
      }),
      'pass',
      'Prefixes of 64 tokens',
    ],
    ...(
      [
        [
          'without a port',
          'kv@$(POD_IP)@chat',
          ROUTER,
          'fail',
          'names no port',
        ],
        [
          'without a port, an older picker',
          'kv@$(POD_IP)@chat',
          SCHEDULER.replace('0.4', '0.6'),
          'pass',
          'Prefixes of',
        ],
        [
          'without a port, the release not known',
          'kv@$(POD_IP)@chat',
          'registry.example/epp:v0.9.0',
          'pass',
          'Prefixes of',
        ],
        [
          'with a port',
          'kv@$(POD_IP):8000@chat',
          ROUTER,
          'pass',
          'Prefixes of',
        ],
        ['of another form', 'cache', ROUTER, 'pass', 'Prefixes of'],
      ] as const
    ).map(
      ([title, topic, image, verdict, words]): Case => [
        `precise mode: a topic ${title}`,
        observe({
          picker: precise({ blockSize: 64 }, image),
          ...engines([
            '--block-size',
            '64',
            ...KV_EVENTS.slice(0, 3),
            JSON.stringify({ topic }),
          ]),
        }),
        verdict,
        words,
      ],
    ),
    [
      'precise mode: another block',
      observe({
        picker: precise({ blockSize: 64 }),
        ...engines(['--block-size', '16', ...KV_EVENTS]),
      }),
      'fail',
      'Engines hash blocks of 16 tokens, and the Endpoint Picker blocks of 64.',
    ],
    [
      'precise mode: its own default',
      observe({
        picker: precise({}),
        ...engines(['--block-size', '64', ...KV_EVENTS]),
      }),
      'fail',
      'Engines hash blocks of 64 tokens, and the Endpoint Picker blocks of 16.',
    ],
    [
      'precise mode: another block, and yet prefixes match',
      observe(
        {
          picker: precise({ blockSize: 64 }),
          ...engines(['--block-size', '16', ...KV_EVENTS]),
        },
        { endpoints: matched },
      ),
      'warn',
      'Engines hash blocks of 16 tokens',
    ],
    [
      'precise mode: another seed',
      observe({
        picker: precise({ blockSize: 64, hashSeed: '42' }),
        ...engines(['--block-size', '64', ...KV_EVENTS], { env: seed('7') }),
      }),
      'fail',
      'with different seeds. PYTHONHASHSEED 7 in engines, hashSeed 42 in the picker',
    ],
    [
      'precise mode: no seed where the picker wants one',
      observe({
        picker: precise({ blockSize: 64, hashSeed: 42 }),
        ...engines(['--block-size', '64', ...KV_EVENTS]),
      }),
      'fail',
      'PYTHONHASHSEED not set in engines',
    ],
    [
      'precise mode: engines differ in their seed',
      observe({
        picker: precise({ blockSize: 64 }),
        engine0: engines(['--block-size', '64', ...KV_EVENTS], {
          env: seed('1'),
        }).engine0,
        engine1: engines(['--block-size', '64', ...KV_EVENTS], {
          env: seed('2'),
        }).engine1,
      }),
      'fail',
      'The engines hash blocks with different seeds.',
    ],
    [
      "precise mode: the engine's default algorithm",
      observe({
        picker: precise({ blockSize: 16 }),
        ...engines([]),
      }),
      'fail',
      'Engines hash blocks with sha256, which the Endpoint Picker cannot follow.',
    ],
    [
      'precise mode: no events',
      observe({
        picker: precise({ blockSize: 16 }),
        ...engines(KV_EVENTS.slice(0, 2)),
      }),
      'fail',
      'The engines tell the Endpoint Picker nothing of their caches.',
    ],
    [
      'precise mode: the simulator needs neither',
      observe({
        picker: precise({ blockSize: 16, hashSeed: '42' }),
        ...engines(['--block-size', '16', '--hash-seed', '42'], {
          image: 'ghcr.io/llm-d/llm-d-inference-sim:v0.10.2',
        }),
      }),
      'pass',
      'Prefixes of 16 tokens',
    ],
    [
      'engines may not be scraped',
      observe({}, { gaps: [gap] }),
      'inconclusive',
      "Can't tell how large blocks are: the engines' metrics did not answer. pods/proxy may not be read",
    ],
    [
      'engines may not be scraped, and need not be',
      observe(engines(['--block-size', '32']), { gaps: [gap] }),
      'pass',
      'Prefixes of 64 tokens',
    ],
    [
      'pods may not be read',
      observe(
        { engine0: undefined, engine1: undefined },
        {
          gaps: [
            {
              what: 'Pod',
              reason: 'forbidden',
              message: 'Pods may not be listed.',
            },
          ],
        },
      ),
      'inconclusive',
      "Can't tell whether blocks agree: Pods may not be read.",
    ],
    [
      'no pod',
      observe({ engine0: undefined, engine1: undefined }),
      'inconclusive',
      'No engine pod exists',
    ],
    [
      'files without an engine',
      observe(
        { engine0: undefined, engine1: undefined },
        { source: 'manifests' },
      ),
      'skipped',
      'No engine container is among the files.',
    ],
    [
      "not sampled yet: SGLang's page",
      observe(engines(['--page-size', '128'])),
      'pass',
      '128 tokens in engines',
    ],
    [
      'a block of none is the default',
      observe(engines(['--block-size', '0'])),
      'pass',
      '16 tokens in engines',
    ],
    [
      'on TPU, the longest context that has a page of its own',
      observe(engines(['--max-model-len', '8192'], { spec: TPU })),
      'pass',
      '256 tokens in engines',
    ],
    [
      'on TPU, the shortest page',
      observe(engines(['--max-model-len', '128'], { spec: TPU })),
      'pass',
      '16 tokens in engines',
    ],
    [
      'one engine was never read',
      observe(engines(['--block-size', '32']), {
        endpoints: [
          { role: 'engine', pod: 'chat-kserve-0' },
          { role: 'engine', pod: 'chat-kserve-1', engine: {} },
        ],
      }),
      'pass',
      '32 tokens in engines',
    ],
    [
      'files with an engine',
      observe(
        {
          engine0: undefined,
          engine1: undefined,
          service: service('chat', {
            template: {
              containers: [engineContainer({ args: ['--block-size=32'] })],
            },
          }),
        },
        { source: 'manifests' },
      ),
      'pass',
      '32 tokens in engines',
    ],
    [
      'files with an engine on TPU, without a context length',
      observe(
        {
          engine0: undefined,
          engine1: undefined,
          service: service('chat', {
            template: { containers: [engineContainer({ ...TPU })] },
          }),
        },
        { source: 'manifests' },
      ),
      'skipped',
      'Not decided from files: the engine says how large its blocks are.',
    ],
    [
      "a picker of the project's former home has no floor",
      observe({
        picker: approximate(
          { blockSizeTokens: 32 },
          'registry.k8s.io/gateway-api-inference-extension/epp:v1.5.0',
        ),
      }),
      'pass',
      'Prefixes of 32 tokens or more can hit. 16 tokens in engines, 32 in the picker',
    ],
    [
      'pieces in characters, as older releases write them',
      observe({ picker: approximate({ blockSize: 256 }, SCHEDULER) }),
      'pass',
      'Prefixes of 64 tokens or more can hit. 16 tokens in engines, 64 in the picker',
    ],
    [
      'pieces of no length are the default',
      observe({
        picker: approximate(
          { hashBlockSize: 0, blockSizeTokens: '9' },
          SCHEDULER,
        ),
      }),
      'pass',
      '16 tokens in engines, not known of the picker',
    ],
    [
      'the producer has the parameters, and not the scorer',
      observe({
        picker: picker(
          [
            { type: 'prefix-cache-scorer' },
            {
              type: 'approx-prefix-cache-producer',
              parameters: { blockSizeTokens: 128 },
            },
          ],
          SCHEDULER,
        ),
      }),
      'pass',
      '128 in the picker',
    ],
    [
      'no picker: its blocks are not known',
      observe({ picker: undefined, pickerDeployment: undefined }),
      'pass',
      'not known of the picker',
    ],
    [
      'a picker without a prefix scorer: its blocks are not known',
      observe({
        picker: pickerPod('chat', {
          container: {
            args: [
              '--config-text',
              JSON.stringify({
                apiVersion: 'llm-d.ai/v1alpha1',
                kind: 'EndpointPickerConfig',
                plugins: [{ type: 'queue-scorer' }],
                schedulingProfiles: [],
              }),
            ],
          },
        }),
      }),
      'pass',
      'not known of the picker',
    ],
    [
      'precise mode: the block as older scorers write it',
      observe({
        picker: picker([
          {
            type: 'precise-prefix-cache-scorer',
            parameters: {
              indexerConfig: { tokenProcessorConfig: { blockSizeTokens: 64 } },
            },
          },
          { type: 'prefix-cache-scorer' },
        ]),
        ...engines(['--block-size', '16', ...KV_EVENTS]),
      }),
      'fail',
      'Engines hash blocks of 16 tokens, and the Endpoint Picker blocks of 64.',
    ],
    [
      'precise mode: the seed among other variables',
      observe({
        picker: precise({ blockSize: 64, hashSeed: '42' }),
        ...engines(['--block-size', '64', ...KV_EVENTS], {
          env: [{ name: 'HF_HOME', value: '/cache' }, ...seed('42')],
        }),
      }),
      'pass',
      'Prefixes of 64 tokens',
    ],
    [
      'precise mode: one engine has a seed, and the other none',
      observe({
        picker: precise({ blockSize: 64 }),
        engine0: engines(['--block-size', '64', ...KV_EVENTS]).engine0,
        engine1: engines(['--block-size', '64', ...KV_EVENTS], {
          env: seed('7'),
        }).engine1,
      }),
      'fail',
      'PYTHONHASHSEED not set and 7 in engines',
    ],
    [
      'precise mode: what runs counts, and not what is declared since',
      observe({
        picker: precise({ blockSize: 64, hashSeed: '42' }),
        ...engines(['--block-size', '64', ...KV_EVENTS], { env: seed('42') }),
        service: service('chat', {
          template: {
            containers: [engineContainer({ args: [], env: seed('7') })],
          },
        }),
      }),
      'pass',
      'Prefixes of 64 tokens',
    ],
    [
      'precise mode: an engine of unknown blocks contradicts nobody',
      observe({
        picker: precise({ blockSize: 64 }),
        ...engines(KV_EVENTS, { spec: { ...TPU, args: KV_EVENTS } }),
      }),
      'inconclusive',
      'An engine does not say how large its blocks are.',
    ],
    [
      'precise mode: a topic without a port, written with blanks',
      observe({
        picker: precise({ blockSize: 64 }, ROUTER),
        ...engines([
          '--block-size',
          '64',
          ...KV_EVENTS.slice(0, 3),
          '{ "topic" : "kv@10.0.0.7@chat" }',
        ]),
      }),
      'fail',
      'topic kv@10.0.0.7@chat names no port',
    ],
  ])('%s', (...given) => {
    expect(judgedCase(engineBlockSize, given)).toEqual(wanted(given));
  });
});
