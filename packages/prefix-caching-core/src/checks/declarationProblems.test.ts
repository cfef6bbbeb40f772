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

import type { FoundContainer } from '../observation';
import { declarationProblems } from './declarationProblems';
import { enginePod, service } from './testing/cluster';

type Fields = Record<string, unknown>;

const declared = (container: Fields, spec: Fields = {}): FoundContainer => ({
  container,
  where: 'LLMInferenceService llm/chat',
  running: false,
  object: service('chat', spec),
});
const running = (container: Fields): FoundContainer => ({
  container,
  where: 'Pod llm/chat-kserve-0',
  running: true,
  object: enginePod('chat', 0),
});
const gpus = (limits: Fields, ...args: string[]): Fields => ({
  resources: { limits },
  args,
});
const FOUR = { 'nvidia.com/gpu': '4' };
const probes = (port: unknown, more: Fields = {}): Fields => ({
  startupProbe: { httpGet: { path: '/health', port } },
  ...more,
});

describe('devices that a service asks for and does not use', () => {
  it.each([
    ['of NVIDIA', gpus(FOUR), {}, 4],
    ['of AMD', gpus({ 'amd.com/gpu': 2 }), {}, 2],
    ['of Google', gpus({ 'google.com/tpu': '8', memory: '64Gi' }), {}, 8],
    ['of two kinds', gpus({ ...FOUR, 'amd.com/gpu': 2 }), {}, 6],
    ['a flag says one', gpus(FOUR, '--tensor-parallel-size=1'), {}, 4],
    ['a field says one', gpus(FOUR), { parallelism: { tensor: 1 } }, 4],
    ['a flag says a word', gpus(FOUR, '--tensor-parallel-size=all'), {}, 4],
  ])('%s', (_, container, spec, devices) => {
    expect(declarationProblems(declared(container, spec), 'append')).toEqual([
      {
        effect: 'idle',
        cause: `it is told to use 1 of ${devices}`,
        message: `a replica asks for ${devices} devices, and nothing that this platform reads spreads the engine over them`,
        remedy: `Set spec.parallelism.tensor to ${devices}.`,
      },
    ]);
  });

  it.each([
    ['one device', gpus({ 'nvidia.com/gpu': '1' }), {}],
    ['no device', gpus({ cpu: '8', memory: '64Gi' }), {}],
    ['an amount that is no number', gpus({ 'nvidia.com/gpu': 'many' }), {}],
    [
      'a network card of the same maker',
      gpus({ 'nvidia.com/gpu': '1', 'nvidia.com/gpu_nic': '8' }),
      {},
    ],
    [
      'a device of a maker whose name ends alike',
      gpus({ 'my-nvidia.com/gpu': '8' }),
      {},
    ],
    ['tensors by flag', gpus(FOUR, '--tensor-parallel-size=4'), {}],
    ['layers by flag', gpus(FOUR, '--pipeline-parallel-size', '4'), {}],
    ['copies by flag', gpus(FOUR, '--data-parallel-size=4'), {}],
    ['tensors by field', gpus(FOUR), { parallelism: { tensor: 4 } }],
    ['layers by field', gpus(FOUR), { parallelism: { pipeline: 4 } }],
    ['copies by field', gpus(FOUR), { parallelism: { data: 4 } }],
  ])('none: %s', (_, container, spec) => {
    expect(declarationProblems(declared(container, spec), 'append')).toEqual(
      [],
    );
  });

  it('a script that arguments would replace reads no field', () => {
    const found = declared(gpus(FOUR), { parallelism: { tensor: 4 } });
    expect(declarationProblems(found, 'replace-script')).toMatchObject([
      {
        effect: 'idle',
        remedy:
          'Give --tensor-parallel-size=4 in VLLM_ADDITIONAL_ARGS; this platform does not read spec.parallelism.tensor.',
      },
    ]);
  });

  it('a script that arguments would replace reads the additional ones', () => {
    const container = {
      ...gpus(FOUR),
      env: [
        { name: 'VLLM_ADDITIONAL_ARGS', value: '--tensor-parallel-size=4' },
      ],
    };
    expect(declarationProblems(declared(container), 'replace-script')).toEqual(
      [],
    );
  });

  it('a running engine has shown that it starts', () => {
    expect(declarationProblems(running(gpus(FOUR)), 'append')).toEqual([]);
  });
});

describe('the port that a startup probe asks', () => {
  it.each([
    ['the engine serves its default', probes(9000), 9000, 8000],
    [
      'the engine is told another',
      probes(8000, { args: ['--port=8080'] }),
      8000,
      8080,
    ],
    [
      'a sidecar port is declared',
      probes(9000, { ports: [{ containerPort: 9090 }, { name: 'odd' }] }),
      9000,
      8000,
    ],
  ])("is not the engine's: %s", (_, container, port, serves) => {
    expect(declarationProblems(declared(container), undefined)).toEqual([
      {
        effect: 'stops',
        cause: `its startup probe asks port ${port}`,
        message: `the startup probe asks port ${port}, and the engine serves ${serves}, so it is restarted for ever`,
        remedy: `Let the probe ask port ${serves}.`,
      },
    ]);
  });

  it.each([
    ['the default', probes(8000)],
    ['the one of the flag', probes(8080, { args: ['--port', '8080'] })],
    [
      'one that the container declares',
      probes(9000, { ports: [{ containerPort: 9000 }] }),
    ],
    ['one by its name', probes('http')],
    ['none, where nothing is probed', { args: ['--port=8080'] }],
    ['none, where a command probes', { startupProbe: { exec: {} } }],
  ])('is right: %s', (_, container) => {
    expect(declarationProblems(declared(container), undefined)).toEqual([]);
  });
});
