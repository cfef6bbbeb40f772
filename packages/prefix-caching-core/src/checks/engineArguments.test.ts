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

import { engineArguments } from './engineArguments';
import {
  crashing,
  engineContainer,
  engineLabels,
  enginePod,
  NOT_READY,
  object,
  observe,
  pickerPod,
  service,
} from './testing/cluster';
import { judgedCase, wanted } from './testing/judging';
import type { Case } from './testing/judging';

const SCRIPT =
  'eval "exec vllm serve /mnt/models --port 8000 ${VLLM_ADDITIONAL_ARGS} $@"';
const scripted = (parts: Record<string, unknown>) => ({
  command: ['/bin/bash', '-c', SCRIPT, '--'],
  ...parts,
});
const pods = (
  container: Record<string, unknown>,
  status: Record<string, unknown> = NOT_READY,
) =>
  observe({
    engine0: enginePod('chat', 0, { container, status }),
    engine1: undefined,
  });
const ready = (container: Record<string, unknown>) =>
  observe({ engine0: enginePod('chat', 0, { container }), engine1: undefined });
const files = (apiVersion: string, container: Record<string, unknown>) =>
  observe(
    {
      engine0: undefined,
      engine1: undefined,
      picker: undefined,
      pickerDeployment: undefined,
      istiod: undefined,
      route: undefined,
      pool: undefined,
      service: service(
        'chat',
        { template: { containers: [{ name: 'main', ...container }] } },
        { apiVersion: `serving.kserve.io/${apiVersion}` },
      ),
    },
    { source: 'manifests', asked: ['LLMInferenceService'] },
  );
const vllm = (version: string) => ({
  image: `docker.io/vllm/vllm-openai:${version}`,
});
/** What a service declares in a cluster of the platform that a picker's image tells. */
const declaredBesides = (image: string, container: Record<string, unknown>) =>
  observe(
    {
      engine0: undefined,
      engine1: undefined,
      pickerDeployment: undefined,
      istiod: undefined,
      pool: undefined,
      route: undefined,
      picker: pickerPod('chat', { container: { image } }),
      service: service('chat', {
        template: { containers: [{ name: 'main', ...container }] },
      }),
    },
    { source: 'manifests' },
  );
const scheduler = (tag: string) =>
  `ghcr.io/llm-d/llm-d-inference-scheduler:${tag}`;
const deployed = (container: Record<string, unknown>) =>
  object('Deployment', 'chat-kserve', {
    apiVersion: 'apps/v1',
    labels: engineLabels('chat'),
    spec: {
      template: { spec: { containers: [engineContainer(container)] } },
    },
  });
const declares = (container: Record<string, unknown>) =>
  service('chat', {
    template: { containers: [engineContainer(container)] },
  });
const died = (message: string) =>
  pods({}, crashing('CrashLoopBackOff', message));
const REMOVED = '--disable-log-requests';
const JSON_VALUE = '{"enable_kv_cache_events":true,"publisher":"zmq"}';
const LAUNCHER =
  'python3 -m vllm.entrypoints.openai.api_server \\\n  --model=/mnt/models\n';

describe('engine.arguments', () => {
  it.each<Case>([
    ['nothing special', observe(), 'pass', 'start the engine as written'],
    [
      'removed flag, release known to lack it',
      pods({ args: [REMOVED], ...vllm('v0.12.0') }),
      'fail',
      '--disable-log-requests was removed in vLLM 0.12.0',
    ],
    [
      'removed flag, release that still has it',
      pods({ args: [REMOVED], ...vllm('v0.11.2') }),
      'pass',
      'as written',
    ],
    [
      'removed flag, release not known',
      pods({
        args: [REMOVED],
        image: 'registry.redhat.io/rhaiis/vllm-cuda-rhel9@sha256:09',
      }),
      'warn',
      'cannot be told from its image',
    ],
    [
      'removed flag, and the engine runs all the same',
      ready({ args: [REMOVED], ...vllm('v0.30.0') }),
      'warn',
      'was removed',
    ],
    [
      'removed flag in files, on the preset image',
      files('v1alpha2', { args: [REMOVED] }),
      'fail',
      'was removed',
    ],
    [
      'comment after a continuation',
      ready({
        command: ['/bin/bash', '-c'],
        args: [
          'vllm serve /m \\\n  --enable-prefix-caching \\   # on\n  --max-model-len=1',
        ],
      }),
      'fail',
      'a comment follows a line continuation',
    ],
    [
      'blank after a continuation',
      ready({
        command: ['/bin/bash', '-c'],
        args: ['vllm serve /m \\ \n  --max-model-len=1'],
      }),
      'fail',
      'a blank follows the backslash',
    ],
    [
      'launcher appended to a script',
      pods(scripted({ args: [LAUNCHER] })),
      'fail',
      'bring a launcher of their own',
    ],
    [
      'launcher appended to a list',
      pods({ args: ['python3', '-m', 'vllm.entrypoints.openai.api_server'] }),
      'fail',
      'bring a launcher of their own',
    ],
    [
      'launcher with a command of its own',
      pods({ command: ['/bin/bash', '-c'], args: [LAUNCHER] }),
      'pass',
      'as written',
    ],
    [
      'launcher in files for a platform that appends',
      files('v1alpha2', { args: [LAUNCHER] }),
      'fail',
      'bring a launcher of their own',
    ],
    [
      'launcher in files for a platform that replaces',
      files('v1alpha1', { args: [LAUNCHER] }),
      'pass',
      'as written',
    ],
    [
      'flags in files for a platform that replaces',
      files('v1alpha1', { args: ['--max-model-len=1'] }),
      'fail',
      'replace the launch script',
    ],
    [
      'flags in files for a platform that appends',
      files('v1alpha2', { args: ['--max-model-len=1'] }),
      'pass',
      'as written',
    ],
    [
      'flags in place of a script',
      pods({ command: ['/bin/bash', '-c'], args: ['--max-model-len=1'] }),
      'fail',
      'replace the launch script',
    ],
    [
      'JSON that eval takes the quotes of',
      pods(scripted({ args: ['--kv-events-config', JSON_VALUE] })),
      'fail',
      'the quotes of',
    ],
    [
      'JSON in single quotes of its own',
      pods(scripted({ args: ['--kv-events-config', `'${JSON_VALUE}'`] })),
      'pass',
      'as written',
    ],
    [
      'JSON in the additional arguments',
      pods(
        scripted({
          env: [
            {
              name: 'VLLM_ADDITIONAL_ARGS',
              value: `--kv-events-config '${JSON_VALUE}'`,
            },
          ],
        }),
      ),
      'pass',
      'as written',
    ],
    [
      'the same without quotes',
      pods(
        scripted({
          env: [
            {
              name: 'VLLM_ADDITIONAL_ARGS',
              value: `--kv-events-config ${JSON_VALUE}`,
            },
          ],
        }),
      ),
      'fail',
      'the quotes of',
    ],
    [
      'a variable the container has',
      pods(scripted({ args: ['--host=$POD_IP'], env: [{ name: 'POD_IP' }] })),
      'pass',
      'as written',
    ],
    [
      'a variable nobody sets',
      pods(scripted({ args: ['--chat-template=$HOME_PAGE'] })),
      'fail',
      'is replaced by what the shell finds',
    ],
    [
      'a character that ends the command',
      pods(scripted({ args: ['--api-key=a&b'] })),
      'fail',
      'ends the command',
    ],
    [
      'JSON where no eval reads it again',
      pods({ args: ['--kv-events-config', JSON_VALUE] }),
      'pass',
      'as written',
    ],
    [
      'the engine says it itself',
      pods(
        {},
        crashing(
          'CrashLoopBackOff',
          'usage: vllm\nvllm: error: unrecognized arguments: --nope',
        ),
      ),
      'fail',
      'refuses its arguments',
    ],
    [
      'the engine names one argument alone',
      died('vllm: error: unrecognized argument: --nope\nusage: vllm serve'),
      'fail',
      'refuses its arguments',
    ],
    [
      'the engine names a value that it does not take',
      died(
        "vllm: error: argument --port: invalid int value: 'http'\nusage: vllm",
      ),
      'fail',
      'refuses its arguments',
    ],
    [
      'the engine died of something else',
      died('torch.OutOfMemoryError: CUDA out of memory.'),
      'pass',
      'as written',
    ],
    [
      'several additional arguments, each with its value',
      pods(
        scripted({
          env: [
            {
              name: 'VLLM_ADDITIONAL_ARGS',
              value: '--max-model-len=4096 --dtype=auto',
            },
          ],
        }),
      ),
      'pass',
      'as written',
    ],
    [
      'a name of two words that the script reads again',
      pods(scripted({ args: ['--served-model-name=my model'] })),
      'fail',
      'is split into 2 words',
    ],
    [
      'one replica runs all the same, the next does not start',
      observe({
        engine0: enginePod('chat', 0, {
          container: { args: [REMOVED], ...vllm('v0.30.0') },
        }),
        engine1: enginePod('chat', 1, {
          container: { args: ['python3', '-m', 'vllm.entrypoints.openai'] },
          status: NOT_READY,
        }),
      }),
      'fail',
      'bring a launcher of their own',
    ],
    [
      'what runs counts, and not what is declared since',
      observe({ service: declares({ args: [REMOVED] }) }),
      'pass',
      'as written',
    ],
    [
      'no pod yet: the arguments of its Deployment count, and not what was declared since',
      observe({
        engine0: undefined,
        engine1: undefined,
        deployment: deployed({}),
        service: declares({ args: [REMOVED], ...vllm('v0.12.0') }),
      }),
      'inconclusive',
      'not proven',
    ],
    [
      'no pod, and the declared arguments are wrong',
      observe({
        engine0: undefined,
        engine1: undefined,
        service: declares({ args: [REMOVED], ...vllm('v0.12.0') }),
      }),
      'fail',
      'was removed in vLLM 0.12.0',
    ],
    [
      'flags of a pod that starts the image as it is, on a platform that replaces',
      observe({
        service: service(
          'chat',
          {},
          { apiVersion: 'serving.kserve.io/v1alpha1' },
        ),
        engine0: enginePod('chat', 0, {
          container: { command: undefined, args: ['--max-model-len=1'] },
        }),
        engine1: undefined,
        picker: undefined,
        pickerDeployment: undefined,
        istiod: undefined,
        route: undefined,
        pool: undefined,
      }),
      'pass',
      'as written',
    ],
    [
      'launcher in files for KServe 0.17, the first that appends',
      declaredBesides(scheduler('v0.4.0'), { args: [LAUNCHER] }),
      'fail',
      'bring a launcher of their own',
    ],
    [
      'launcher in files for KServe 0.16, which does not',
      declaredBesides(scheduler('v0.2.0'), { args: [LAUNCHER] }),
      'pass',
      'as written',
    ],
    [
      'flags in files beside a picker of Red Hat',
      declaredBesides('registry.redhat.io/rhaii/epp-rhel9:3.5', {
        args: ['--max-model-len=1'],
      }),
      'fail',
      'replace the launch script',
    ],
    [
      'files ask for four devices and use one',
      files('v1alpha2', { resources: { limits: { 'nvidia.com/gpu': '4' } } }),
      'fail',
      'The engine leaves devices unused: it is told to use 1 of 4.',
    ],
    [
      'no pod',
      observe({ engine0: undefined, engine1: undefined }),
      'inconclusive',
      'not proven',
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
      "Can't tell",
    ],
    [
      'files without a container',
      observe(
        { engine0: undefined, engine1: undefined, picker: undefined },
        { source: 'manifests' },
      ),
      'skipped',
      'No engine container',
    ],
  ])('%s', (...given) => {
    expect(judgedCase(engineArguments, given)).toEqual(wanted(given));
  });
});
