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

import { enginePrefixCaching } from './enginePrefixCaching';
import { enginePod, engineSamples, observe, service } from './testing/cluster';
import { judged, judgedCase, wanted } from './testing/judging';
import type { Case } from './testing/judging';

const with_ = (container: Record<string, unknown>) => ({
  engine0: enginePod('chat', 0, { container }),
});
const off = { args: ['--no-enable-prefix-caching'] };
const unknownImage = { image: 'registry.example/our-engine@sha256:abc' };
const sampled = (
  prefixCaching: 'on' | 'off' | 'unknown',
  queryTokens?: number,
) => [
  engineSamples('chat-kserve-0', undefined, { prefixCaching, queryTokens }),
];
const noPods = { engine0: undefined, engine1: undefined };
const forbidden = {
  what: 'Pod',
  reason: 'forbidden' as const,
  message: 'Pods may not be listed in llm.',
  remedy: 'Grant list on pods.',
};
const files = (container: Record<string, unknown>) =>
  observe(
    {
      ...noPods,
      picker: undefined,
      service: service('chat', {
        template: { containers: [{ name: 'main', ...container }] },
      }),
    },
    { source: 'manifests', asked: ['LLMInferenceService'] },
  );

describe('engine.prefix-caching', () => {
  it.each<Case>([
    [
      'no flag at all means the default of the release',
      observe(),
      'pass',
      'on in every engine',
    ],
    [
      'the engine says off, whatever the flags say',
      observe({}, { endpoints: sampled('off') }),
      'fail',
      ' in chat-kserve-0',
    ],
    [
      'the engine says on, though its flag says off',
      observe(with_(off), { endpoints: sampled('on') }),
      'pass',
      'on in every engine',
    ],
    [
      'its "None" leaves it to the flags',
      observe(with_(off), { endpoints: sampled('unknown') }),
      'fail',
      'switched off',
    ],
    [
      'tokens looked up prove it on',
      observe(with_(unknownImage), { endpoints: sampled('unknown', 12) }),
      'pass',
      'on in every engine',
    ],
    [
      'one engine of two is off',
      observe(with_(off)),
      'fail',
      ' in chat-kserve-0',
    ],
    [
      'off in the additional arguments of a launch script',
      observe(
        with_({
          command: [
            '/bin/bash',
            '-c',
            'eval "vllm serve /mnt/models ${VLLM_ADDITIONAL_ARGS} $@"',
            '--',
          ],
          env: [
            {
              name: 'VLLM_ADDITIONAL_ARGS',
              value: '--no-enable-prefix-caching',
            },
          ],
        }),
      ),
      'fail',
      'switched off',
    ],
    [
      'off switch spelt as a value',
      observe(with_({ args: ['--enable-prefix-caching=false'] })),
      'fail',
      'switched off',
    ],
    [
      'on switch with an unknown release',
      observe(with_({ ...unknownImage, args: ['--enable-prefix-caching'] })),
      'pass',
      'on in every engine',
    ],
    [
      'no switch, unknown release, no metrics',
      observe(with_(unknownImage)),
      'inconclusive',
      'not known of chat-kserve-0',
    ],
    [
      'the simulator without its cache',
      observe(with_({ image: 'ghcr.io/llm-d/llm-d-inference-sim:v0.10.2' })),
      'fail',
      'switched off',
    ],
    ['no pod', observe(noPods), 'inconclusive', 'No engine pod exists'],
    [
      'pods may not be read',
      observe(noPods, { gaps: [forbidden] }),
      'inconclusive',
      "Can't tell whether prefix caching is on: Pods may not be read.",
    ],
    [
      'files with the on switch',
      files({ args: ['--enable-prefix-caching'] }),
      'pass',
      'on in every engine',
    ],
    ['files with the off switch', files(off), 'fail', 'switched off'],
    [
      'files without a container',
      observe({ ...noPods, picker: undefined }, { source: 'manifests' }),
      'skipped',
      'No engine container is among the files',
    ],
    [
      'the simulator with its cache',
      observe(
        with_({
          image: 'ghcr.io/llm-d/llm-d-inference-sim:v0.10.2',
          args: ['--enable-kvcache'],
        }),
      ),
      'pass',
      'on in every engine',
    ],
    [
      "SGLang's off switch",
      observe(
        with_({
          image: 'lmsysorg/sglang:v0.5.0',
          args: ['--disable-radix-cache'],
        }),
      ),
      'fail',
      '--disable-radix-cache in chat-kserve-0',
    ],
    [
      'the second engine alone is off',
      observe({ engine1: enginePod('chat', 1, { container: off }) }),
      'fail',
      '--no-enable-prefix-caching in chat-kserve-1',
    ],
    [
      'an engine that was never read: its arguments count',
      observe(with_(off), {
        endpoints: [
          { role: 'engine', pod: 'chat-kserve-0' },
          { role: 'engine', pod: 'chat-kserve-1', engine: {} },
        ],
      }),
      'fail',
      'switched off in 1 of 2 engines',
    ],
    [
      'no pod, and the service switches it off',
      observe({
        ...noPods,
        service: service('chat', {
          template: { containers: [{ name: 'main', ...off }] },
        }),
      }),
      'fail',
      '--no-enable-prefix-caching',
    ],
    [
      'no pod, and the service switches it on',
      observe({
        ...noPods,
        service: service('chat', {
          template: {
            containers: [{ name: 'main', args: ['--enable-prefix-caching'] }],
          },
        }),
      }),
      'inconclusive',
      'no pod; --enable-prefix-caching',
    ],
  ])('%s', (...given) => {
    expect(judgedCase(enginePrefixCaching, given)).toEqual(wanted(given));
  });

  it('marks arguments sensitive and names the rule that closes a gap', () => {
    expect(judged(enginePrefixCaching, observe()).evidence).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          subject: 'Pod llm/chat-kserve-0',
          sensitive: true,
        }),
      ]),
    );
    expect(
      judged(enginePrefixCaching, observe(noPods, { gaps: [forbidden] }))
        .remedy,
    ).toBe('Grant list on pods.');
  });
});
